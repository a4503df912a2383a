import type { Kysely, Selectable } from 'kysely';
import type { AlertContent, AlertUpdate, Held, RollUpCause } from '../model/alert.ts';
import type { Ping } from '../model/ping.ts';
import {
  dropReplies,
  firstMessage,
  foldWaiting,
  isTold,
  isWaiting,
  type SentMessage,
  sentMessages,
  timeReplies,
} from './alert-messages.ts';
import { askingFor } from './asking.ts';
import { newId } from './ids.ts';
import { lockAlertsOf } from './locks.ts';
import { type MessagePlace, placeOf } from './message-places.ts';
import { enqueue, ensureChannel, isPostOpen, postAnew, replaceWaiting, tellFirst } from './outbox.ts';
import { tellRollUp } from './roll-ups.ts';
import type { AlertRow, Schema } from './schema.ts';

/** What one channel has been told about one story. */
export interface StoredAlert {
  id: string;
  channel: string;
  storyId: string;
  content: AlertContent;
  createdAt: number;
  /** Told at this time; null when it does not wait for one. */
  heldUntil: number | null;
  /** What it waits for. */
  heldFor: RollUpCause | null;
  mutedAt: number | null;
  /** Since when somebody has deleted its message. */
  goneAt: number | null;
  /** The alert that goes on for it; null while news goes to this one. */
  followedBy: string | null;
}

interface NewAlert extends Pick<StoredAlert, 'channel' | 'storyId' | 'content'> {
  /** When its first message may be sent; null when the channel knows all of it, until there is news. */
  dueAt: number | null;
  /** Not told before that, and then together with what else waits for it. */
  held?: Held;
  /** Whom its first message calls, unless it is held. */
  ping?: readonly Ping[];
  /** The story has risen in severity since the channel was told of it. */
  isRise?: boolean;
}

/** How a change is told. */
interface Change {
  editAt?: number;
  /** Until when the channel wants to hear nothing of it; its message is changed all the same. */
  held?: Held;
  isRise?: boolean;
  /** False for what only puts the message right: where there is none, none is posted. */
  isNews?: boolean;
  /** Whom a first message calls, or the reply that tells of a rise. */
  ping?: readonly Ping[];
}

/** What each channel was told about each story. */
export class AlertTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The alerts of a story that its news goes to, one per channel that was told. */
  async ofStory(storyId: string): Promise<StoredAlert[]> {
    return (await this.all(storyId)).filter(({ followedBy }) => followedBy === null);
  }

  /** All alerts of a story, oldest first, with those that another goes on for. */
  async all(storyId: string): Promise<StoredAlert[]> {
    const rows = await this.#db
      .selectFrom('alert')
      .selectAll()
      .where('story_id', '=', storyId)
      .orderBy('id')
      .execute();
    return rows.map(toAlert);
  }

  /** One alert, or null. */
  async get(id: string): Promise<StoredAlert | null> {
    const row = await this.#db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : toAlert(row);
  }

  /** The newest alerts of a channel, newest first. */
  async ofChannel(channel: string, limit: number): Promise<StoredAlert[]> {
    const rows = await this.#db
      .selectFrom('alert')
      .selectAll()
      .where('channel_id', '=', channel)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toAlert);
  }

  /** Whether the alert has no message of its own to change: it waits, is muted, gone or shares one; that is seen to. */
  async #isToldElsewhere(
    alert: StoredAlert,
    row: Pick<Selectable<AlertRow>, 'roll_up_id' | 'held_until' | 'gone_at' | 'muted_at'>,
    { now, isRise, held, ping }: { now: number; isRise: boolean; held: Held; ping: readonly Ping[] },
  ): Promise<boolean> {
    if (row.held_until !== null || row.muted_at !== null) return true;
    const isApart = row.gone_at !== null || row.roll_up_id !== null;
    const isAnew = isRise && (row.gone_at !== null || alert.content.severity === 'critical');
    if (isApart && isAnew) await postAnew(this.#db, { ...alert, held, ping }, now);
    else if (row.gone_at === null && row.roll_up_id !== null) {
      await tellRollUp(this.#db, { id: row.roll_up_id, channel: alert.channel }, now);
    }
    return isApart;
  }

  /** The message of the channel that tells it, its own or one that it shares; null while none has arrived. */
  async firstMessage(id: string): Promise<{ messageId: string; toldAt: number } | null> {
    return firstMessage(this.#db, id);
  }

  /** Whether the channel was told of an alert's source, or may have been. */
  async isTold({ id, content }: Pick<StoredAlert, 'id' | 'content'>, articleId: string): Promise<boolean> {
    const head = content.sources[(content.head ?? 1) - 1];
    return isTold(this.#db, id, { articleId, isHead: head?.articleId === articleId });
  }

  /** Whether an alert's first message waits, for its time or its turn, so that nobody has seen any of it. */
  async isWaiting(id: string): Promise<boolean> {
    return isWaiting(this.#db, id);
  }

  /** Sends nothing of these sources in the alert's thread any more; resolves to whether something waited. */
  async dropReplies(id: string, marks: readonly number[], now: number): Promise<boolean> {
    return dropReplies(this.#db, { id, marks, now });
  }

  /** Lets the alerts of one story be those of another; where a channel has both, one must follow the other by then. */
  async mergeStory(from: string, into: string): Promise<void> {
    await this.#db.updateTable('alert').set({ story_id: into }).where('story_id', '=', from).execute();
  }

  /** Lets an alert, with its message, be that of another story. */
  async moveTo(id: string, storyId: string): Promise<void> {
    await this.#db.updateTable('alert').set({ story_id: storyId }).where('id', '=', id).execute();
  }

  /** Sends nothing more of an alert that has no message yet: another tells it. */
  async fold(id: string, now: number): Promise<void> {
    await this.#db
      .updateTable('alert')
      .set({ held_until: null, held_for: null })
      .where('id', '=', id)
      .execute();
    await foldWaiting(this.#db, id, now);
  }

  /** How its messages got on, oldest first; those of its roll-up where it shares one. */
  async messages(id: string): Promise<SentMessage[]> {
    return sentMessages(this.#db, id);
  }

  /** Where the message that tells it is; null when none was queued. */
  place(id: string): Promise<MessagePlace | null> {
    return placeOf(this.#db, id);
  }

  /** What these channels, or all, hold, oldest first. */
  async held(channels: readonly string[] | null): Promise<StoredAlert[]> {
    const held = this.#db.selectFrom('alert').selectAll().where('held_until', 'is not', null).orderBy('id');
    const rows = await (channels === null ? held : held.where('channel_id', 'in', channels)).execute();
    return rows.map(toAlert);
  }

  /** Keeps senders away from the alerts of these stories until the transaction ends. */
  async lockStories(ids: readonly string[]): Promise<void> {
    await lockAlertsOf(this.#db, ids);
  }

  /** When those who ask for the alert want to be told, as typed; null for at once. Empty when nobody asks any more. */
  async tellings({ channel, content }: Pick<StoredAlert, 'channel' | 'content'>): Promise<(string | null)[]> {
    const { watches, isFollowed } = await askingFor(this.#db, channel, content);
    return [...watches.map(({ telling }) => telling), ...(isFollowed ? [null] : [])];
  }

  /** An alert that is held is told at another time, and for another cause where one is given. */
  async hold(id: string, { until, cause }: { until: number; cause?: RollUpCause }): Promise<void> {
    await this.#db
      .updateTable('alert')
      .set({ held_until: until, ...(cause !== undefined && { held_for: cause }) })
      .where('id', '=', id)
      .where('held_until', 'is not', null)
      .execute();
  }

  /** An alert that is held is told at once; where that has happened meanwhile, nothing does. */
  async tellNow(alert: StoredAlert, ping: readonly Ping[], now: number): Promise<void> {
    const held = await this.#db
      .updateTable('alert')
      .set({ held_until: null, held_for: null })
      .where('id', '=', alert.id)
      .where('held_until', 'is not', null)
      .returning('id')
      .executeTakeFirst();
    if (held !== undefined) await tellFirst(this.#db, { ...alert, ping }, now);
  }

  /** The alerts of these channels, or of all, whose threads are to be told something after `now`. */
  async withLaterReplies(channels: readonly string[] | null, now: number): Promise<StoredAlert[]> {
    const waiting = this.#db
      .selectFrom('alert')
      .selectAll()
      .where('id', 'in', (query) =>
        query
          .selectFrom('delivery')
          .select('alert_id')
          .where('kind', '=', 'reply')
          .where('state', '=', 'due')
          .where('due_at', '>', now)
          .$castTo<{ alert_id: string }>(),
      );
    const rows = await (channels === null ? waiting : waiting.where('channel_id', 'in', channels)).execute();
    return rows.map(toAlert);
  }

  /** Lets what waits to be said in an alert's thread be said at this time. */
  async timeReplies(id: string, dueAt: number): Promise<void> {
    await timeReplies(this.#db, id, dueAt);
  }

  /** Lets the story go quiet in the alert's channel: what waits is not sent, and nothing more is queued. */
  async mute(id: string, now: number): Promise<void> {
    await this.#db
      .updateTable('alert')
      .set({ muted_at: now, held_until: null, held_for: null })
      .where('id', '=', id)
      .execute();
    await foldWaiting(this.#db, id, now);
  }

  /** The channel hears of the story again: its message says what came meanwhile, and what had none gets one. */
  async unmute(id: string, now: number): Promise<void> {
    const row = await this.#db
      .updateTable('alert')
      .set({ muted_at: null })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.change(toAlert(row), null, now);
  }

  /** A new alert and its first message, queued to be sent from `dueAt` on, or held until its time for that. */
  async create(alert: NewAlert, now: number): Promise<void> {
    await this.#insert(newId(now), alert, now);
  }

  /** Lets a new message go on for an alert, which is changed no more. */
  async continueWith(
    alert: StoredAlert,
    next: Pick<NewAlert, 'content' | 'held' | 'ping' | 'isRise'>,
    now: number,
  ): Promise<void> {
    const id = newId(now);
    const { channel, storyId } = alert;
    await this.follow(alert.id, id);
    await this.#insert(id, { channel, storyId, dueAt: now, ...next }, now);
  }

  /** News that would go to this alert goes to the other one of its channel; with null, to this one again. */
  async follow(id: string, followedBy: string | null): Promise<void> {
    await this.#db.updateTable('alert').set({ followed_by: followedBy }).where('id', '=', id).execute();
  }

  async #insert(
    id: string,
    { channel, storyId, content, dueAt, held = null, ping = [], isRise = false }: NewAlert,
    now: number,
  ): Promise<void> {
    await ensureChannel(this.#db, channel);
    await this.#db
      .insertInto('alert')
      .values({
        id,
        channel_id: channel,
        story_id: storyId,
        content: JSON.stringify(content),
        message_id: null,
        created_at: now,
        held_until: held?.until ?? null,
        held_for: held?.cause ?? null,
        rise: isRise ? 'due' : null,
      })
      .execute();
    if (held !== null || dueAt === null) return;
    await enqueue(this.#db, { channel, alertId: id, kind: 'post', content, dueAt, ping }, now);
  }

  /** First messages that wait in the story's channels may be sent now: nothing more is about to be added to them. */
  async release(storyId: string, now: number): Promise<void> {
    await this.#db
      .updateTable('delivery')
      .set({ due_at: now })
      .where('state', '=', 'due')
      .where('kind', '=', 'post')
      .where('due_at', '>', now)
      .where('alert_id', 'in', (query) =>
        query.selectFrom('alert').select('id').where('story_id', '=', storyId),
      )
      .execute();
  }

  /**
   * Changes what the channel's message says and queues how it gets there: while the first message still waits it
   * is changed in place; later it is edited, by `editAt`, and `update` says in its thread what is new. After a first message
   * that was set aside there is nothing to edit, so the whole alert is posted. A message that somebody deleted stays
   * so unless the story has risen in severity, and a roll-up is edited as a whole.
   */
  async change(
    alert: StoredAlert,
    update: AlertUpdate | null,
    now: number,
    { editAt = now, held = null, isRise = false, isNews = true, ping = [] }: Change = {},
  ): Promise<void> {
    const content = JSON.stringify(alert.content);
    // The row's own word on its message: since `alert` was read, another connection may have confirmed it.
    const row = await this.#db
      .updateTable('alert')
      .set(isRise ? { content, rise: 'due' } : { content })
      .where('id', '=', alert.id)
      .returning(['message_id', 'roll_up_id', 'held_until', 'gone_at', 'muted_at'])
      .executeTakeFirstOrThrow();
    if (await this.#isToldElsewhere(alert, row, { now, isRise, held, ping })) return;
    if (await replaceWaiting(this.#db, alert.id, 'post', content)) return;
    const to = { channel: alert.channel, alertId: alert.id };
    if (row.message_id === null && !(await isPostOpen(this.#db, { alertId: alert.id }))) {
      if (isNews) await tellFirst(this.#db, { ...alert, held, ping }, now);
      return;
    }
    if (!(await replaceWaiting(this.#db, alert.id, 'edit', content, editAt))) {
      await enqueue(this.#db, { ...to, kind: 'edit', content: alert.content, dueAt: editAt }, now);
    }
    if (update === null) return;
    const replyAt = held?.until ?? now;
    const reply = { kind: 'reply', content: update, dueAt: replyAt, ping: isRise ? ping : [] } as const;
    await enqueue(this.#db, { ...to, ...reply }, now);
    // In their order: what waited for a later time goes before it.
    await this.timeReplies(alert.id, replyAt);
  }
}

function toAlert(row: Selectable<AlertRow>): StoredAlert {
  return {
    id: row.id,
    channel: row.channel_id,
    storyId: row.story_id,
    content: JSON.parse(row.content),
    createdAt: row.created_at,
    heldUntil: row.held_until,
    heldFor: row.held_for as RollUpCause | null,
    mutedAt: row.muted_at,
    goneAt: row.gone_at,
    followedBy: row.followed_by,
  };
}
