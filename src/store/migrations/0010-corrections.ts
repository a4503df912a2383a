import { type Kysely, sql } from 'kysely';
import { columnsLeftBehind } from './columns-left-behind.ts';
import { inOneTransaction } from './in-one-transaction.ts';

/** People correct stories, and an alert can go on in a later message: a channel has one open alert per story. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await inOneTransaction(db, {
    wasDone: async () => (await columnsLeftBehind(db, 'alert')).includes('followed_by'),
    change: (isSqlite) => change(db, isSqlite),
  });
}

async function change(db: Kysely<unknown>, isSqlite: boolean): Promise<void> {
  await db.schema
    .createTable('correction')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('article_id', 'text', (column) => column.references('article.id'))
    .addColumn('strand_id', 'text', (column) => column.notNull())
    .addColumn('from_strand_id', 'text', (column) => column.notNull())
    .addColumn('workspace', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('correction_strand').on('correction').column('strand_id').execute();
  await db.schema.createIndex('correction_from').on('correction').column('from_strand_id').execute();
  await db.schema.alterTable('article').addColumn('strand_id', 'text').execute();
  await (isSqlite ? rebuildAlerts(db) : followAlerts(db));
  await sql`create unique index alert_once on alert (channel_id, story_id) where followed_by is null`.execute(
    db,
  );
}

async function followAlerts(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('alert').dropConstraint('alert_once').execute();
  await db.schema.alterTable('alert').addColumn('followed_by', 'text').execute();
}

/** SQLite can't drop a constraint. */
async function rebuildAlerts(db: Kysely<unknown>): Promise<void> {
  const columns =
    'id channel_id story_id content message_id created_at roll_up_id held_until held_for gone_at muted_at rise';
  const all = sql.join(columns.split(' ').map((name) => sql.ref(name)));
  await db.schema
    .createTable('alert_next')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel_id', 'text', (column) => column.notNull().references('channel.id'))
    .addColumn('story_id', 'text', (column) => column.notNull().references('story.id'))
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('roll_up_id', 'text')
    .addColumn('held_until', 'bigint')
    .addColumn('held_for', 'text')
    .addColumn('gone_at', 'bigint')
    .addColumn('muted_at', 'bigint')
    .addColumn('rise', 'text')
    .addColumn('followed_by', 'text')
    .execute();
  await sql`insert into alert_next (${all}) select ${all} from alert`.execute(db);
  await db.schema.dropTable('alert').execute();
  await db.schema.alterTable('alert_next').renameTo('alert').execute();
  await sql`create index alert_held on alert (held_until) where held_until is not null`.execute(db);
  await sql`create index alert_story on alert (story_id)`.execute(db);
  await sql`create index alert_roll_up on alert (roll_up_id) where roll_up_id is not null`.execute(db);
}
