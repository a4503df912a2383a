import {
  type AlertChange,
  composeAlert,
  continueAlert,
  extendAlert,
  listedArticles,
} from './alerts/compose.ts';
import { isRise, JUDGED, type Judgment, withJudgment } from './alerts/severity.ts';
import type { Wanted } from './audience.ts';
import { heldAnew, heldNow, newsHeld } from './hold.ts';
import { type Judge, judgeTold } from './judge.ts';
import type { AlertContent, AlertUpdate } from './model/alert.ts';
import type { Fact, Reading } from './model/fact.ts';
import type { Ping } from './model/ping.ts';
import type { Logger } from './ops/log.ts';
import type { Metrics } from './ops/metrics.ts';
import type { StoredAlert } from './store/alerts.ts';
import type { Tables } from './store/store.ts';
import type { WatchList } from './watch-list.ts';

/** A further source that brings nothing new waits for others that may come: one edit tells of all. */
const EDIT_PATIENCE_MS = 60_000;

/** News of a story whose message is older comes in a new one: nobody looks for it so far up. */
const MESSAGE_LIFE_MS = 48 * 3_600_000;

/** An article with what must be told of it, and to whom. */
interface Told {
  reading: Reading;
  storyId: string;
  channels: Map<string, Wanted>;
  /** When a first message may be sent: the page behind the article may have more to say. */
  firstAt: number;
  /**
   * What brings it: the feed; the page behind a known article, or what a language model found in one. In those nobody
   * said anything new.
   */
  bringer: 'feed' | 'page' | 'model';
}

interface TellDeps {
  tables: Tables;
  watchList: WatchList;
  now: () => number;
  mayRead: (channel: string) => boolean;
  /** The zone of channels that have set none. */
  timezone: string;
  judge: Judge;
  metrics: Metrics;
  log: Logger;
}

/**
 * One message per story and channel: told channels get what is new, the others get the alert. Resolves to how many
 * channels got one.
 */
export async function tellChannels(told: Told, deps: TellDeps): Promise<number> {
  const alerts = await deps.tables.alerts.ofStory(told.storyId);
  // Most articles are told to nobody: their stories need not be read.
  if (alerts.length === 0 && told.channels.size === 0) return 0;
  const articles = await deps.tables.articles.ofStory(told.storyId, JUDGED);
  const judgeBy = (ids: readonly string[]) => judgeTold(deps.judge, articles, ids);
  for (const alert of alerts) {
    if (told.bringer === 'model' && !isSource(told.reading.article, alert)) continue;
    const isWanted = told.channels.has(alert.channel) || isStillWatched(alert, deps.watchList);
    if (isWanted && deps.mayRead(alert.channel)) await tellMore(alert, { ...told, judgeBy }, deps);
  }
  const untold = [...told.channels].filter(([channel]) => !alerts.some((alert) => alert.channel === channel));
  if (untold.length === 0) return 0;
  const judgment = judgeBy([told.reading.article.id]);
  for (const [channel, wanted] of untold) {
    const alerting = composeAlert(told.reading, wanted.watches, wanted.aliases, refusing(told, deps));
    const content = withJudgment(alerting, judgment);
    const held = await heldNow({ channel, content, tellings: wanted.tellings }, deps);
    const ping = deps.watchList.pings(channel, wanted.watches);
    const alert = { channel, storyId: told.storyId, content, dueAt: told.firstAt, held, ping };
    await deps.tables.alerts.create(alert, deps.now());
  }
  return untold.length;
}

/** An ungrounded fact is a fault of ours that no reader sees; an operator does, in the log and in `/status`. */
function refusing({ reading }: Pick<Told, 'reading'>, { metrics, log }: TellDeps): (fact: Fact) => void {
  return ({ kind }) => {
    metrics.ungroundedFacts += 1;
    log.error('fact not grounded', {
      article: reading.article.id,
      fact: kind,
      total: metrics.ungroundedFacts,
    });
  };
}

async function tellMore(
  alert: StoredAlert,
  { reading, channels, bringer, judgeBy }: Told & { judgeBy: (articleIds: readonly string[]) => Judgment },
  deps: TellDeps,
): Promise<void> {
  const { tables, now } = deps;
  const wanted = channels.get(alert.channel);
  const change = extendAlert(alert.content, reading, wanted?.watches ?? [], refusing({ reading }, deps));
  if (change === null) return;
  // By what this channel was told: others may follow feeds that it does not see.
  // An article with the link of a source is no further source, and may say more.
  const judgment = judgeBy([...listedArticles(change.content), reading.article.id]);
  const content = withJudgment(change.content, judgment);
  const { severity } = judgment;
  const before = alert.content.severity ?? severity;
  const rise = isRise(before, severity) ? { from: before, to: severity } : null;
  // What is no news belongs into the message; it is no update of the story.
  const update = bringer === 'feed' ? updateOf(change, rise) : null;
  const ping = deps.watchList.pings(alert.channel, content.watches);
  const news = { content, update, reading, ping: rise === null ? [] : ping, tellings: wanted?.tellings };
  if (await continueOld(alert, news, deps)) return;
  const changed = { ...alert, content };
  const isNews = update !== null || rise !== null;
  const editAt = update === null && bringer === 'feed' ? now() + EDIT_PATIENCE_MS : now();
  const held = isNews ? await newsHeld(changed, deps) : null;
  await tables.alerts.change(changed, update, now(), { editAt, held, isRise: rise !== null, isNews, ping });
  if (alert.heldUntil !== null) await timeAnew(changed, ping, deps);
}

/** Whom a held alert matters to, and how much, may have changed: it waits for another time, or no longer. */
async function timeAnew(alert: StoredAlert, ping: readonly Ping[], deps: TellDeps): Promise<void> {
  const { alerts } = deps.tables;
  const held = await heldAnew(alert, deps);
  if (held === null) await alerts.tellNow(alert, ping, deps.now());
  else await alerts.hold(alert.id, held);
}

/** What the thread of an alert is told; null for a further source that changes nothing. */
function updateOf({ update, newest }: AlertChange, rise: AlertUpdate['rise'] | null): AlertUpdate | null {
  return rise == null ? update : { ...(update ?? newest), rise };
}

function isSource({ id }: Reading['article'], { content }: StoredAlert): boolean {
  return content.sources.some(({ articleId }) => articleId === id);
}

/** What a channel's alert says from now on, and what of it is new. */
interface News {
  content: AlertContent;
  update: AlertUpdate | null;
  reading: Reading;
  ping: readonly Ping[];
  /** When the watches that the article matched want to be told; undefined where none did. */
  tellings: (string | null)[] | undefined;
}

/**
 * Tells news in a new message where the channel got the last one too long ago; false where that one, a deleted one, one
 * that is muted or one that still waits has the say.
 */
async function continueOld(
  alert: StoredAlert,
  { content, update, reading, ping, tellings }: News,
  deps: TellDeps,
): Promise<boolean> {
  const { alerts } = deps.tables;
  if (update === null || alert.goneAt !== null || alert.mutedAt !== null || alert.heldUntil !== null)
    return false;
  const first = await alerts.firstMessage(alert.id);
  if (first === null || deps.now() - first.toldAt <= MESSAGE_LIFE_MS) return false;
  const next = continueAlert({ content, update }, reading, { told: alert.content, ...first });
  const asked = tellings ?? (await alerts.tellings(alert));
  const held = await heldNow({ channel: alert.channel, content, tellings: asked }, deps);
  await alerts.continueWith(
    alert,
    { content: next, held, ping, isRise: update.rise !== undefined },
    deps.now(),
  );
  return true;
}

/** A story goes quiet in a channel once every watch that asked for it there is gone. */
function isStillWatched({ channel, content }: StoredAlert, watchList: WatchList): boolean {
  return content.watches.length === 0 || content.watches.some((name) => watchList.isWatching(channel, name));
}
