import { errorText, type Logger } from '../ops/log.ts';

interface ConnectionOptions {
  /** "Slack" */
  platform: string;
  connect: () => Promise<void>;
  /** Called each time a connection stands. */
  connected: () => Promise<void>;
  /** The remedy when the platform refuses the token, or null when the error is something else. */
  tokenRemedy: (error: unknown) => string | null;
  log: Logger;
  retryMs?: number;
}

export interface Connection {
  start(): void;
  stop(): void;
  status(): string;
}

/** Connects, says once what is wrong, and tries again every minute until it stands. */
export function createConnection(options: ConnectionOptions): Connection {
  const { platform, log } = options;
  let state = 'not connected yet';
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function attempt(): Promise<void> {
    try {
      await options.connect();
      state = 'connected';
      log.info('platform connected', { platform });
      await options.connected();
    } catch (error) {
      if (stopped) return;
      const trouble = options.tokenRemedy(error) ?? errorText(error);
      if (state !== trouble) log.error('platform not connected', { platform, error: trouble });
      state = trouble;
      timer = setTimeout(() => void attempt(), options.retryMs ?? 60_000);
      timer.unref();
    }
  }

  return {
    start: () => void attempt(),
    stop() {
      stopped = true;
      clearTimeout(timer);
      state = 'stopped';
    },
    status: () => `${platform}: ${state}`,
  };
}
