const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const MIN_INTERVAL_MS = 2 * MINUTE_MS;
const MAX_INTERVAL_MS = HOUR_MS;
/** For a feed whose rhythm is not known yet. */
const FIRST_INTERVAL_MS = 15 * MINUTE_MS;
/** A longer max-age is a fault of the server's set-up more often than a wish, and hides news. */
const MAX_AGE_CAP_MS = 4 * HOUR_MS;
const BACK_OFF_MS = 5 * MINUTE_MS;
const MAX_BACK_OFF_MS = 24 * HOUR_MS;
const JITTER_SHARE = 0.1;
/** With a configured interval: so many failures are taken for hiccups. */
const PATIENT_FAILURES = 3;

export interface PollInput {
  /** Milliseconds UTC: when the poll ended. */
  now: number;
  /** The configured interval, or null. */
  everyMs: number | null;
  outcome: PollOutcome;
  /** 0 to 1; spreads feeds that would be due together. */
  random: number;
}

export type PollOutcome =
  /** `recentGapsMs`: times between neighbouring items of the feed. */
  | { kind: 'ok'; maxAgeMs: number | null; recentGapsMs: number[] }
  /** `failures`: failed polls in a row, this one included. */
  | { kind: 'failed'; failures: number; retryAfterMs: number | null };

/** When a poll follows (milliseconds UTC), and why then, as a clause for people. */
export interface NextPoll {
  at: number;
  reason: string;
}

interface Wait {
  ms: number;
  reason: string;
}

/**
 * Decides when a feed is polled again. A configured interval is kept to the millisecond unless the server or
 * failures ask for longer; else it is half the usual gap between items, within 2 to 60 minutes, not below the
 * server's max-age, and up to 10 % off.
 */
export function nextPoll({ now, everyMs, outcome, random }: PollInput): NextPoll {
  const wait =
    outcome.kind === 'failed'
      ? afterFailure(everyMs, outcome, random)
      : afterSuccess(everyMs, outcome, random);
  return { at: now + Math.round(wait.ms), reason: wait.reason };
}

function afterSuccess(everyMs: number | null, outcome: PollOutcome & { kind: 'ok' }, random: number): Wait {
  if (everyMs !== null) return { ms: everyMs, reason: `every ${duration(everyMs)}, as configured` };
  const own = ownInterval(outcome.recentGapsMs);
  const maxAgeMs = Math.min(outcome.maxAgeMs ?? 0, MAX_AGE_CAP_MS);
  if (maxAgeMs <= own.ms) return { ...own, ms: Math.max(jittered(own.ms, random), maxAgeMs) };
  // Later than asked is polite, earlier is not.
  const ms = maxAgeMs * (1 + JITTER_SHARE * random);
  return { ms, reason: `the server calls its answer fresh for ${duration(maxAgeMs)}` };
}

function ownInterval(gapsMs: number[]): Wait {
  const gapMs = median(gapsMs.filter((gap) => gap > 0));
  if (gapMs === null)
    return { ms: FIRST_INTERVAL_MS, reason: 'it is not known yet how often the feed changes' };
  const ms = Math.min(Math.max(gapMs / 2, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
  return { ms, reason: `its items come about every ${duration(gapMs)}` };
}

function afterFailure(
  everyMs: number | null,
  outcome: PollOutcome & { kind: 'failed' },
  random: number,
): Wait {
  const { failures, retryAfterMs } = outcome;
  const backOff = backOffMs(everyMs, failures, random);
  const asked = Math.min(retryAfterMs ?? 0, MAX_BACK_OFF_MS);
  if (asked > backOff) {
    return { ms: asked * (1 + JITTER_SHARE * random), reason: `the server asks to wait ${duration(asked)}` };
  }
  const times = failures > 1 ? `the last ${failures} polls failed` : 'the last poll failed';
  return { ms: backOff, reason: `${times}, so it waits ${duration(backOff)}` };
}

function backOffMs(everyMs: number | null, failures: number, random: number): number {
  const usualMs = everyMs === null ? 0 : Math.max(everyMs, MINUTE_MS);
  const patient = everyMs === null ? 0 : PATIENT_FAILURES;
  if (failures <= patient) return usualMs;
  const doubled = Math.min(BACK_OFF_MS * 2 ** (failures - patient - 1), MAX_BACK_OFF_MS);
  return Math.max(usualMs, Math.min(jittered(doubled, random), MAX_BACK_OFF_MS));
}

function jittered(ms: number, random: number): number {
  return ms * (1 + JITTER_SHARE * (2 * random - 1));
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  const lower = sorted[middle - 1] ?? upper;
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2;
}

/** "90 s" would be odd and "1.5 min" too: the largest unit that has at least 2 of it, rounded. */
function duration(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return `${Math.round(ms / HOUR_MS)} h`;
}
