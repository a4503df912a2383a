import type { Kysely } from 'kysely';
import type { AlertContent, AlertUpdate, Held } from '../model/alert.ts';
import type { Ping } from '../model/ping.ts';
import type { Reply } from '../model/rich-text.ts';
import { newId } from './ids.ts';
import type { DeliveryRow, Schema } from './schema.ts';
import { storedPing } from './stored-pings.ts';

/** A sender's right to a channel; a later lease has a higher number and fences this one off. */
export interface ChannelLease {
  channel: string;
  leaseNo: number;
}

/** Makes the channel's row when it is new. */
export async function ensureChannel(db: Kysely<Schema>, channel: string): Promise<void> {
  await db
    .insertInto('channel')
    .values({ id: channel, lease_until: 0, lease_no: 0, hold_until: 0 })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Adds a row to the outbox of a channel that has its row. */
export async function enqueue(
  db: Kysely<Schema>,
  row: {
    channel: string;
    alertId?: string | null;
    rollUpId?: string | null;
    kind: DeliveryRow['kind'];
    content: AlertContent | AlertUpdate | Reply;
    /** Not sent before; at once unless given. */
    dueAt?: number;
    /** Whom it calls; nobody unless given. */
    ping?: readonly Ping[];
  },
  now: number,
): Promise<void> {
  await db
    .insertInto('delivery')
    .values({
      id: newId(now),
      channel_id: row.channel,
      alert_id: row.alertId ?? null,
      roll_up_id: row.rollUpId ?? null,
      kind: row.kind,
      content: JSON.stringify(row.content),
      state: 'due',
      attempts: 0,
      due_at: row.dueAt ?? now,
      created_at: now,
      ping: storedPing(row.ping ?? []),
    })
    .execute();
}

/** An alert that gets a first message. */
interface FirstMessage {
  id: string;
  channel: string;
  content: AlertContent;
  /** Not told before that, and then together with what else waits for it. */
  held?: Held;
  /** Not sent before; at once unless given. */
  dueAt?: number;
  /** Whom the message calls, unless it is held. */
  ping?: readonly Ping[];
}

/** Queues the first message of an alert, or notes until when it is held. */
export async function tellFirst(
  db: Kysely<Schema>,
  { id, held = null, ...message }: FirstMessage,
  now: number,
): Promise<void> {
  const row = { held_until: held?.until ?? null, held_for: held?.cause ?? null };
  await db.updateTable('alert').set(row).where('id', '=', id).execute();
  if (held === null) await enqueue(db, { alertId: id, kind: 'post', ...message }, now);
}

/** A new first message in place of one that is gone. */
export async function postAnew(db: Kysely<Schema>, message: FirstMessage, now: number): Promise<void> {
  const row = { gone_at: null, message_id: null, roll_up_id: null };
  await db.updateTable('alert').set(row).where('id', '=', message.id).execute();
  await tellFirst(db, message, now);
}

/** Whether the first message of an alert, or of a roll-up, is still on its way. */
export async function isPostOpen(
  db: Kysely<Schema>,
  { alertId = null, rollUpId = null }: { alertId?: string | null; rollUpId?: string | null },
): Promise<boolean> {
  const row = await db
    .selectFrom('delivery')
    .select('id')
    .where(rollUpId === null ? 'alert_id' : 'roll_up_id', '=', rollUpId ?? alertId)
    .where('kind', 'in', ['post', 'roll-up'])
    .where('state', 'in', ['due', 'sending'])
    .executeTakeFirst();
  return row !== undefined;
}

/** What the work resolves to, run only while the lease is the newest of its channel; null when it is not. */
export async function fenced<T>(
  db: Kysely<Schema>,
  lease: ChannelLease,
  work: (tx: Kysely<Schema>) => Promise<T>,
): Promise<T | null> {
  return db.transaction().execute(async (tx) => {
    const held = await tx
      .updateTable('channel')
      .set({ lease_no: lease.leaseNo })
      .where('id', '=', lease.channel)
      .where('lease_no', '=', lease.leaseNo)
      .returning('id')
      .executeTakeFirst();
    return held === undefined ? null : work(tx);
  });
}

/**
 * Lets a message call nobody where another of its story has called in the channel after `lastCallBefore`, or, when that is
 * null, in any case.
 */
export async function limitCalls(
  db: Kysely<Schema>,
  { id, channel, alertId }: { id: string; channel: string; alertId: string | null },
  lastCallBefore: number | null,
): Promise<void> {
  const calling = db
    .updateTable('delivery')
    .set({ ping: null })
    .where('id', '=', id)
    .where('ping', 'is not', null);
  if (lastCallBefore === null) {
    await calling.execute();
    return;
  }
  await calling
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('delivery as earlier')
          .innerJoin('alert', 'alert.id', 'earlier.alert_id')
          .select('earlier.id')
          .where('alert.story_id', '=', selectFrom('alert').select('story_id').where('id', '=', alertId))
          .where('alert.channel_id', '=', channel)
          .where('earlier.id', '!=', id)
          .where('earlier.ping', 'is not', null)
          .where('earlier.state', '=', 'sent')
          .where('earlier.settled_at', '>', lastCallBefore),
      ),
    )
    .execute();
}

/** Puts newer content into a message that certainly has not been taken, sent by `dueAt`; true when there was one. */
export async function replaceWaiting(
  db: Kysely<Schema>,
  alertId: string,
  kind: 'post' | 'edit',
  content: string,
  dueAt = Infinity,
): Promise<boolean> {
  const row = await db
    .updateTable('delivery')
    .set((eb) => ({
      content,
      ...(dueAt < Infinity && {
        due_at: eb.case().when('due_at', '>', dueAt).then(dueAt).else(eb.ref('due_at')).end(),
      }),
    }))
    .where('alert_id', '=', alertId)
    .where('kind', '=', kind)
    .where('state', '=', 'due')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** What waits and belongs to the same message. */
export function followers(
  db: Kysely<Schema>,
  { alertId, rollUpId }: { alertId: string | null; rollUpId: string | null },
  kinds: DeliveryRow['kind'][],
) {
  return db
    .updateTable('delivery')
    .where(rollUpId === null ? 'alert_id' : 'roll_up_id', '=', rollUpId ?? alertId)
    .where('kind', 'in', kinds)
    .where('state', '=', 'due');
}
