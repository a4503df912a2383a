import { errorText, type Logger } from '../ops/log.ts';

interface ConnectionOptions {
  /** "Slack" */
  platform: string;
  /** Resolves when people are heard. */
  connect: () => Promise<void>;
  /** Called each time a connection stands. */
  connected: () => Promise<void>;
  /** The remedy when the platform refuses the token, or null when the error is something else. */
  tokenRemedy: (error: unknown) => string | null;
  /** False while the client library mends a broken connection by itself. */
  isUp?: () => boolean;
  log: Logger;
}

/** Nobody waits longer than this for a platform that is back. */
const LONGEST_PAUSE_MS = 60_000;

/** A connection that stood this long was a good one. */
const STABLE_MS = 60_000;

/** Connects, says once what is wrong, and tries again at once, then after 1 s, 2 s, 4 s … 60 s until it stands. */
export class Connection {
  readonly #options: ConnectionOptions;
  #state = 'not connected yet';
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #connectedAt = 0;
  #isBusy = false;
  #isLost = false;
  #isStopped = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#attempt();
  }

  /** The connection broke and the client library will not mend it. */
  lost(): void {
    this.#isLost = true;
    if (this.#isStopped || this.#isBusy) return;
    if (performance.now() - this.#connectedAt > STABLE_MS) this.#failures = 0;
    this.#state = 'reconnecting';
    this.#options.log.info('platform connection lost', { platform: this.#options.platform });
    this.#attemptLater();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#state = 'stopped';
  }

  /** "Slack: connected" */
  status(): string {
    const isMending = this.#state === 'connected' && this.#options.isUp?.() === false;
    return `${this.#options.platform}: ${isMending ? 'reconnecting' : this.#state}`;
  }

  /** The pause grows until a connection has stood for a while, so that one that breaks at once is not hammered. */
  #attemptLater(): void {
    const pauseMs = this.#failures === 0 ? 100 : Math.min(500 * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#attempt(), pauseMs).unref();
  }

  async #attempt(): Promise<void> {
    const { platform, log, connect, tokenRemedy } = this.#options;
    this.#isBusy = true;
    this.#isLost = false;
    try {
      await connect();
      this.#connectedAt = performance.now();
      this.#state = 'connected';
      log.info('platform connected', { platform });
    } catch (error) {
      this.#failed(tokenRemedy(error) ?? errorText(error));
    } finally {
      this.#isBusy = false;
    }
    if (this.#state !== 'connected') return;
    if (this.#isLost) this.lost();
    else await this.#greet();
  }

  async #greet(): Promise<void> {
    const { platform, log, connected } = this.#options;
    try {
      await connected();
    } catch (error) {
      log.warn('held channels not resumed', { platform, error: errorText(error) });
    }
  }

  #failed(trouble: string): void {
    const { platform, log } = this.#options;
    if (this.#isStopped) return;
    if (this.#state !== trouble) log.error('platform not connected', { platform, error: trouble });
    this.#state = trouble;
    this.#attemptLater();
  }
}
