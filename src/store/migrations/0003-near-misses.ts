import { type Kysely, sql } from 'kysely';
import { columnsLeftBehind } from './columns-left-behind.ts';

/** Matches say how they rank; those that only almost alerted are listed by watch, newest first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const known = await columnsLeftBehind(db, 'match');
  const table = db.schema.alterTable('match');
  if (!known.includes('rank')) {
    await table.addColumn('rank', 'integer', (column) => column.notNull().defaultTo(100)).execute();
  }
  if (!known.includes('doubts')) await table.addColumn('doubts', 'text').execute();
  if (!known.includes('is_near_miss')) {
    await table.addColumn('is_near_miss', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  }
  await sql`create index if not exists match_near_miss on match (watch_id, is_near_miss, article_id)`.execute(
    db,
  );
}
