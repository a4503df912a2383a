import { type Kysely, sql } from 'kysely';
import { addColumns } from './columns-left-behind.ts';

/** An alert knows of a rise that its readers have not seen, a roll-up that it was deleted; both are found quickly. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, [
    ['alert', 'rise', 'text'],
    ['roll_up', 'gone_at', 'bigint'],
  ]);
  await sql`create index if not exists alert_story on alert (story_id)`.execute(db);
  await sql`create index if not exists delivery_alert on delivery (alert_id) where alert_id is not null`.execute(
    db,
  );
  await sql`create index if not exists delivery_roll_up on delivery (roll_up_id) where roll_up_id is not null`.execute(
    db,
  );
}
