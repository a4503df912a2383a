import type { Kysely } from 'kysely';
import { addColumns } from './columns-left-behind.ts';

/** Why an article joined its story stays with it: later, its candidates are others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, [['article', 'story_choice', 'text']]);
}
