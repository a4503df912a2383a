import type { Kysely } from 'kysely';
import { lockAlerts, lockRollUp } from './locks.ts';
import { isPostOpen } from './outbox.ts';
import type { DeliveryRow, Schema } from './schema.ts';

/** What was set aside, with what its alert says now and the message that it has. */
interface Parked {
  id: string;
  kind: DeliveryRow['kind'];
  alertId: string | null;
  rollUpId: string | null;
  /** Of the alert, or of the roll-up. */
  messageId: string | null;
  content: string | null;
  rolledInto: string | null;
  mutedAt: number | null;
  goneAt: number | null;
  followedBy: string | null;
}

/** Queues again what was set aside in these channels and still has its place; resolves to how many. */
export async function retryParked(db: Kysely<Schema>, channels: string[], now: number): Promise<number> {
  if (channels.length === 0) return 0;
  await lockParked(db, channels);
  let queued = 0;
  for (const one of await parkedIn(db, channels)) {
    const isNeeded = await hasItsPlace(db, one);
    if (isNeeded) queued += 1;
    await db
      .updateTable('delivery')
      .set(isNeeded ? again(one, now) : { state: 'folded' as const })
      .where('id', '=', one.id)
      .where('state', '=', 'parked')
      .execute();
  }
  return queued;
}

/** Whoever presses the button twice has each message queued once, and no alert that is told anew meanwhile. */
async function lockParked(db: Kysely<Schema>, channels: string[]): Promise<void> {
  const parked = await parkedIn(db, channels);
  await lockAlerts(
    db,
    parked.flatMap(({ alertId }) => alertId ?? []),
  );
  const rollUps = new Set(parked.flatMap(({ rollUpId }) => rollUpId ?? []));
  for (const id of [...rollUps].sort()) await lockRollUp(db, id);
  await db
    .updateTable('delivery')
    .set((eb) => ({ due_at: eb.ref('due_at') }))
    .where('channel_id', 'in', channels)
    .where('state', '=', 'parked')
    .execute();
}

async function parkedIn(db: Kysely<Schema>, channels: string[]): Promise<Parked[]> {
  return db
    .selectFrom('delivery')
    .leftJoin('alert', 'alert.id', 'delivery.alert_id')
    .leftJoin('roll_up', 'roll_up.id', 'delivery.roll_up_id')
    .select(({ fn }) => [
      'delivery.id',
      'kind',
      'alert_id as alertId',
      'delivery.roll_up_id as rollUpId',
      fn.coalesce('alert.message_id', 'roll_up.message_id').as('messageId'),
      'alert.content as content',
      'alert.roll_up_id as rolledInto',
      'alert.muted_at as mutedAt',
      fn.coalesce('alert.gone_at', 'roll_up.gone_at').as('goneAt'),
      'alert.followed_by as followedBy',
    ])
    .where('delivery.channel_id', 'in', channels)
    .where('state', '=', 'parked')
    .orderBy('delivery.id')
    .execute();
}

/** A first message only while nothing tells it, an edit or a reply only where there is one; nothing that is muted. */
async function hasItsPlace(db: Kysely<Schema>, parked: Parked): Promise<boolean> {
  const { kind, alertId, rollUpId, messageId, rolledInto, mutedAt, goneAt, followedBy } = parked;
  if (alertId === null && rollUpId === null) return true;
  if (mutedAt !== null || goneAt !== null || rolledInto !== null) return false;
  if (kind !== 'post' && kind !== 'roll-up') return messageId !== null;
  return messageId === null && followedBy === null && !(await isPostOpen(db, { alertId, rollUpId }));
}

/** With the newest words, where it is the whole alert. */
function again({ kind, content }: Parked, now: number) {
  const isWhole = (kind === 'post' || kind === 'edit') && content !== null;
  const row = { state: 'due' as const, due_at: now, settled_at: null, error: null, attempts: 0 };
  return isWhole ? { ...row, content } : row;
}
