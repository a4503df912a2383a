import { type Dialect, type Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

/** 20 is PostgreSQL's type number of int8; times and counts fit a JavaScript number until the year 287396. */
const INT8 = 20;

/** A pool on PostgreSQL; int8 arrives as a number, as in SQLite. */
export function postgres(url: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    // The server's own limit does not help when the server does not answer at all.
    query_timeout: 35_000,
    idle_in_transaction_session_timeout: 60_000,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that the server drops must not end the process, idle or amid a transaction: the next query says so.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}

/**
 * SQLite has one connection, so its transactions wait for each other. PostgreSQL's see neither what the other stores
 * nor whom it tells, and two articles of one story would alert twice: this lock, held until the transaction ends,
 * makes them take turns. The numbers are ours alone ("tocs", "in" in ASCII).
 */
export async function lockExclusive(tx: Kysely<Schema>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(0x746f6373)}, ${sql.lit(0x696e)})`.execute(tx);
}
