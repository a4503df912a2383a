import { composeAlert, extendAlert } from './alerts/compose.ts';
import { readArticle } from './facts/read.ts';
import { articleText } from './feeds/article-text.ts';
import { canonicalLink, itemKeys, knownArticle } from './feeds/identity.ts';
import type { ParsedFeed } from './feeds/parse.ts';
import { shownUrl } from './feeds/shown-url.ts';
import type { Gazetteer } from './knowledge/places.ts';
import type { Article, FeedItem } from './model/article.ts';
import type { Reading } from './model/fact.ts';
import type { Feed } from './model/feed.ts';
import type { Fingerprint } from './model/story.ts';
import type { Match } from './model/watch.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { StoredAlert } from './store/alerts.ts';
import { newId } from './store/ids.ts';
import type { Store, Tables } from './store/store.ts';
import { storeTrouble } from './store/store-error.ts';
import { decideStory } from './stories/decide-story.ts';
import { fingerprint } from './stories/fingerprint.ts';
import { splitSentences } from './text/sentences.ts';
import type { WatchList } from './watch-list.ts';

/** How far back an article looks for its story. */
const STORY_WINDOW_MS = 72 * 3_600_000;

export interface PipelineDeps {
  store: Store;
  watchList: WatchList;
  places: Gazetteer;
  now: () => number;
  log: Logger;
  /** Ends the work between two articles. */
  signal: AbortSignal;
  /** Articles that failed already: they are tried at every poll, and told once. */
  failedBefore: Set<string>;
}

/** What became of a document's items. A failed item is taken up again by the next poll. */
export interface Ingested {
  added: number;
  revised: number;
  alerted: number;
  failed: number;
}

/** A new article, or a known one whose words changed, on its way through the stages. */
interface Draft {
  article: Article;
  keys: string[];
  /** The revision before, or null for a new article. */
  previous: { title: string; text: string; storyId: string | null } | null;
}

/**
 * The journey of a feed's articles, top to bottom: which are new, what each says, which watches it satisfies, which
 * story it tells, whom to tell what. Each article is one transaction, so it is never known without its alerts.
 */
export async function ingest(feed: Feed, document: ParsedFeed, deps: PipelineDeps): Promise<Ingested> {
  await deps.watchList.refresh();
  const counts: Ingested = { added: 0, revised: 0, alerted: 0, failed: 0 };
  // Feeds list the newest first; stories and messages should follow the order of events.
  for (const item of document.items.toReversed()) {
    deps.signal.throwIfAborted();
    try {
      await ingestItem(item, { feed, document, deps, counts });
    } catch (error) {
      if (storeTrouble(error) !== null) throw error;
      counts.failed += 1;
      tellFailure(item, feed, { error, deps });
    }
  }
  return counts;
}

/** One bad article sets nothing else aside: neither the others nor its feed. */
function tellFailure(
  item: FeedItem,
  feed: Feed,
  { error, deps }: { error: unknown; deps: PipelineDeps },
): void {
  const article = item.link ?? item.title;
  const level = deps.failedBefore.has(article) ? 'debug' : 'error';
  deps.failedBefore.add(article);
  deps.log[level]('article failed', { feed: shownUrl(feed.url), article, error: errorText(error) });
}

interface Intake {
  feed: Feed;
  document: ParsedFeed;
  deps: PipelineDeps;
  counts: Ingested;
}

/** An item with its identity keys and its clean words. */
interface Said {
  item: FeedItem;
  keys: string[];
  words: { title: string; text: string };
}

async function ingestItem(item: FeedItem, { feed, document, deps, counts }: Intake): Promise<void> {
  const said = { item, keys: itemKeys(item), words: articleText(item) };
  // Most items of a poll are known; they need no turn.
  if ((await identify(said, { feed, document, deps, tables: deps.store })) === null) return;
  const done = await deps.store.exclusive(async (tables) => {
    const draft = await identify(said, { feed, document, deps, tables });
    return draft === null ? null : take(draft, { feed, deps, tables });
  });
  if (done === null) return;
  counts.alerted += done.alerted;
  if (done.isRevision) counts.revised += 1;
  else counts.added += 1;
}

/** Every stage after identity, in the article's own transaction. */
async function take(
  draft: Draft,
  { feed, deps, tables }: { feed: Feed; deps: PipelineDeps; tables: Tables },
): Promise<{ alerted: number; isRevision: boolean }> {
  const { article, previous } = draft;
  const reading = read(article, deps);
  const isBaseline = feed.baselinedAt === null;
  const matches = isBaseline ? [] : newMatches(draft, deps.watchList);
  const print = fingerprint(reading, article.link === null ? null : canonicalLink(article.link));
  const storyId = await placeInStory(draft, print, { tables, deps });
  await tables.articles.save({ reading, keys: draft.keys, fingerprint: print, storyId }, deps.now());
  await tables.articles.saveMatches(article, matches);
  const isRevision = previous !== null;
  if (isBaseline) return { alerted: 0, isRevision };
  const channels = wantedChannels({ draft, matches, feed, deps });
  return { alerted: await tellChannels({ reading, storyId, channels }, { tables, deps }), isRevision };
}

/** The draft of what is new in this item, or null when the store has it word for word. */
async function identify(
  { item, keys, words }: Said,
  { feed, document, deps, tables }: Omit<Intake, 'counts'> & { tables: Tables },
): Promise<Draft | null> {
  if (words.title === '') return null;
  const knownKeys = await tables.articles.known(feed.id, keys);
  const knownId = knownArticle(item, knownKeys);
  const known = knownId === null ? null : await tables.articles.get(knownId);
  if (known !== null && known.title === words.title && known.text === words.text) {
    const newKeys = keys.filter((key) => !knownKeys.has(key));
    await tables.articles.addKeys(feed.id, known.id, newKeys);
    return null;
  }
  const now = deps.now();
  const article: Article = {
    id: known?.id ?? newId(now),
    feedId: feed.id,
    outlet: known?.outlet ?? feed.name ?? document.title ?? new URL(feed.url).host,
    revision: (known?.revision ?? 0) + 1,
    ...words,
    link: item.link,
    imageUrl: item.imageUrl,
    author: item.author,
    language: document.language,
    publishedAt: item.publishedAt,
    firstSeenAt: known?.firstSeenAt ?? now,
  };
  return { article, keys, previous: known };
}

/** One reading for every later stage. An article that can't be read still reaches the reader, with its headline. */
function read(article: Article, { places, log }: PipelineDeps): Reading {
  try {
    return readArticle(article, { places });
  } catch (error) {
    log.error('article not read', { article: article.id, error: errorText(error) });
    return { article, sentences: splitSentences(article.text), facts: [] };
  }
}

/** A revision alerts only those whose watch its earlier words did not satisfy. */
function newMatches({ article, previous }: Draft, watchList: WatchList): Match[] {
  const matches = watchList.match(article);
  if (previous === null) return matches;
  const before = new Set(
    watchList.match({ ...previous, language: article.language }).map((match) => match.watchId),
  );
  return matches.filter((match) => !before.has(match.watchId));
}

/** Which channels must hear of it, each with the names of its watches; a feed's own channels get everything new. */
function wantedChannels(input: {
  draft: Draft;
  matches: Match[];
  feed: Feed;
  deps: PipelineDeps;
}): Map<string, string[]> {
  const { draft, matches, feed, deps } = input;
  const wanted = new Map<string, string[]>();
  if (draft.previous === null) for (const channel of feed.channels) wanted.set(channel, []);
  for (const match of matches) {
    const watch = deps.watchList.watch(match.watchId);
    for (const channel of new Set(watch?.channels)) {
      wanted.set(channel, [...(wanted.get(channel) ?? []), watch?.name ?? ''].sort());
    }
  }
  return wanted;
}

async function placeInStory(
  { article, previous }: Draft,
  print: Fingerprint,
  { tables, deps }: { tables: Tables; deps: PipelineDeps },
): Promise<string> {
  if (previous?.storyId != null) return previous.storyId;
  const candidates = await tables.articles.storyCandidates(print, print.at - STORY_WINDOW_MS);
  const decision = decideStory(print, candidates);
  deps.log.debug('story chosen', { article: article.id, story: decision.storyId, reason: decision.reason });
  if (decision.storyId === null) return tables.stories.create(print.at);
  await tables.stories.joined(decision.storyId, print.at);
  return decision.storyId;
}

/** One message per story and channel: told channels get what is new, the others get the alert. */
async function tellChannels(
  { reading, storyId, channels }: { reading: Reading; storyId: string; channels: Map<string, string[]> },
  { tables, deps }: { tables: Tables; deps: PipelineDeps },
): Promise<number> {
  const now = deps.now();
  const told = await tables.alerts.ofStory(storyId);
  for (const alert of told) {
    if (!isStillWatched(alert, deps.watchList)) continue;
    const change = extendAlert(alert.content, reading, channels.get(alert.channel) ?? []);
    if (change !== null)
      await tables.alerts.change({ ...alert, content: change.content }, change.update, now);
  }
  const untold = [...channels].filter(([channel]) => !told.some((alert) => alert.channel === channel));
  for (const [channel, watches] of untold) {
    await tables.alerts.create(channel, storyId, composeAlert(reading, watches), now);
  }
  return untold.length;
}

/** A story goes quiet in a channel once every watch that asked for it there is gone. */
function isStillWatched({ channel, content }: StoredAlert, watchList: WatchList): boolean {
  return content.watches.length === 0 || content.watches.some((name) => watchList.isWatching(channel, name));
}
