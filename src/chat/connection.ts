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

export interface Connection {
  start(): void;
  /** The connection broke and the client library will not mend it. */
  lost(): void;
  stop(): void;
  status(): string;
}

/** Nobody waits longer than this for a platform that is back. */
const LONGEST_PAUSE_MS = 60_000;

/** Connects, says once what is wrong, and tries again after 1 s, 2 s, 4 s … 60 s until it stands. */
export function createConnection(options: ConnectionOptions): Connection {
  const { platform, log } = options;
  let state = 'not connected yet';
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let isBusy = false;
  let isStopped = false;

  function attemptIn(pauseMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void attempt(), pauseMs).unref();
  }

  async function attempt(): Promise<void> {
    isBusy = true;
    try {
      await options.connect();
      failures = 0;
      state = 'connected';
      log.info('platform connected', { platform });
    } catch (error) {
      failed(options.tokenRemedy(error) ?? errorText(error));
    } finally {
      isBusy = false;
    }
    if (state === 'connected') await greet();
  }

  async function greet(): Promise<void> {
    try {
      await options.connected();
    } catch (error) {
      log.warn('held channels not resumed', { platform, error: errorText(error) });
    }
  }

  function failed(trouble: string): void {
    if (isStopped) return;
    if (state !== trouble) log.error('platform not connected', { platform, error: trouble });
    state = trouble;
    attemptIn(Math.min(1_000 * 2 ** failures, LONGEST_PAUSE_MS));
    failures += 1;
  }

  return {
    start: () => void attempt(),
    lost() {
      if (isStopped || isBusy) return;
      state = 'reconnecting';
      log.info('platform connection lost', { platform });
      attemptIn(100);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      state = 'stopped';
    },
    status: () =>
      `${platform}: ${state === 'connected' && options.isUp?.() === false ? 'reconnecting' : state}`,
  };
}
