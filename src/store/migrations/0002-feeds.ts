import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { inOneTransaction } from './in-one-transaction.ts';

/** Feeds are followed by workspaces, polled with a pause between two requests to a host, and can say how they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await inOneTransaction(db, { wasDone, change: (isSqlite) => change(db, isSqlite) });
}

async function wasDone(db: Kysely<unknown>): Promise<boolean> {
  const tables = await db.introspection.getTables();
  return tables.some(({ name }) => name === 'subscription');
}

async function change(db: Kysely<unknown>, isSqlite: boolean): Promise<void> {
  await subscriptions(db);
  await feeds(db, isSqlite);
  await logins(db);
  await hosts(db);
  await heldItems(db);
  await pages(db);
  await db.schema.alterTable('article').addColumn('said', 'text').execute();
  await db.schema.alterTable('article').addColumn('tags', 'text').execute();
  await db.schema.alterTable('channel').addColumn('workspace', 'text').execute();
  await notices(db);
}

async function subscriptions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('subscription')
    .addColumn('feed_id', 'text', (column) => column.notNull())
    .addColumn('workspace', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('every_ms', 'bigint')
    .addColumn('channels', 'text', (column) => column.notNull())
    .addColumn('feed_group', 'text')
    .addColumn('full_text', 'integer', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('subscription_pk', ['feed_id', 'workspace'])
    .execute();
  await sql`
    insert into subscription (feed_id, workspace, name, every_ms, channels, full_text, origin, created_at)
    select id, 'config', name, every_ms, channels, 1, 'config', 0 from feed where active = 1`.execute(db);
}

/** The columns that stay as they were. */
const KEPT = [
  'id',
  'url',
  'title',
  'active',
  'etag',
  'last_modified',
  'baselined_at',
  'next_poll_at',
  'poll_reason',
  'lease_until',
  'failures',
  'last_ok_at',
  'last_error',
];

async function feeds(db: Kysely<unknown>, isSqlite: boolean): Promise<void> {
  await feedColumns(db.schema.createTable('feed_next')).execute();
  const kept = sql.join(KEPT.map((name) => sql.ref(name)));
  // The host is what stands between "//" and the next "/"; the poller corrects the rare others at the next poll.
  const rest = isSqlite ? sql`substr(url, instr(url, '//') + 2)` : sql`split_part(url, '//', 2)`;
  const host = isSqlite
    ? sql`substr(${rest} || '/', 1, instr(${rest} || '/', '/') - 1)`
    : sql`split_part(${rest}, '/', 1)`;
  await sql`insert into feed_next (${kept}, host, owner) select ${kept}, lower(${host}), '' from feed`.execute(
    db,
  );
  await (isSqlite ? sql`drop table feed` : sql`drop table feed cascade`).execute(db);
  await db.schema.alterTable('feed_next').renameTo('feed').execute();
  await db.schema.createIndex('feed_address').unique().on('feed').columns(['url', 'owner']).execute();
  await db.schema.createIndex('feed_due').on('feed').columns(['active', 'next_poll_at']).execute();
  if (isSqlite) return;
  await db.schema
    .alterTable('article')
    .addForeignKeyConstraint('article_feed_id_fkey', ['feed_id'], 'feed', ['id'])
    .execute();
}

function feedColumns(table: CreateTableBuilder<string, never>) {
  return table
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('title', 'text')
    .addColumn('credentials', 'text')
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('etag', 'text')
    .addColumn('last_modified', 'text')
    .addColumn('whole_read_at', 'bigint')
    .addColumn('moved_to', 'text')
    .addColumn('moved_polls', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('hint_ms', 'bigint')
    .addColumn('baselined_at', 'bigint')
    .addColumn('next_poll_at', 'bigint', (column) => column.notNull())
    .addColumn('poll_reason', 'text')
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('failing_since', 'bigint')
    .addColumn('told_at', 'bigint')
    .addColumn('last_ok_at', 'bigint')
    .addColumn('last_error', 'text')
    .addColumn('note', 'text')
    .addColumn('gone', 'integer', (column) => column.notNull().defaultTo(0));
}

/** Version 1 kept user and password in the address; the file gives them again at each start. */
async function logins(db: Kysely<unknown>): Promise<void> {
  const feeds = db as Kysely<{ feed: { id: string; url: string; host: string; owner: string } }>;
  const rows = await feeds.selectFrom('feed').select(['id', 'url']).where('url', 'like', '%@%').execute();
  for (const { id, url } of rows) {
    const bare = new URL(url);
    if (bare.username === '' && bare.password === '') continue;
    bare.username = '';
    bare.password = '';
    const known = { url: bare.href, host: bare.host, owner: 'config' };
    await feeds.updateTable('feed').set(known).where('id', '=', id).execute();
  }
}

async function hosts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('host')
    .addColumn('host', 'text', (column) => column.primaryKey())
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('ready_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('pauses', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

async function heldItems(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('held_item')
    .addColumn('feed_id', 'text', (column) => column.notNull().references('feed.id'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('held_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('held_item_pk', ['feed_id', 'key'])
    .execute();
}

async function pages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('page')
    .addColumn('article_id', 'text', (column) => column.primaryKey().references('article.id'))
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('page_due').on('page').column('due_at').execute();
}

/** A notice belongs to no alert, so the column may be empty now; neither engine's way to say so is the other's. */
async function notices(db: Kysely<unknown>): Promise<void> {
  const columns =
    'id channel_id alert_id kind content state attempts due_at created_at settled_at message_id error';
  const all = sql.join(columns.split(' ').map((name) => sql.ref(name)));
  await db.schema
    .createTable('delivery_next')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel_id', 'text', (column) => column.notNull().references('channel.id'))
    .addColumn('alert_id', 'text', (column) => column.references('alert.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('message_id', 'text')
    .addColumn('error', 'text')
    .execute();
  await sql`insert into delivery_next (${all}) select ${all} from delivery`.execute(db);
  await db.schema.dropTable('delivery').execute();
  await db.schema.alterTable('delivery_next').renameTo('delivery').execute();
  await db.schema
    .createIndex('delivery_open')
    .on('delivery')
    .columns(['state', 'channel_id', 'id'])
    .execute();
}
