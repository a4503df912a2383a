/** What a failed try says about the next one. */
export type DeliveryVerdict =
  /** Certainly not accepted: try again after `afterMs`. */
  | { kind: 'wait'; afterMs: number }
  /** Nobody knows whether it arrived: look before sending again. A late one may still be on its way. */
  | { kind: 'uncertain'; isLate: boolean }
  /** The platform refuses this message, whenever it is sent. */
  | { kind: 'refused' }
  /** The message that an edit or a reply belongs to is gone. */
  | { kind: 'message-gone' }
  /** The channel can't be posted to until somebody mends it. */
  | { kind: 'channel' }
  /** The token is refused: nothing can be posted until the operator mends it. */
  | { kind: 'token' };

const MINUTE_MS = 60_000;

/** What a platform took but did not answer in time is in its history by then, milliseconds. */
export const LATE_MS = 15_000;

/**
 * How long a channel waits before its next try: what the platform asks for, else 1 s doubling to 5 min;
 * a channel or token that somebody must mend is tried every 5 min, so that it resumes by itself.
 */
export function holdMs(verdict: DeliveryVerdict, attempts: number): number {
  switch (verdict.kind) {
    case 'wait':
      return Math.max(verdict.afterMs, 100);
    case 'uncertain':
      return Math.max(
        verdict.isLate ? LATE_MS : 0,
        Math.min(1_000 * 2 ** Math.min(attempts, 20), 5 * MINUTE_MS),
      );
    case 'channel':
    case 'token':
      return 5 * MINUTE_MS;
    case 'refused':
    case 'message-gone':
      // Said of a look-up, not of the message itself.
      return MINUTE_MS;
  }
}
