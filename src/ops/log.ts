const LEVELS = { debug: 10, info: 20, warn: 30, error: 40 } as const;

type LogLevel = keyof typeof LEVELS;

/** What an event carries; the same field names everywhere: feed, article, fact, watch, channel, delivery, ms, error. */
type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Messages are constant, so that they can be grouped; what varies is in the fields. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

interface LoggerOptions {
  level: LogLevel;
  write: (line: string) => void;
  now: () => number;
  /** Values that must never appear in a log line. */
  secrets?: string[];
  /** A line for a person at a terminal instead of JSON. */
  readable?: boolean;
}

/** Writes one JSON line per event, without any of the secrets. */
export function createLogger(options: LoggerOptions): Logger {
  const format = options.readable === true ? readableLine : jsonLine;
  const secrets = (options.secrets ?? []).filter((secret) => secret.length >= 8);
  function write(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (LEVELS[level] < LEVELS[options.level]) return;
    let line = format({ time: new Date(options.now()).toISOString(), level, message, fields });
    for (const secret of secrets) line = line.replaceAll(secret, '[secret]');
    options.write(`${line}\n`);
  }
  return {
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}

interface LogEvent {
  time: string;
  level: LogLevel;
  message: string;
  fields: LogFields;
}

function jsonLine({ time, level, message, fields }: LogEvent): string {
  return JSON.stringify({ time, level, message, ...fields });
}

function readableLine({ time, level, message, fields }: LogEvent): string {
  const details = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(
      ([key, value]) =>
        `${key}=${typeof value === 'string' && /[\s"=]/.test(value) ? JSON.stringify(value) : value}`,
    );
  return [time.slice(11, 19), level === 'info' ? '' : level.toUpperCase(), message, ...details]
    .filter((part) => part !== '')
    .join(' ');
}

/** One sentence about anything thrown; those of Node and its libraries often say why only in their cause. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOurs = !['Error', 'TypeError', 'AggregateError'].includes(error.name);
  if (isOurs || !(error.cause instanceof Error) || error.message.includes(error.cause.message))
    return error.message;
  return `${error.message} (${error.cause.message})`;
}
