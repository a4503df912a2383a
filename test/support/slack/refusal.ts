import type { Json } from './json.ts';

/** Slack answers `{"ok": false, "error": …}`; `extra` holds the other members of that answer. */
export class Refusal extends Error {
  readonly error: string;
  readonly extra: Json;

  constructor(error: string, extra: Json = {}) {
    super(error);
    this.name = 'Refusal';
    this.error = error;
    this.extra = extra;
  }
}

/** Slack answers HTTP 429 with Retry-After. */
export class RateLimited extends Error {
  readonly retryAfterS: number;

  constructor(retryAfterS: number) {
    super('ratelimited');
    this.name = 'RateLimited';
    this.retryAfterS = retryAfterS;
  }
}

/** A refusal whose reasons Slack lists in `response_metadata.messages`. */
export function refusalBecause(error: string, reasons: string[]): Refusal {
  return new Refusal(error, {
    errors: reasons.map((reason) => reason.replace(/^\[ERROR\] /, '')),
    response_metadata: { messages: reasons },
  });
}
