import { type Kysely, sql } from 'kysely';

/** The first schema. Never edited after release: a change is a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await feeds(db);
  await articles(db);
  await revisions(db);
  await watches(db);
  await stories(db);
  await alerts(db);
  await deliveries(db);
}

async function feeds(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feed')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('url', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text')
    .addColumn('title', 'text')
    .addColumn('every_ms', 'bigint')
    .addColumn('channels', 'text', (column) => column.notNull())
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('etag', 'text')
    .addColumn('last_modified', 'text')
    .addColumn('baselined_at', 'bigint')
    .addColumn('next_poll_at', 'bigint', (column) => column.notNull())
    .addColumn('poll_reason', 'text')
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('last_ok_at', 'bigint')
    .addColumn('last_error', 'text')
    .execute();
}

async function articles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('article')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('feed_id', 'text', (column) => column.notNull().references('feed.id'))
    .addColumn('story_id', 'text')
    .addColumn('outlet', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('link', 'text')
    .addColumn('image_url', 'text')
    .addColumn('author', 'text')
    .addColumn('language', 'text')
    .addColumn('published_at', 'bigint')
    .addColumn('first_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('article_seen').on('article').columns(['first_seen_at', 'id']).execute();
  await db.schema.createIndex('article_feed').on('article').columns(['feed_id', 'first_seen_at']).execute();
  await db.schema.createIndex('article_story').on('article').column('story_id').execute();
  await db.schema
    .createTable('article_key')
    .addColumn('feed_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('article_id', 'text', (column) => column.notNull().references('article.id'))
    .addPrimaryKeyConstraint('article_key_pk', ['feed_id', 'key'])
    .execute();
}

async function revisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('revision')
    .addColumn('article_id', 'text', (column) => column.notNull().references('article.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('revision_pk', ['article_id', 'number'])
    .execute();
}

async function watches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('watch')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('query', 'text', (column) => column.notNull())
    .addColumn('channels', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('removed_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('watch_name')
    .unique()
    .on('watch')
    .expression(sql`workspace, lower(name)`)
    .where(sql.ref('removed_at'), 'is', null)
    .execute();
  await db.schema
    .createTable('match')
    .addColumn('article_id', 'text', (column) => column.notNull().references('article.id'))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('watch_id', 'text', (column) => column.notNull())
    .addColumn('spans', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('match_pk', ['article_id', 'revision', 'watch_id'])
    .execute();
}

async function stories(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('story')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('story_term')
    .addColumn('term', 'text', (column) => column.notNull())
    .addColumn('article_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('story_term_pk', ['term', 'article_id'])
    .execute();
  await db.schema.createIndex('story_term_at').on('story_term').columns(['term', 'at']).execute();
}

async function alerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('channel')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('lease_no', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('hold_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('trouble', 'text')
    .execute();
  await db.schema
    .createTable('alert')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel_id', 'text', (column) => column.notNull().references('channel.id'))
    .addColumn('story_id', 'text', (column) => column.notNull().references('story.id'))
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('alert_once', ['channel_id', 'story_id'])
    .execute();
}

async function deliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('delivery')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel_id', 'text', (column) => column.notNull().references('channel.id'))
    .addColumn('alert_id', 'text', (column) => column.notNull().references('alert.id'))
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
  await db.schema
    .createIndex('delivery_open')
    .on('delivery')
    .columns(['state', 'channel_id', 'id'])
    .execute();
}
