import { type Kysely, sql } from 'kysely';

/** Matches say how they rank; those that only almost alerted are listed by watch, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Each column by itself: a crash between two of them is caught up with, as SQLite has no transaction here.
  const tables = await db.introspection.getTables();
  const known = tables.find(({ name }) => name === 'match')?.columns.map(({ name }) => name) ?? [];
  const table = db.schema.alterTable('match');
  if (!known.includes('rank')) {
    await table.addColumn('rank', 'integer', (column) => column.notNull().defaultTo(100)).execute();
  }
  if (!known.includes('doubts')) await table.addColumn('doubts', 'text').execute();
  if (!known.includes('is_near_miss')) {
    await table.addColumn('is_near_miss', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  }
  await sql`create index if not exists match_watch on match (watch_id, article_id)`.execute(db);
}
