import { composeAlert, listedArticles, listedSources } from './alerts/compose.ts';
import { joinAlerts, marksOf, withoutSources } from './alerts/corrected.ts';
import { JUDGED, withJudgment } from './alerts/severity.ts';
import { labelsFor, type Wanted, wantedChannels } from './audience.ts';
import type { Corrector, Refusal, StoryDesk } from './chat/story-desk.ts';
import { readingOf } from './facts/read.ts';
import { canonicalLink } from './feeds/identity.ts';
import { heldNow, newsHeld } from './hold.ts';
import { type Judge, judgeTold } from './judge.ts';
import type { AlertContent, Held } from './model/alert.ts';
import type { Reading } from './model/fact.ts';
import type { StoredAlert } from './store/alerts.ts';
import type { FoundArticle } from './store/article-rows.ts';
import type { Store, Tables } from './store/store.ts';
import type { ArticleOrigin } from './store/stories.ts';
import { visibleTo } from './store/subscriptions.ts';
import type { WatchList } from './watch-list.ts';

interface DeskDeps {
  store: Store;
  watchList: WatchList;
  judge: Judge;
  /** The zone of channels that have set none. */
  timezone: string;
  now: () => number;
}

/** A correction at work, in its transaction. */
interface Correcting extends Omit<DeskDeps, 'store'> {
  tables: Tables;
}

/** Where people put stories right: each correction is one transaction, which no article comes between. */
export function createStoryDesk(deps: DeskDeps): StoryDesk {
  const { store, watchList } = deps;
  async function correcting<T>(work: (correcting: Correcting) => Promise<T>): Promise<T> {
    await watchList.refresh();
    return store.exclusive((tables) => work({ ...deps, tables }));
  }
  return {
    split: (articleId, by) => correcting((at) => split(articleId, by, at)),
    merge: (from, into, by) => correcting((at) => merge({ from, into }, by, at)),
  };
}

async function split(
  articleId: string,
  by: Corrector,
  correcting: Correcting,
): Promise<{ fromStoryId: string; storyId: string } | Refusal> {
  const { tables, now } = correcting;
  const article = await tables.articles.get(articleId);
  if (article === null || article.storyId === null) return 'not yours';
  const fromStoryId = article.storyId;
  await tables.alerts.lockStories([fromStoryId]);
  const origins = await tables.stories.originsOf(fromStoryId);
  if (!(await areReadable(origins, by.workspace, tables))) return 'not yours';
  const leaving = origins.filter(({ id, link }) => id === articleId || isSameAddress(link, article.link));
  const [own] = leaving.filter(({ id }) => id === articleId);
  if (own === undefined || leaving.length === origins.length) return 'alone';
  const ids = leaving.map(({ id }) => id);
  const storyId = await tables.stories.create(article.firstSeenAt);
  await tables.stories.moveTo(storyId, ids);
  await tables.corrections.add({
    kind: 'split',
    articleId,
    strandId: storyId,
    fromStrandId: own.strandId,
    ...by,
    at: now(),
  });
  for (const alert of await tables.alerts.ofStory(fromStoryId)) {
    await splitAlert(alert, { article, ids, storyId }, correcting);
  }
  return { fromStoryId, storyId };
}

function isSameAddress(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && canonicalLink(one) === canonicalLink(other);
}

/** Nobody corrects a story of which others have articles that they do not see. */
async function areReadable(origins: ArticleOrigin[], workspace: string, tables: Tables): Promise<boolean> {
  const feeds = await tables.feeds.list();
  const readable = new Set(feeds.filter((feed) => visibleTo(workspace, feed).length > 0).map(({ id }) => id));
  return origins.every(({ feedId }) => readable.has(feedId));
}

/** What was split off, with all that leaves with it. */
interface SplitOff {
  article: FoundArticle;
  ids: string[];
  storyId: string;
}

/**
 * The message lists it no more; a channel that asks for it and has not seen it yet is told of it, the others when there is
 * news. Where a channel asks for nothing else of the story, its message goes with what was split off.
 */
async function splitAlert(alert: StoredAlert, off: SplitOff, correcting: Correcting): Promise<void> {
  const { tables, judge, now } = correcting;
  const { content, channel } = alert;
  const { article, ids, storyId } = off;
  const marks = marksOf(content, ids);
  if (marks.length === 0) return;
  const left = listedSources(content).filter(({ mark }) => !marks.includes(mark));
  // Here it was the whole alert.
  if (left.length === 0) return tables.alerts.moveTo(alert.id, storyId);
  const wanted = await wantedHere(alert, article, correcting);
  const rest = await wantedOf(alert, left, correcting);
  if (wanted !== undefined && rest === undefined) {
    await tables.alerts.moveTo(alert.id, storyId);
    const others = left.map(({ mark }) => mark);
    await withdraw(askedBy({ ...alert, storyId }, wanted), others, correcting);
    return;
  }
  const earlier = await messageOf(off, alert, tables);
  const isTold = await areTold(alert, ids, tables);
  const waited = await withdraw(askedBy(alert, rest), marks, correcting);
  if (earlier !== undefined) return goOnWith(earlier, storyId, tables);
  if (wanted === undefined) return;
  const { watches, aliases, tellings } = wanted;
  const own = judged(composeAlert(readingOf(article), watches, aliases), [article], judge);
  const isKnown = isTold && !waited;
  const held = isKnown ? null : await heldAgain(alert, { content: own, tellings }, correcting);
  await tables.alerts.create({ channel, storyId, content: own, dueAt: isKnown ? null : now(), held }, now());
}

/** Takes sources, and what waits to be said of them, off a message; resolves to whether something waited. */
async function withdraw(
  alert: StoredAlert,
  marks: readonly number[],
  { tables, judge, now }: Correcting,
): Promise<boolean> {
  const waited = await tables.alerts.dropReplies(alert.id, marks, now());
  const left = listedSources(alert.content).filter(({ mark }) => !marks.includes(mark));
  const rest = withoutSources(alert.content, marks, await readingsOf(left, tables));
  const remaining = await tables.articles.ofStory(alert.storyId, JUDGED);
  const changed = { ...alert, content: judged(rest, remaining, judge) };
  await tables.alerts.change(changed, null, now(), { isNews: false });
  return waited;
}

/** Which watches of the alert's channel ask for an article now; undefined when nothing there does. */
async function wantedHere(
  { channel }: StoredAlert,
  article: FoundArticle,
  { tables, watchList }: Correcting,
): Promise<Wanted | undefined> {
  const feed = await tables.feeds.get(article.feedId);
  if (feed === null) return undefined;
  const labels = labelsFor(feed);
  const matches = watchList.match(article, labels).filter(({ isNearMiss }) => !isNearMiss);
  const mayRead = (one: string) => one === channel;
  return wantedChannels(article, matches, { feed, isNew: true, mayRead, labels, watchList }).get(channel);
}

/** Which of them ask for any of these sources. */
async function wantedOf(
  alert: StoredAlert,
  sources: ReturnType<typeof listedSources>,
  correcting: Correcting,
): Promise<Pick<Wanted, 'watches'> | undefined> {
  const wanted: Wanted[] = [];
  for (const { source } of sources) {
    const article = await correcting.tables.articles.get(source.articleId);
    const one = article === null ? undefined : await wantedHere(alert, article, correcting);
    if (one !== undefined) wanted.push(one);
  }
  if (wanted.length === 0) return undefined;
  return { watches: [...new Set(wanted.flatMap(({ watches }) => watches))].sort() };
}

/** The alert as what these watches ask for; as it is where nothing asks any more. */
function askedBy(alert: StoredAlert, wanted: Pick<Wanted, 'watches'> | undefined): StoredAlert {
  if (wanted === undefined) return alert;
  return { ...alert, content: { ...alert.content, watches: wanted.watches } };
}

/** A message of the channel that another one goes on for, and that tells nothing but what was split off. */
async function messageOf(
  { ids }: SplitOff,
  { storyId, channel }: StoredAlert,
  { alerts }: Tables,
): Promise<StoredAlert | undefined> {
  for (const one of await alerts.all(storyId)) {
    const isOwn = listedArticles(one.content).every((id) => ids.includes(id));
    if (one.channel !== channel || one.followedBy === null || !isOwn) continue;
    if ((await alerts.firstMessage(one.id)) !== null) return one;
  }
  return undefined;
}

async function goOnWith({ id }: StoredAlert, storyId: string, { alerts }: Tables): Promise<void> {
  await alerts.moveTo(id, storyId);
  await alerts.follow(id, null);
}

/** What nobody has seen waits as the alert does that it was part of, or as its watches want it. */
async function heldAgain(
  { channel, heldUntil, heldFor: cause }: StoredAlert,
  alert: Pick<Wanted, 'tellings'> & { content: AlertContent },
  correcting: Correcting,
): Promise<Held> {
  if (heldUntil !== null && cause !== null) return { until: heldUntil, cause };
  return heldNow({ channel, ...alert }, correcting);
}

/** Whether the channel has seen any of these articles, in this message of the story or in one before it. */
async function areTold(
  { storyId, channel }: StoredAlert,
  ids: string[],
  { alerts }: Tables,
): Promise<boolean> {
  for (const alert of await alerts.all(storyId)) {
    if (alert.channel !== channel) continue;
    for (const id of ids) if (await alerts.isTold(alert, id)) return true;
  }
  return false;
}

async function readingsOf(
  sources: ReturnType<typeof listedSources>,
  { articles }: Tables,
): Promise<{ reading: Reading; mark: number }[]> {
  const readings: { reading: Reading; mark: number }[] = [];
  for (const { source, mark } of sources) {
    const article = await articles.get(source.articleId);
    if (article !== null) readings.push({ reading: readingOf(article), mark });
  }
  return readings;
}

function judged(content: AlertContent, articles: readonly FoundArticle[], judge: Judge): AlertContent {
  return withJudgment(content, judgeTold(judge, articles, listedArticles(content)));
}

async function merge(
  { from, into }: { from: string; into: string },
  by: Corrector,
  correcting: Correcting,
): Promise<'merged' | Refusal> {
  const { tables, now } = correcting;
  if (from === into) return 'same';
  await tables.alerts.lockStories([from, into]);
  const [leaving, staying] = [await tables.stories.originsOf(from), await tables.stories.originsOf(into)];
  if (leaving.length === 0 || staying.length === 0) return 'not yours';
  if (!(await areReadable([...leaving, ...staying], by.workspace, tables))) return 'not yours';
  const alerts = [...(await tables.alerts.ofStory(into)), ...(await tables.alerts.ofStory(from))];
  await tables.stories.merge(from, into);
  await tables.corrections.add({
    kind: 'merge',
    articleId: null,
    strandId: into,
    fromStrandId: from,
    ...by,
    at: now(),
  });
  const articles = await tables.articles.ofStory(into, JUDGED);
  const pairs = [...Map.groupBy(alerts, ({ channel }) => channel).values()];
  const both: [StoredAlert, StoredAlert][] = [];
  for (const pair of pairs) {
    const [first, second] = await byWhoGoesOn(pair, tables);
    if (first === undefined || second === undefined) continue;
    await tables.alerts.follow(second.id, first.id);
    both.push([first, second]);
  }
  await tables.alerts.mergeStory(from, into);
  for (const [first, second] of both) {
    await joinInto({ ...first, storyId: into }, second, { articles, ...correcting });
  }
  const newest = Math.max(...articles.map(({ firstSeenAt }) => firstSeenAt));
  await tables.stories.joined(into, newest);
  return 'merged';
}

/**
 * The alert of a channel that goes on comes first: one that is heard, before one that is muted; one that has a message,
 * before one that waits, before one that was deleted; then the one of the story that was merged into.
 */
async function byWhoGoesOn(pair: StoredAlert[], tables: Tables): Promise<StoredAlert[]> {
  const ranked: { alert: StoredAlert; rank: number }[] = [];
  for (const alert of pair) {
    const standing = await standingOf(alert, tables);
    ranked.push({
      alert,
      rank: STANDINGS.indexOf(standing) + (alert.mutedAt === null ? 0 : STANDINGS.length),
    });
  }
  return ranked.sort((one, other) => one.rank - other.rank).map(({ alert }) => alert);
}

/** The best to go on with first; `known` has no message of its own, because another one told it. */
const STANDINGS = ['told', 'waiting', 'known', 'deleted'] as const;

async function standingOf(
  { id, goneAt }: StoredAlert,
  { alerts }: Tables,
): Promise<(typeof STANDINGS)[number]> {
  if (goneAt !== null) return 'deleted';
  if ((await alerts.firstMessage(id)) !== null) return 'told';
  return (await alerts.isWaiting(id)) ? 'waiting' : 'known';
}

/** One alert says what both do; what nobody has seen of the other is its news. */
async function joinInto(
  alert: StoredAlert,
  other: StoredAlert,
  { articles, ...correcting }: Correcting & { articles: FoundArticle[] },
): Promise<void> {
  const { tables, judge, now } = correcting;
  const { content, update } = joinAlerts(alert.content, other.content);
  const isUnseen = await tables.alerts.isWaiting(other.id);
  if (isUnseen) await tables.alerts.fold(other.id, now());
  const joined = { ...alert, content: judged(content, articles, judge) };
  const held = await newsHeld(joined, correcting);
  await tables.alerts.change(joined, isUnseen ? update : null, now(), { held, isNews: isUnseen });
}
