import type { Kysely } from 'kysely';

/**
 * The columns of a table that a migration cut off by a crash may have added already. Only SQLite's run without a
 * transaction; elsewhere a half-done one is gone, and other schemas may have a table of that name.
 */
export async function columnsLeftBehind(db: Kysely<unknown>, table: string): Promise<string[]> {
  if (db.getExecutor().adapter.supportsTransactionalDdl) return [];
  const tables = await db.introspection.getTables();
  return tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
}

/** Adds the columns that the tables do not have yet. */
export async function addColumns(
  db: Kysely<unknown>,
  columns: readonly (readonly [table: string, column: string, type: 'text' | 'bigint'])[],
): Promise<void> {
  for (const [table, column, type] of columns) {
    if ((await columnsLeftBehind(db, table)).includes(column)) continue;
    await db.schema.alterTable(table).addColumn(column, type).execute();
  }
}
