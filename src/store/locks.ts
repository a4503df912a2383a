import { type Kysely, PostgresAdapter } from 'kysely';
import type { AlertRow, DeliveryRow, Schema } from './schema.ts';

/*
 * Whoever changes an alert together with its deliveries locks rows in one order: the channel (its fence), the alerts
 * by id, their roll-up, the deliveries. Otherwise two connections of PostgreSQL would wait for each other, or decide
 * by what the other is about to change. SQLite has one connection and needs no lock.
 */

/** What a lock on an alert resolves to. */
type LockedAlert = Pick<AlertRow, 'id' | 'rise'>;

/** Locks those of the channels that nobody else has locked at this moment. */
export async function lockFreeChannels(tx: Kysely<Schema>, ids: string[]): Promise<string[]> {
  if (!hasRowLocks(tx)) return ids;
  const channels = tx.selectFrom('channel').select('id').where('id', 'in', ids);
  const rows = await channels.forNoKeyUpdate().skipLocked().execute();
  return rows.map(({ id }) => id);
}

/** Locks these alerts until the transaction ends. */
export async function lockAlerts(tx: Kysely<Schema>, ids: readonly string[]): Promise<LockedAlert[]> {
  if (ids.length === 0) return [];
  return lockable(tx).where('id', 'in', ids).execute();
}

/** Locks the alerts of these stories. */
export async function lockAlertsOf(tx: Kysely<Schema>, storyIds: readonly string[]): Promise<void> {
  await lockable(tx).where('story_id', 'in', storyIds).execute();
}

/** Locks the alerts that a delivery tells, and the roll-up that tells them together. */
export async function lockTold(
  tx: Kysely<Schema>,
  { alertId, rollUpId }: { alertId: DeliveryRow['alert_id']; rollUpId: DeliveryRow['roll_up_id'] },
): Promise<LockedAlert[]> {
  if (rollUpId === null) return alertId === null ? [] : lockAlerts(tx, [alertId]);
  const members = await lockable(tx).where('roll_up_id', '=', rollUpId).execute();
  await lockRollUp(tx, rollUpId);
  return members;
}

/** Locks a roll-up: meanwhile nobody else queues its message, nor begins to send it. */
export async function lockRollUp(tx: Kysely<Schema>, id: string): Promise<void> {
  if (!hasRowLocks(tx)) return;
  await tx.selectFrom('roll_up').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

function lockable(tx: Kysely<Schema>) {
  return tx
    .selectFrom('alert')
    .select(['id', 'rise'])
    .orderBy('id')
    .$if(hasRowLocks(tx), (query) => query.forNoKeyUpdate());
}

function hasRowLocks(db: Kysely<Schema>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
