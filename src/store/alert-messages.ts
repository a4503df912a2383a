import type { Kysely } from 'kysely';
import type { AlertUpdate } from '../model/alert.ts';
import type { Ping } from '../model/ping.ts';
import { messagesOf } from './message-places.ts';
import type { DeliveryRow, Schema } from './schema.ts';
import { calledIn } from './stored-pings.ts';

/** One message operation of an alert, as its outbox row has it. */
export interface SentMessage {
  kind: DeliveryRow['kind'];
  state: DeliveryRow['state'];
  queuedAt: number;
  settledAt: number | null;
  error: string | null;
  /** Whom it called, once it is sent. */
  called: Ping[];
}

/** How the alert's messages got on, oldest first; those of its roll-up where it shares one. */
export async function sentMessages(db: Kysely<Schema>, alertId: string): Promise<SentMessage[]> {
  const rows = await messagesOf(db, alertId)
    .select([
      'delivery.kind',
      'delivery.state',
      'delivery.created_at as queuedAt',
      'delivery.settled_at as settledAt',
      'delivery.error',
      'delivery.channel_id',
      'delivery.ping',
    ])
    .orderBy('delivery.id')
    .execute();
  return rows.map(({ channel_id, ping, ...row }) => ({ ...row, called: calledIn(channel_id, ping) }));
}

/** The message of the channel that tells the alert, its own or one that it shares; null while none has arrived. */
export async function firstMessage(
  db: Kysely<Schema>,
  alertId: string,
): Promise<{ messageId: string; toldAt: number } | null> {
  const row = await messagesOf(db, alertId)
    .where('delivery.kind', 'in', ['post', 'roll-up'])
    .where('delivery.state', '=', 'sent')
    // Null again from when one that was deleted is to be posted anew.
    .where((eb) => eb.or([eb('alert.message_id', 'is not', null), eb('alert.roll_up_id', 'is not', null)]))
    .select(['delivery.message_id as messageId', 'delivery.settled_at as toldAt'])
    // A message that was deleted may have been posted anew.
    .orderBy('delivery.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.messageId === null || row.toldAt === null) return null;
  return { messageId: row.messageId, toldAt: row.toldAt };
}

/**
 * Whether a message of the alert that names the article was sent, or may have been; one of several alerts names only the
 * article whose headline it shows.
 */
export async function isTold(
  db: Kysely<Schema>,
  alertId: string,
  { articleId, isHead }: { articleId: string; isHead: boolean },
): Promise<boolean> {
  const row = await messagesOf(db, alertId)
    .where('delivery.state', 'in', ['sending', 'sent'])
    .where((eb) => {
      const isNamed = eb('delivery.content', 'like', `%"articleId":"${articleId}"%`);
      return isHead ? eb.or([isNamed, eb('delivery.kind', 'in', ['roll-up', 'roll-up-edit'])]) : isNamed;
    })
    .select('delivery.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the alert is held, or its first message is due or set aside, so that certainly nobody has it. */
export async function isWaiting(db: Kysely<Schema>, alertId: string): Promise<boolean> {
  const held = await db
    .selectFrom('alert')
    .select('id')
    .where('id', '=', alertId)
    .where('held_until', 'is not', null)
    .executeTakeFirst();
  const due = await messagesOf(db, alertId)
    .where('delivery.kind', '=', 'post')
    .where('delivery.state', 'in', ['due', 'parked'])
    .where('alert.message_id', 'is', null)
    .select('delivery.id')
    .limit(1)
    .executeTakeFirst();
  return held !== undefined || due !== undefined;
}

/** Folds what waits to be said, in the alert's thread, of the sources with these marks; resolves to whether any did. */
export async function dropReplies(
  db: Kysely<Schema>,
  { id, marks, now }: { id: string; marks: readonly number[]; now: number },
): Promise<boolean> {
  const replies = await db
    .selectFrom('delivery')
    .select(['id', 'content'])
    .where('alert_id', '=', id)
    .where('kind', '=', 'reply')
    .where('state', 'in', ['due', 'parked'])
    .execute();
  const dropped = replies.filter(({ content }) =>
    marks.includes((JSON.parse(content) as AlertUpdate).source),
  );
  for (const reply of dropped) {
    await db
      .updateTable('delivery')
      .set({ state: 'folded', settled_at: now })
      .where('id', '=', reply.id)
      .where('state', 'in', ['due', 'parked'])
      .execute();
  }
  return dropped.length > 0;
}

/** Lets what waits to be said in the alert's thread be said at this time. */
export async function timeReplies(db: Kysely<Schema>, alertId: string, dueAt: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ due_at: dueAt })
    .where('alert_id', '=', alertId)
    .where('kind', '=', 'reply')
    .where('state', '=', 'due')
    .execute();
}

/** Sends nothing of what waits for this alert. */
export async function foldWaiting(db: Kysely<Schema>, alertId: string, now: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'folded', settled_at: now })
    .where('alert_id', '=', alertId)
    .where('state', '=', 'due')
    .execute();
}
