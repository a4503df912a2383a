import { createHash } from 'node:crypto';
import { labelsFor, readableMatches, readersOf, type WorkspaceOf, wantedChannels } from './audience.ts';
import { plausible } from './breaker.ts';
import type { KindReader } from './event-kinds.ts';
import { readArticle } from './facts/read.ts';
import { articleText, bodyOf } from './feeds/article-text.ts';
import { fullText, isShort } from './feeds/full-text.ts';
import { canonicalLink, itemKeys, knownArticle, tellingKeys } from './feeds/identity.ts';
import type { ParsedFeed } from './feeds/parse.ts';
import { shownUrl } from './feeds/shown-url.ts';
import type { Judge } from './judge.ts';
import type { Gazetteer } from './knowledge/places.ts';
import type { FeedLabels } from './matching/feed-labels.ts';
import type { Article, FeedItem } from './model/article.ts';
import type { Reading } from './model/fact.ts';
import type { Feed } from './model/feed.ts';
import type { Fingerprint, StoryChoice } from './model/story.ts';
import type { Match } from './model/watch.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { Metrics } from './ops/metrics.ts';
import type { KnownArticle } from './store/article-rows.ts';
import { newId } from './store/ids.ts';
import type { Store, Tables } from './store/store.ts';
import { storeTrouble } from './store/store-error.ts';
import { decideStory } from './stories/decide-story.ts';
import { fingerprint } from './stories/fingerprint.ts';
import { STORY_WINDOW_MS } from './stories/same-event.ts';
import { storyChoice } from './stories/story-choice.ts';
import { tellChannels } from './tell.ts';
import type { LanguageReader } from './text/language.ts';
import { splitSentences } from './text/sentences.ts';
import type { WatchList } from './watch-list.ts';

/** A first message is worth more with what the page says, but not worth waiting longer for it. */
const PAGE_PATIENCE_MS = 8_000;

export interface PipelineDeps {
  store: Store;
  watchList: WatchList;
  places: Gazetteer;
  readLanguage: LanguageReader;
  workspaceOf: WorkspaceOf;
  /** The zone of channels that have set none. */
  timezone: string;
  judge: Judge;
  kinds: KindReader;
  metrics: Metrics;
  /** Whether a language model may point at more in what is told. */
  asksModel?: boolean;
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
  /** Items that wait for somebody's decision since now. */
  held: number;
}

/** A new article, or a known one whose words changed, on its way through the stages. */
interface Draft {
  article: Article;
  keys: string[];
  /** Hash of what the feed says of it. */
  said: string;
  /** The revision before, or null for a new article. */
  previous: KnownArticle | null;
  /** The feed itself says little, so its page may say more. */
  isShort: boolean;
  /** The words are those of the page behind the same item: nobody said anything new. */
  isFromPage: boolean;
}

/** What all articles of one feed have in common on their way. */
interface Intake {
  feed: Feed;
  deps: PipelineDeps;
  /** Which channels may learn of them. */
  mayRead: (channel: string) => boolean;
  labels: (workspace: string) => FeedLabels;
  /** A baseline, or articles that somebody wants stored and not posted. */
  isSilent: boolean;
}

/**
 * The journey of a feed's articles, top to bottom: which are new, what each says, which watches it satisfies, which
 * story it tells, whom to tell what. Each article is one transaction, so it is never known without its alerts.
 */
export async function ingest(feed: Feed, document: ParsedFeed, deps: PipelineDeps): Promise<Ingested> {
  await deps.watchList.refresh();
  const intake = intakeOf(feed, deps);
  const counts: Ingested = { added: 0, revised: 0, alerted: 0, failed: 0, held: 0 };
  const failed = new Set<FeedItem>();
  const fail = (item: FeedItem, error: unknown) => {
    if (storeTrouble(error) !== null) throw error;
    failed.add(item);
    tellFailure(item, feed, { error, deps });
  };
  const all = heard(document.items, fail);
  const known = await knownKeys(feed, all, deps);
  const { passing, decided, held } = await plausible(feed, all, known, deps);
  const silent = new Set(decided.filter(({ state }) => state === 'discard').map(({ item }) => item));
  const released = heard(
    decided.map(({ item }) => item),
    fail,
  );
  for (const [key, id] of await knownKeys(feed, released, deps)) known.set(key, id);
  // Feeds list the newest first; stories and messages should follow the order of events.
  for (const said of (await news([...passing, ...released], known, deps)).toReversed()) {
    deps.signal.throwIfAborted();
    try {
      const done = await ingestItem(said, document, {
        ...intake,
        isSilent: intake.isSilent || silent.has(said.item),
      });
      if (done === null) continue;
      counts.alerted += done.alerted;
      if (done.isRevision) counts.revised += 1;
      else counts.added += 1;
    } catch (error) {
      fail(said.item, error);
    }
  }
  for (const { item, key } of decided) {
    if (!failed.has(item)) await deps.store.heldItems.forget(feed.id, key);
  }
  return { ...counts, failed: failed.size, held };
}

/** What the items of a document say; one that can't be read sets nothing else aside. */
function heard(items: FeedItem[], fail: (item: FeedItem, error: unknown) => void): Said[] {
  const said = items.flatMap((item): Said[] => {
    try {
      const words = articleText(item);
      return words.title === '' ? [] : [{ item, keys: itemKeys(item), words, hash: hashOf(words.text) }];
    } catch (error) {
      fail(item, error);
      return [];
    }
  });
  const telling = tellingKeys(said.map(({ keys }) => keys));
  return said
    .map((one, index) => ({ ...one, keys: telling[index] ?? [] }))
    .filter(({ keys }) => keys.length > 0);
}

/**
 * Gives an article the text of the page behind it: a further reading, which alerts whom only the page's words
 * concern. Resolves to false when the feed itself has said something else meanwhile.
 */
export async function enrich(
  { article, text }: { article: KnownArticle; text: string },
  feed: Feed,
  deps: PipelineDeps,
): Promise<boolean> {
  await deps.watchList.refresh();
  const intake = intakeOf(feed, deps);
  return deps.store.exclusive(async (tables) => {
    const current = await tables.articles.get(article.id);
    if (current === null || current.revision !== article.revision) return false;
    const next: Article = { ...current, revision: current.revision + 1, text };
    // The feed has said what it said before.
    const said = current.said ?? hashOf(current.text);
    await take(
      { article: next, keys: [], said, previous: current, isShort: false, isFromPage: true },
      intake,
      tables,
    );
    return true;
  });
}

function intakeOf(feed: Feed, deps: PipelineDeps): Intake {
  const mayRead = readersOf(feed, deps.watchList.watches(), deps.workspaceOf);
  return { feed, deps, mayRead, labels: labelsFor(feed), isSilent: feed.baselinedAt === null };
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

/** An item with its identity keys and its clean words. */
interface Said {
  item: FeedItem;
  keys: string[];
  words: { title: string; text: string };
  /** Hash of the words. */
  hash: string;
}

/** The articles of the keys of these items: key -> article id. */
function knownKeys(feed: Feed, said: Said[], { store }: PipelineDeps): Promise<Map<string, string>> {
  return store.articles.known(
    feed.id,
    said.flatMap(({ keys }) => keys),
  );
}

/** Those that are new or say something else than before; most of a poll is known, and costs two queries in all. */
async function news(said: Said[], known: Map<string, string>, { store }: PipelineDeps): Promise<Said[]> {
  const ids = said.map(({ keys }) => knownArticle(keys, known)).filter((id) => id !== null);
  const hashes = await store.articles.said([...new Set(ids)]);
  return said.filter(({ keys, hash }) => {
    const id = knownArticle(keys, known);
    return id === null || hashes.get(id) !== hash || keys.some((key) => !known.has(key));
  });
}

async function ingestItem(
  said: Said,
  document: ParsedFeed,
  intake: Intake,
): Promise<{ alerted: number; isRevision: boolean } | null> {
  const { feed, deps } = intake;
  return deps.store.exclusive(async (tables) => {
    const draft = await identify(said, { feed, document, deps, tables });
    return draft === null ? null : take(draft, intake, tables);
  });
}

/** Every stage after identity, in the article's own transaction. */
async function take(
  draft: Draft,
  intake: Intake,
  tables: Tables,
): Promise<{ alerted: number; isRevision: boolean }> {
  const { feed, deps, isSilent } = intake;
  const { article, previous } = draft;
  const reading = read(article, deps);
  const matches = isSilent
    ? []
    : readableMatches(newMatches(draft, reading, intake), intake.mayRead, deps.watchList);
  const print = fingerprint(reading, article.link === null ? null : canonicalLink(article.link));
  const placed = await placeInStory(draft, print, { tables, deps });
  const { storyId } = placed;
  const { keys } = draft;
  await tables.articles.save({ reading, keys, fingerprint: print, ...placed, said: draft.said }, deps.now());
  await tables.articles.saveMatches(article, matches);
  const isRevision = previous !== null;
  if (isSilent) return { alerted: 0, isRevision };
  const isPageWanted = wantsPage(draft, feed);
  if (isPageWanted) await tables.pages.want(article.id, article.link ?? '', deps.now());
  const alerting = matches.filter(({ isNearMiss }) => !isNearMiss);
  const channels = wantedChannels({ ...reading.article, facts: reading.facts }, alerting, {
    ...intake,
    isNew: !isRevision,
    watchList: deps.watchList,
  });
  const firstAt = deps.now() + (isPageWanted ? PAGE_PATIENCE_MS : 0);
  if (deps.asksModel && channels.size > 0) await tables.modelCalls.want(article.id, firstAt, deps.now());
  const told = { reading, storyId, channels, firstAt, bringer: draft.isFromPage ? 'page' : 'feed' } as const;
  const alerted = await tellChannels(told, { ...deps, mayRead: intake.mayRead, tables });
  return { alerted, isRevision };
}

/**
 * Whether the page behind an item has more to say than the feed. A revision asks again only when its title changed:
 * some feeds count votes or comments in their texts.
 */
function wantsPage({ article, previous, isShort: isTeaser }: Draft, { subscriptions }: Feed): boolean {
  const isAskedBefore = previous !== null && previous.title === article.title;
  const isWanted = isTeaser && !isAskedBefore && subscriptions.some((one) => one.fullText);
  return isWanted && article.link !== null;
}

/** The draft of what is new in this item, or null when the store has it word for word. */
async function identify(
  { item, keys, words, hash }: Said,
  { feed, document, deps, tables }: { feed: Feed; document: ParsedFeed; deps: PipelineDeps; tables: Tables },
): Promise<Draft | null> {
  const owners = await tables.articles.known(feed.id, keys);
  const knownId = knownArticle(keys, owners);
  const known = knownId === null ? null : await tables.articles.get(knownId);
  if (known !== null && saysTheSame(known, words, hash)) {
    const newKeys = keys.filter((key) => !owners.has(key));
    await tables.articles.addKeys(feed.id, known.id, newKeys);
    if (known.said === null) await tables.articles.heard(known.id, hash);
    return null;
  }
  const now = deps.now();
  const article: Article = {
    id: known?.id ?? newId(now),
    feedId: feed.id,
    outlet: known?.outlet ?? feed.name ?? document.title ?? new URL(feed.url).host,
    revision: (known?.revision ?? 0) + 1,
    title: words.title,
    text: known === null ? words.text : withPage(words, known),
    link: item.link,
    imageUrl: item.imageUrl,
    author: item.author,
    tags: item.categories,
    language: document.language,
    publishedAt: item.publishedAt === null ? null : Math.min(item.publishedAt, now),
    firstSeenAt: known?.firstSeenAt ?? now,
  };
  return { article, keys, said: hash, previous: known, isShort: isShort(bodyOf(words)), isFromPage: false };
}

/** The words of a revision, with those that the page behind its earlier words gave. */
function withPage({ title, text }: Said['words'], known: KnownArticle): string {
  if (known.said === null || known.said === hashOf(known.text)) return text;
  const page = { title: known.title, text: bodyOf(known) };
  return `${title}\n\n${fullText({ title, feed: bodyOf({ title, text }) }, page)}`.trim();
}

/** What an older version stored has no hash, and its text is the feed's. */
function saysTheSame(known: KnownArticle, words: Said['words'], hash: string): boolean {
  return known.said === null ? known.text === words.text : known.said === hash;
}

/** Long enough that two wordings of one article never share it. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** One reading for every later stage, in its words' language; what can't be read reaches the reader as a headline. */
function read(said: Article, { places, kinds, readLanguage, log }: PipelineDeps): Reading {
  try {
    const article = { ...said, language: readLanguage(said, said.language) };
    return kinds.withKinds(readArticle(article, { places }));
  } catch (error) {
    log.error('article not read', { article: said.id, error: errorText(error) });
    return { article: said, sentences: splitSentences(said.text), facts: [] };
  }
}

/** A revision alerts only those whose watch its earlier words did not satisfy; near-misses alert nobody. */
function newMatches(
  { previous }: Draft,
  { article, facts }: Reading,
  { deps: { watchList }, labels }: Intake,
): Match[] {
  const matches = watchList.match({ ...article, facts }, labels);
  if (previous === null) return matches;
  const before = watchList.match(previous, labels).filter(({ isNearMiss }) => !isNearMiss);
  return matches.filter(({ watchId }) => !before.some((match) => match.watchId === watchId));
}

/** A known article stays where it is, also where people put it. */
async function placeInStory(
  { article, previous }: Draft,
  print: Fingerprint,
  { tables, deps }: { tables: Tables; deps: PipelineDeps },
): Promise<{ storyId: string; strandId: string; choice: StoryChoice | null }> {
  if (previous?.storyId != null)
    return { storyId: previous.storyId, strandId: previous.storyId, choice: null };
  const candidates = await tables.articles.storyCandidates(print, print.at - STORY_WINDOW_MS);
  const strands = new Set(candidates.map(({ storyId, strandId = storyId }) => strandId));
  const splits = await tables.corrections.splitsAmong([...strands]);
  const decision = decideStory(print, candidates, splits);
  const { storyId, strandId, reason } = decision;
  deps.log.debug('story chosen', { article: article.id, story: storyId, reason });
  const choice = storyChoice(decision, article);
  if (storyId === null || strandId === null) {
    const created = await tables.stories.create(print.at);
    return { storyId: created, strandId: created, choice };
  }
  await tables.stories.joined(storyId, print.at);
  return { storyId, strandId, choice };
}
