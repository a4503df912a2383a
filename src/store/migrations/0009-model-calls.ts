import { type Kysely, sql } from 'kysely';

/** A language model may be asked about an article, once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('model_call')
    .ifNotExists()
    .addColumn('article_id', 'text', (column) => column.primaryKey().references('article.id'))
    .addColumn('wanted_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .execute();
  await sql`create index if not exists model_call_due on model_call (due_at) where done_at is null`.execute(
    db,
  );
}
