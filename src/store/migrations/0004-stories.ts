import type { Kysely } from 'kysely';

/** The newest articles of a story term are read from the index alone, with their ids. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Kysely runs SQLite's migrations without a transaction: each step must bear being done twice.
  await db.schema
    .createIndex('story_term_newest')
    .ifNotExists()
    .on('story_term')
    .columns(['term', 'at', 'article_id'])
    .execute();
  await db.schema.dropIndex('story_term_at').ifExists().execute();
}
