import type { Kysely } from 'kysely';
import { columnsLeftBehind } from './columns-left-behind.ts';

/** Why an article joined its story stays with it: later, its candidates are others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if ((await columnsLeftBehind(db, 'article')).includes('story_choice')) return;
  await db.schema.alterTable('article').addColumn('story_choice', 'text').execute();
}
