import { type Kysely, sql } from 'kysely';
import { addColumns } from './columns-left-behind.ts';

/** Alerts can wait for their time and share a message; watches and channels say when they want to be told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, [
    ['watch', 'telling', 'text'],
    ['channel', 'timezone', 'text'],
    ['channel', 'quiet', 'text'],
    ['alert', 'roll_up_id', 'text'],
    ['alert', 'held_until', 'bigint'],
    ['alert', 'held_for', 'text'],
    ['alert', 'gone_at', 'bigint'],
    ['alert', 'muted_at', 'bigint'],
    ['delivery', 'roll_up_id', 'text'],
  ]);
  await db.schema
    .createTable('roll_up')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel_id', 'text', (column) => column.notNull().references('channel.id'))
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text')
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .execute();
  await sql`create index if not exists roll_up_newest on roll_up (channel_id, opened_at)`.execute(db);
  await sql`create index if not exists alert_held on alert (held_until) where held_until is not null`.execute(
    db,
  );
  await sql`create index if not exists article_link on article (link)`.execute(db);
  await sql`create index if not exists article_story on article (story_id)`.execute(db);
  await sql`create index if not exists alert_roll_up on alert (roll_up_id) where roll_up_id is not null`.execute(
    db,
  );
  await sql`create index if not exists delivery_sent on delivery (channel_id, settled_at)`.execute(db);
}
