import { join } from 'node:path';
import { parseWhen, WhenError } from './alerts/when.ts';
import { createModelAsker, type ModelAsker, type ModelDeps } from './ask-model.ts';
import { type BreakDeps, tellBreaks } from './broken-channels.ts';
import type { Chat } from './chat/chat.ts';
import type { CommandDeps } from './chat/command.ts';
import { DeliveryError } from './chat/delivery-error.ts';
import { terminalDestination } from './chat/terminal/terminal-chat.ts';
import type { TerminalStyle } from './chat/terminal/terminal-text.ts';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { createDeliverer, type Deliverer } from './delivery.ts';
import { createKindReader } from './event-kinds.ts';
import { createFeedDesk } from './feed-desk.ts';
import { askAboutHeld, tellTroubles } from './feed-troubles.ts';
import { checkedHeaders } from './feeds/checked-headers.ts';
import { createFetcher, type FetchOptions } from './feeds/fetch.ts';
import { parseAllowPrivate } from './feeds/guard.ts';
import { createParser } from './feeds/parse.ts';
import { userAgent } from './feeds/user-agent.ts';
import { holdAllAnew } from './hold.ts';
import { createJudge } from './judge.ts';
import { loadGazetteer } from './knowledge/places.ts';
import { createChatModel } from './llm/chat-model.ts';
import { parseQuery, QueryError } from './matching/query.ts';
import type { Destination } from './model/alert.ts';
import type { ChannelAddress, Platform } from './model/channel.ts';
import { writeHealth } from './ops/health.ts';
import type { Logger } from './ops/log.ts';
import { createMetrics, faultLines, type Metrics } from './ops/metrics.ts';
import { schedule } from './ops/ticker.ts';
import { openVault, type Vault } from './ops/vault.ts';
import type { PipelineDeps } from './pipeline.ts';
import { createPoller } from './poll.ts';
import { createPageReader, type PageDeps } from './read-pages.ts';
import { sealHeaders } from './sealed-headers.ts';
import { ensureFolder } from './store/folder.ts';
import { openStore, type Store } from './store/store.ts';
import { storeTrouble } from './store/store-error.ts';
import { createStoryDesk } from './story-desk.ts';
import { loadLanguageReader } from './text/language.ts';
import { loadWatchLanguage, type WatchLanguage } from './watch-language.ts';
import { createWatchList } from './watch-list.ts';
import { createWorkspaces, type Workspaces } from './workspaces.ts';

/** Limits of one fetch: total time, and decoded bytes (the largest real news feeds have about 2 MB). */
export const FETCH_LIMITS = { timeoutMs: 30_000, maxBytes: 15_000_000 };
export const PARSE_LIMITS = { timeoutMs: 10_000 };
/** Limit of one question to the language model. */
export const MODEL_LIMITS = { deadlineMs: 8_000 };

const DAY_MS = 24 * 3_600_000;

/** After a start every feed is polled first. */
const SETTLING_MS = 10 * 60_000;

export interface AppOptions {
  config: Config;
  log: Logger;
  now: () => number;
  /** Where alerts for the terminal go, and how. */
  terminal: { write: (text: string) => void; style: TerminalStyle };
}

/** A running Tocsin. */
export interface App {
  store: Store;
  /** What commands need, for a prompt in the terminal. */
  commandDeps: CommandDeps;
  /** Finishes what runs, takes nothing new; resolves within 8 seconds whatever hangs. */
  stop(): Promise<void>;
}

/** Starts everything the configuration asks for. Throws ConfigError or StoreError. */
export async function startApp({ config, log, now, terminal }: AppOptions): Promise<App> {
  const settings = checkedSettings(config);
  const store = await openConfiguredStore(config);
  const vault = vaultOf(config);
  await syncConfig(store, config, { vault, now });

  const chats = new Map<Platform, Chat>();
  const destination = destinationsOf(chats, terminal);
  const shared = { store, timezone: config.timezone, now, log };
  const deliverer = createDeliverer({ ...shared, destination, budget: config.budget });
  const fetcher = createFetcher({ ...settings, ...FETCH_LIMITS });
  const parser = createParser(PARSE_LIMITS);
  const knowledge = loadWatchLanguage(config.topicsDir);
  const workspaces = await createWorkspaces(store, (channel) => workspaceOf(channel, chats));
  const reading = {
    ...shared,
    watchList: createWatchList(store, log, knowledge),
    ...(await loadReaders(knowledge)),
    workspaceOf: workspaces.of,
    metrics: createMetrics(),
    asksModel: config.languageModel !== null,
    fetcher,
    parser,
    guard: settings.allowPrivate,
    // A store that fails now fails the next tick too, which says so.
    wake: () => void deliverer.tick().catch(() => {}),
  };
  const poller = createPoller({ ...reading, vault, random: Math.random });
  const askers = askersOf(config, reading);
  const readers = [poller, createPageReader(reading), ...askers];
  const commandDeps: CommandDeps = {
    store,
    knowledge,
    judge: reading.judge,
    now,
    ...openDesks({ ...reading, poller, vault }),
    ...stateOf(chats, askers, reading.metrics),
    holdAnew: (channels) => holdAllAnew(channels, reading),
  };
  await openChats(chats, { config, deps: commandDeps, log });

  for (const chat of chats.values()) chat.start();
  const loops = schedule('loops', '* * * * * *', log, () =>
    withRemedy(async () => {
      for (const loop of [deliverer, ...readers]) await loop.tick();
      writeHealth(config.dataDir, now());
    }),
  );
  const upkeep = maintain({ ...reading, destination, workspaces });
  const maintenance = schedule('maintenance', '30 * * * * *', log, () => withRemedy(upkeep));
  log.info('started', { feeds: config.feeds.length, watches: config.watches.length, store: store.engine });

  const stop = () =>
    stopAll({ ...reading, deliverer, chats, loops: readers, schedules: [loops, maintenance] });
  return { store, commandDeps, stop };
}

/** What commands do beyond looking up. */
function openDesks(
  deps: Parameters<typeof createFeedDesk>[0] & Parameters<typeof createStoryDesk>[0],
): Pick<CommandDeps, 'feedDesk' | 'storyDesk'> {
  return { feedDesk: createFeedDesk(deps), storyDesk: createStoryDesk(deps) };
}

/** What commands ask of the platforms and of what else runs beside. */
function stateOf(
  chats: Map<Platform, Chat>,
  askers: ModelAsker[],
  metrics: Metrics,
): Pick<CommandDeps, 'channelTrouble' | 'messageLink' | 'connections'> {
  return {
    channelTrouble: async (channel) => troubleOf(channel, chats),
    messageLink(channel, messageId) {
      const { platform, id } = parseChannel(channel);
      return chats.get(platform)?.messageLink(id, messageId) ?? null;
    },
    connections: () => [
      ...[...chats.values(), ...askers].map((part) => part.status()),
      ...faultLines(metrics),
    ],
  };
}

/** Waits for what runs, and closes what is open, each for a time that lets the next have its turn. */
async function stopAll({
  schedules,
  deliverer,
  loops,
  chats,
  fetcher,
  parser,
  store,
  log,
}: Pick<PageDeps, 'fetcher' | 'parser' | 'store' | 'log'> & {
  schedules: ReturnType<typeof schedule>[];
  deliverer: Deliverer;
  loops: { stop(): Promise<void> }[];
  chats: Map<Platform, Chat>;
}): Promise<void> {
  await within(1_000, Promise.all(schedules.map((one) => one.stop())));
  deliverer.stop();
  await within(4_000, Promise.all([...loops.map((loop) => loop.stop()), deliverer.settled()]));
  const platforms = [...chats.values()].map((chat) => chat.stop());
  await within(2_000, Promise.all([fetcher.close(), parser.close(), ...platforms]));
  await within(1_000, store.close());
  log.info('stopped');
}

/** The loop that asks the language model of the configuration; none without one. */
function askersOf({ languageModel }: Config, deps: Omit<ModelDeps, 'model'>): ModelAsker[] {
  if (languageModel === null) return [];
  const model = createChatModel({ ...languageModel, ...MODEL_LIMITS, now: deps.now });
  return [createModelAsker({ ...deps, model })];
}

/** What articles are read and judged with. */
async function loadReaders(
  knowledge: WatchLanguage,
): Promise<Pick<PipelineDeps, 'places' | 'readLanguage' | 'kinds' | 'judge'>> {
  const kinds = createKindReader(knowledge);
  return {
    places: loadGazetteer(),
    readLanguage: await loadLanguageReader(),
    kinds,
    judge: createJudge(kinds),
  };
}

/** What is looked after once a minute. */
function maintain(deps: BreakDeps & { workspaces: Workspaces; wake: () => void }): () => Promise<void> {
  const { store, workspaces, now, wake } = deps;
  const startedAt = now();
  return async () => {
    await workspaces.remember();
    // What failed before a stop of ours gets its turn before anybody is told.
    const told = now() - startedAt < SETTLING_MS ? 0 : await tellTroubles(deps);
    if (told + (await askAboutHeld(deps)) + (await tellBreaks(deps)) > 0) wake();
    await store.hosts.forget(now());
    await store.subscriptions.forgetUnfollowed(now() - DAY_MS);
    await store.pages.forget(now() - 7 * DAY_MS);
    await store.modelCalls.forget(now() - 7 * DAY_MS);
  };
}

/** The vault of the configuration: without TOCSIN_SECRET its key is a file beside the store, which only SQLite has. */
export function vaultOf({ secret, databaseUrl, dataDir }: Config): Vault {
  return openVault({ secret, keyPath: databaseUrl === null ? join(dataDir, 'secret.key') : null });
}

async function syncConfig(
  store: Store,
  { feeds, watches, timezone }: Config,
  { vault, now }: { vault: Vault; now: () => number },
): Promise<void> {
  const sealed = feeds.map(({ headers, ...feed }) => ({ ...feed, credentials: sealHeaders(headers, vault) }));
  await store.exclusive(async (tables) => {
    await tables.subscriptions.syncConfig(sealed, now());
    await tables.watches.syncConfig(watches, now());
  });
  await holdAllAnew(null, { store, now, timezone });
}

/** A platform's client library is loaded only when it is used: it is most of the memory and of the start. */
async function openChats(
  chats: Map<Platform, Chat>,
  { config, deps, log }: { config: Config; deps: CommandDeps; log: Logger },
): Promise<void> {
  if (config.slack !== null) {
    const { slackChat } = await import('./chat/slack/slack-chat.ts');
    chats.set('slack', slackChat({ ...config.slack, deps, log }));
  }
  if (config.discord !== null) {
    const { discordChat } = await import('./chat/discord/discord-chat.ts');
    chats.set('discord', discordChat({ ...config.discord, deps, log }));
  }
}

function checkTelling({ name, telling, line }: Config['watches'][number], path: string): void {
  if (telling === null) return;
  try {
    parseWhen(telling);
  } catch (error) {
    if (!(error instanceof WhenError)) throw error;
    const place = `${path}, line ${line}, the times of “${name}”`;
    throw new ConfigError(`${place}: ${error.message} ${error.remedy}`, { cause: error });
  }
}

/** What the types can't check: topics, queries, headers, and how feeds are fetched, which is returned. Throws ConfigError. */
export function checkedSettings(config: Config): Pick<FetchOptions, 'allowPrivate' | 'userAgent'> {
  const knowledge = loadWatchLanguage(config.topicsDir);
  for (const watch of config.watches) {
    try {
      parseQuery(watch.query, knowledge);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const place = `${config.configPath}, line ${watch.line}, the query of “${watch.name}”`;
      throw new ConfigError(`${place}: ${error.message} ${error.remedy}`.trim(), { cause: error });
    }
    checkTelling(watch, config.configPath);
  }
  for (const { url, headers } of config.feeds) {
    checked(`${config.configPath}, the headers of ${url}`, () => checkedHeaders(headers));
  }
  if (config.databaseUrl !== null && config.secret === null && config.feeds.some(hasHeaders)) {
    throw new ConfigError(
      'TOCSIN_SECRET is missing: with PostgreSQL it encrypts the headers and passwords of feeds; openssl rand -hex 32 makes one',
    );
  }
  return {
    allowPrivate: checked('FETCH_ALLOW_PRIVATE', () => parseAllowPrivate(config.fetchAllowPrivate)),
    userAgent: checked('TOCSIN_CONTACT', () => userAgent(config.contact)),
  };
}

function hasHeaders({ headers }: Config['feeds'][number]): boolean {
  return Object.keys(headers).length > 0;
}

function checked<T>(setting: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new ConfigError(`${setting}: ${(cause as Error).message}`, { cause });
  }
}

/** The store of the configuration. The data folder is there in any case, for health. Throws StoreError or ConfigError. */
export async function openConfiguredStore(config: Config): Promise<Store> {
  if (config.databaseUrl === null) return openStore({ kind: 'folder', path: config.dataDir });
  try {
    ensureFolder(config.dataDir);
  } catch (cause) {
    throw new ConfigError(
      `TOCSIN_DATA names ${config.dataDir}, which can't be made: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
  return openStore({ kind: 'postgres', url: config.databaseUrl });
}

/** Without any token every channel is shown in the terminal, so that a first look needs none. */
function destinationsOf(chats: Map<Platform, Chat>, terminal: AppOptions['terminal']) {
  const standIns = new Map<Platform, Destination>();
  function standIn(platform: Platform): Destination {
    const shown = platform === 'terminal' || chats.size === 0;
    const made =
      standIns.get(platform) ?? (shown ? terminalDestination(platform, terminal) : withoutToken(platform));
    standIns.set(platform, made);
    return made;
  }
  return (channel: string) => {
    const { platform, id } = parseChannel(channel);
    return { destination: chats.get(platform)?.destination ?? standIn(platform), channelId: id };
  };
}

/** Keeps what waits for a platform whose token was taken away, instead of losing it in a log. */
function withoutToken(platform: Platform): Destination {
  const setting = platform === 'slack' ? 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN' : 'DISCORD_TOKEN';
  const refuse = async (): Promise<never> => {
    throw new DeliveryError(
      `${setting} is missing: set it and restart, or remove the watches of that platform`,
      {
        verdict: { kind: 'token' },
      },
    );
  };
  return { platform, deliver: refuse, find: refuse, direct: refuse };
}

function parseChannel(address: string): ChannelAddress {
  const colon = address.indexOf(':');
  if (colon < 0) return { platform: address as Platform, id: '' };
  return { platform: address.slice(0, colon) as Platform, id: address.slice(colon + 1) };
}

/** Which workspace a channel belongs to, as its platform says now; null while it is not connected. */
function workspaceOf(channel: string, chats: Map<Platform, Chat>): string | null {
  const { platform, id } = parseChannel(channel);
  // Without any token every channel is shown in the terminal.
  if (platform === 'terminal' || chats.size === 0) return 'terminal';
  return chats.get(platform)?.workspaceOf(id) ?? null;
}

async function troubleOf(channel: string, chats: Map<Platform, Chat>): Promise<string | null> {
  const { platform, id } = parseChannel(channel);
  return (await chats.get(platform)?.channelTrouble(id)) ?? null;
}

/** A store that can't work now is told with its remedy. */
async function withRemedy(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const trouble = storeTrouble(cause);
    throw trouble === null ? cause : new Error(trouble, { cause });
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
