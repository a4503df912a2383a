import type { Kysely } from 'kysely';
import { columnsLeftBehind } from './columns-left-behind.ts';

/** Watches say whom their alerts call, and channels remember since when they are broken and who was told of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, column, type] of [
    ['watch', 'ping', 'text'],
    ['delivery', 'ping', 'text'],
    ['channel', 'broken_at', 'bigint'],
    ['channel', 'told_in', 'text'],
  ] as const) {
    if ((await columnsLeftBehind(db, table)).includes(column)) continue;
    await db.schema.alterTable(table).addColumn(column, type).execute();
  }
}
