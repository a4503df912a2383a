import { RateLimited } from './refusal.ts';

/** docs.slack.dev/apis/web-api/rate-limits: about one message a second per channel, and short bursts. */
export class RateLimit {
  readonly #burst: number;
  readonly #now: () => number;
  readonly #channels = new Map<string, { left: number; at: number }>();

  constructor(burst: number, now: () => number) {
    this.#burst = burst;
    this.#now = now;
  }

  /** Counts one message. Throws RateLimited with the seconds until the next one is allowed. */
  spend(channel: string): void {
    const now = this.#now();
    const { left, at } = this.#channels.get(channel) ?? { left: this.#burst, at: now };
    const available = Math.min(this.#burst, left + (now - at) / 1000);
    if (available < 1) throw new RateLimited(Math.ceil(1 - available));
    this.#channels.set(channel, { left: available - 1, at: now });
  }
}
