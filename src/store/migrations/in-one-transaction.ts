import { type Kysely, sql } from 'kysely';

/**
 * Runs a migration that rebuilds tables which others refer to. Kysely runs SQLite's migrations without a transaction,
 * so a crash in the middle would leave half of one; `wasDone` tells a crash after the commit and before Kysely noted it.
 */
export async function inOneTransaction(
  db: Kysely<unknown>,
  {
    wasDone,
    change,
  }: { wasDone: (db: Kysely<unknown>) => Promise<boolean>; change: (isSqlite: boolean) => Promise<void> },
): Promise<void> {
  const isSqlite = !db.getExecutor().adapter.supportsTransactionalDdl;
  if (!isSqlite) return change(false);
  if (await wasDone(db)) return;
  // sqlite.org/lang_altertable.html, 7: how a table is rebuilt that others refer to.
  await sql`pragma foreign_keys = off`.execute(db);
  await sql`begin immediate`.execute(db);
  try {
    await change(true);
    await sql`commit`.execute(db);
  } catch (error) {
    await sql`rollback`.execute(db);
    throw error;
  } finally {
    await sql`pragma foreign_keys = on`.execute(db);
  }
}
