import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { percentDecoded } from './environment.ts';

/** What an operator wrote in `config/tocsin.yaml`. Durations are milliseconds. */
export interface ConfigFile {
  timezone: string;
  /** First messages that a channel gets in ten minutes before the rest shares one. */
  budget: number;
  feeds: FeedEntry[];
  watches: WatchEntry[];
}

interface FeedEntry {
  /** Without user and password: those are in `headers`. */
  url: string;
  name: string | null;
  everyMs: number | null;
  channels: string[];
  group: string | null;
  fullText: boolean;
  /** Extra request headers: a cookie, an authorization. Secrets. */
  headers: Record<string, string>;
}

interface WatchEntry {
  name: string;
  query: string;
  channels: string[];
  /** When its alerts are told; null for at once. */
  telling: string | null;
  /** Whom its alerts call. */
  ping: string[];
  /** Where it stands in the file, for errors that are found later. */
  line: number;
}

/** What the readers of a channel can take in ten minutes. */
const USUAL_BUDGET = 6;

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const channel = z
  .string()
  .regex(
    /^(slack:[CGD][A-Z0-9]+|discord:\d+|terminal)$/,
    'a channel is "slack:C0123…", "discord:456…" or "terminal"',
  );

const every = z
  .string()
  .regex(/^[1-9]\d{0,4}(s|m|h|d)$/, 'write a duration such as 2s, 5m or 1h')
  .transform((text) => Number.parseInt(text, 10) * UNIT_MS[text.at(-1) as keyof typeof UNIT_MS])
  .refine((ms) => ms <= 7 * UNIT_MS.d, 'a feed is polled at least every 7d');

const timezone = z.string().refine(isTimezone, 'write a time zone such as UTC or Europe/Berlin');

const feed = z.strictObject({
  url: z.url({
    protocol: /^https?$/,
    error: 'write the full address of a feed, such as https://example.org/rss.xml',
  }),
  name: z.string().trim().min(1).max(80).optional(),
  every: every.optional(),
  channels: z.array(channel).optional(),
  group: z.string().trim().min(1).max(40).optional(),
  fullText: z.boolean({ error: 'write true or false' }).optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

const PING_FORMS =
  'write "here", "discord:role:123", "discord:user:123", "slack:user:U0123" or "slack:group:S0123", or a list of them';

const ping = z
  .string()
  .regex(/^(here|discord:(role|user):\d+|slack:user:[UW][A-Z0-9]+|slack:group:S[A-Z0-9]+)$/, PING_FORMS);

const watch = z.strictObject({
  name: z.string().trim().min(1).max(80),
  query: z.string().trim().min(1),
  channels: z.array(channel).min(1, 'name at least one channel'),
  when: z.string().trim().min(1).optional(),
  ping: z.union([ping, z.array(ping)], { error: PING_FORMS }).optional(),
});

const file = z.strictObject({
  timezone: timezone.optional(),
  budget: z.int().min(1).optional(),
  feeds: z.array(feed),
  watches: z.array(watch).optional(),
});

/** Reads and validates the file. Throws ConfigError with the line and the remedy. */
export function readConfigFile(path: string): ConfigFile {
  return parseConfigFile(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(
      `${path} can't be read: copy config/tocsin.example.yaml there, or name another file in TOCSIN_CONFIG`,
      { cause },
    );
  }
}

/** The same for a text; `path` is what errors name. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw new ConfigError(
      `${path}, line ${lines.linePos(broken.pos[0]).line}: not valid YAML: ${broken.message}`,
    );
  }
  const lineOf = (keys: PropertyKey[]) => lineOfNode(document, lines, keys);
  const result = file.safeParse(valuesOf(document, path), { error: typeRemedy });
  if (!result.success) throw invalid(path, result.error, lineOf);
  refuseDoubles(path, result.data, lineOf);
  return {
    timezone: result.data.timezone ?? 'UTC',
    budget: result.data.budget ?? USUAL_BUDGET,
    feeds: result.data.feeds.map(feedEntry),
    watches: (result.data.watches ?? []).map(({ when = null, ping = [], ...entry }, index) => ({
      ...entry,
      telling: when,
      ping: [ping].flat(),
      line: lineOf(['watches', index]),
    })),
  };
}

function valuesOf(document: Document, path: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    // An alias that names nothing, or one that would expand without end.
    throw new ConfigError(`${path}, line 1: not valid YAML: ${(cause as Error).message}`, { cause });
  }
}

function feedEntry(entry: z.infer<typeof feed>): FeedEntry {
  const url = new URL(entry.url);
  const credentials = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  const authorization = { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  const hasLogin = url.username !== '' || url.password !== '';
  return {
    url: withoutLogin(entry.url),
    name: entry.name ?? null,
    everyMs: entry.every ?? null,
    channels: entry.channels ?? [],
    group: entry.group ?? null,
    fullText: entry.fullText ?? true,
    headers: { ...(hasLogin && authorization), ...entry.headers },
  };
}

/** The address as it is polled: what is before an @ goes into a header. */
function withoutLogin(address: string): string {
  const url = new URL(address);
  if (url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  return url.href;
}

/** What to write where something of another kind stands. */
function typeRemedy({ code, input, ...issue }: z.core.$ZodRawIssue): string | undefined {
  if (code !== 'invalid_type') return undefined;
  if (input === undefined) return 'this is missing';
  const kinds: Record<string, string> = {
    array: 'write a list, such as ["terminal"]',
    string: 'write it in quotes',
    object: 'write lines of the form "key: value"',
  };
  return kinds[String(issue.expected)];
}

function invalid(path: string, error: z.ZodError, lineOf: (keys: PropertyKey[]) => number): ConfigError {
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const keys = issue?.path ?? [];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const line = lineOf(unknown === undefined ? keys : [...keys, unknown]);
  const setting = keys.map(String).join('.');
  const message =
    unknown === undefined
      ? (issue?.message ?? 'not valid')
      : `I do not know "${unknown}": check its spelling or remove it`;
  return new ConfigError(`${path}, line ${line}${setting === '' ? '' : `, ${setting}`}: ${message}`);
}

function refuseDoubles(
  path: string,
  data: z.infer<typeof file>,
  lineOf: (keys: PropertyKey[]) => number,
): void {
  const urls = data.feeds.map((entry) => withoutLogin(entry.url));
  const names = (data.watches ?? []).map((entry) => entry.name.toLowerCase());
  const feedIndex = urls.findIndex((url, index) => urls.indexOf(url) < index);
  const watchIndex = names.findIndex((name, index) => names.indexOf(name) < index);
  if (feedIndex >= 0) {
    throw new ConfigError(
      `${path}, line ${lineOf(['feeds', feedIndex])}: this feed is listed twice: remove one`,
    );
  }
  if (watchIndex >= 0) {
    throw new ConfigError(
      `${path}, line ${lineOf(['watches', watchIndex])}: two watches have this name: give each its own`,
    );
  }
}

/** The line of the deepest key of the path that is in the file, or of its value in a list. */
function lineOfNode(document: Document, lines: LineCounter, keys: PropertyKey[]): number {
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const parent = document.getIn(keys.slice(0, depth - 1), true) ?? document.contents;
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === keys[depth - 1])
      : null;
    const node = pair?.key ?? document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function isTimezone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
