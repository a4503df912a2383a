import type { Kysely } from 'kysely';
import { addColumns } from './columns-left-behind.ts';

/** Watches say whom their alerts call, and channels remember since when they are broken and who was told of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, [
    ['watch', 'ping', 'text'],
    ['delivery', 'ping', 'text'],
    ['channel', 'broken_at', 'bigint'],
    ['channel', 'told_in', 'text'],
  ]);
}
