import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';

/** 20 is PostgreSQL's type number of int8; times and counts fit a JavaScript number until the year 287396. */
const INT8 = 20;

/** A pool on PostgreSQL; int8 arrives as a number, as in SQLite. `schema` is for tests that share a server. */
export function postgres(url: string, schema?: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }),
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that the server drops must not end the process; the next query opens another.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}
