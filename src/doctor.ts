import { styleText } from 'node:util';
import { WebClient } from '@slack/web-api';
import { REST, Routes } from 'discord.js';
import { checkedSettings, FETCH_LIMITS, MODEL_LIMITS, openConfiguredStore, PARSE_LIMITS } from './app.ts';
import { tokenRemedy as discordRemedy } from './chat/discord/discord-errors.ts';
import { tokenRemedy as slackRemedy } from './chat/slack/slack-errors.ts';
import type { TerminalStyle } from './chat/terminal/terminal-text.ts';
import { type Config, readConfig } from './config/config.ts';
import { createFetcher, type FetchOptions } from './feeds/fetch.ts';
import { createParser } from './feeds/parse.ts';
import { readRemote } from './feeds/read-remote.ts';
import { shownUrl } from './feeds/shown-url.ts';
import { createChatModel } from './llm/chat-model.ts';
import { proposalsIn, questionAbout } from './llm/pointing.ts';
import { isHealthy } from './ops/health.ts';
import { errorText } from './ops/log.ts';
import { loadWatchLanguage } from './watch-language.ts';

/** One line of the doctor's table. */
export interface Check {
  subject: string;
  state: 'fine' | 'note' | 'bad';
  finding: string;
}

const TOKEN_MS = 10_000;
const HOSTS_AT_A_TIME = 8;

/** Checks configuration, database, tokens and every feed; never throws. */
export async function examine(
  variables: Record<string, string | undefined>,
  now: () => number,
): Promise<Check[]> {
  let config: Config;
  let settings: ReturnType<typeof checkedSettings>;
  try {
    config = readConfig(variables);
    settings = checkedSettings(config);
  } catch (error) {
    return [{ subject: 'configuration', state: 'bad', finding: errorText(error) }];
  }
  const summary = `${config.configPath}: ${config.feeds.length} feeds, ${config.watches.length} watches`;
  return [
    { subject: 'configuration', state: 'fine', finding: summary },
    { subject: 'topics', state: 'fine', finding: topics(config) },
    await database(config, now),
    await slack(config),
    await discord(config),
    ...(await languageModel(config, now)),
    ...(await feeds(config, settings)),
  ];
}

/** How many there are and which are the operator's; checking the settings has found them all usable. */
function topics({ topicsDir }: Config): string {
  const { library } = loadWatchLanguage(topicsDir);
  const own = library.filter(({ isOwn }) => isOwn).map(({ name }) => name);
  return `${library.length} topics, ${own.length === 0 ? `none of your own in ${topicsDir}` : `${own.length} of your own: ${own.join(', ')}`}`;
}

async function database(config: Config, now: () => number): Promise<Check> {
  const subject = 'database';
  const place = config.databaseUrl === null ? `SQLite in ${config.dataDir}` : 'PostgreSQL';
  if (config.databaseUrl === null && isHealthy(config.dataDir, now())) {
    return { subject, state: 'fine', finding: `${place}, in use by a running Tocsin` };
  }
  return judged(subject, async () => {
    const store = await openConfiguredStore(config);
    try {
      return `${place}, ${await store.articles.count()} articles`;
    } finally {
      await store.close();
    }
  });
}

async function slack({ slack: settings }: Config): Promise<Check> {
  if (settings === null)
    return { subject: 'Slack', state: 'note', finding: 'no token set: nothing is posted there' };
  return judged(
    'Slack',
    async () => {
      const once = { slackApiUrl: settings.apiUrl, retryConfig: { retries: 0 }, timeout: TOKEN_MS };
      const { team, user } = await new WebClient(settings.botToken, once).auth.test();
      await new WebClient(settings.appToken, once).apps.connections.open({});
      return `connected to ${team} as ${user}`;
    },
    slackRemedy,
  );
}

async function discord({ discord: settings }: Config): Promise<Check> {
  if (settings === null)
    return { subject: 'Discord', state: 'note', finding: 'no token set: nothing is posted there' };
  return judged(
    'Discord',
    async () => {
      const rest = new REST({ api: settings.apiUrl, retries: 0, timeout: TOKEN_MS }).setToken(settings.token);
      const me = (await rest.get(Routes.user())) as { username: string };
      return `connected as ${me.username}`;
    },
    discordRemedy,
  );
}

/** Nothing is said of a model that nobody asked for. */
async function languageModel(config: Config, now: () => number): Promise<Check[]> {
  if (config.languageModel === null) return [];
  const model = createChatModel({ ...config.languageModel, ...MODEL_LIMITS, now });
  const article = { text: 'Bridge closed\n\nThe bridge is closed for repairs, the city said on Monday.' };
  const check = await judged('language model', async () => {
    proposalsIn(await model.ask(questionAbout(article), new AbortController().signal));
    return `${config.languageModel?.model} answers`;
  });
  await model.close();
  return [check];
}

async function feeds(
  config: Config,
  settings: Pick<FetchOptions, 'allowPrivate' | 'userAgent'>,
): Promise<Check[]> {
  const fetcher = createFetcher({ ...settings, ...FETCH_LIMITS });
  const parser = createParser(PARSE_LIMITS);
  const checks: Check[] = [];
  const byHost = Map.groupBy(config.feeds.entries(), ([, { url }]) => new URL(url).host);
  const waiting = [...byHost.values()];
  async function work(): Promise<void> {
    for (let ofHost = waiting.shift(); ofHost !== undefined; ofHost = waiting.shift()) {
      // A host is asked one thing at a time, as the poller does.
      for (const [index, { url, name, headers }] of ofHost) {
        checks[index] = await judged(name ?? shownUrl(url), async () => {
          const signal = AbortSignal.timeout(TOKEN_MS * 3);
          const { document, note } = await readRemote({ url, headers }, { fetcher, parser }, signal);
          return `${document.items.length} articles${note === null ? '' : `; ${note}`}`;
        });
      }
    }
  }
  await Promise.all(Array.from({ length: HOSTS_AT_A_TIME }, work));
  await Promise.all([fetcher.close(), parser.close()]);
  return checks;
}

async function judged(
  subject: string,
  find: () => Promise<string>,
  remedy: (error: unknown) => string | null = () => null,
): Promise<Check> {
  try {
    return { subject, state: 'fine', finding: await find() };
  } catch (error) {
    return { subject, state: 'bad', finding: remedy(error) ?? errorText(error) };
  }
}

const MARKS = { fine: ['✔', 'green'], note: ['·', 'dim'], bad: ['✘', 'red'] } as const;

/** The checks as a table, and a last line that sums up. */
export function reportText(checks: Check[], { color }: TerminalStyle): string {
  const width = Math.min(60, Math.max(...checks.map((check) => check.subject.length)));
  const rows = checks.map(({ subject, state, finding }) => {
    const [mark, format] = MARKS[state];
    const shown = color ? styleText(format, mark, { validateStream: false }) : mark;
    return `${shown} ${subject.padEnd(width)}  ${finding}`;
  });
  const bad = checks.filter((check) => check.state === 'bad').length;
  return `${rows.join('\n')}\n\n${bad === 0 ? 'Everything is fine.' : `${bad} of ${checks.length} need attention.`}\n`;
}
