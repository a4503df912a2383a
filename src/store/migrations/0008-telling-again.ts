import { type Kysely, sql } from 'kysely';

/** An alert knows of a rise that its readers have not seen, a roll-up that it was deleted; both are found quickly. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables();
  const columnsOf = (table: string) =>
    tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
  // SQLite has no transaction here: what a crash left half done is caught up with.
  for (const [table, column, type] of [
    ['alert', 'rise', 'text'],
    ['roll_up', 'gone_at', 'bigint'],
  ] as const) {
    if (columnsOf(table).includes(column)) continue;
    await db.schema.alterTable(table).addColumn(column, type).execute();
  }
  await sql`create index if not exists alert_story on alert (story_id)`.execute(db);
  await sql`create index if not exists delivery_alert on delivery (alert_id) where alert_id is not null`.execute(
    db,
  );
  await sql`create index if not exists delivery_roll_up on delivery (roll_up_id) where roll_up_id is not null`.execute(
    db,
  );
}
