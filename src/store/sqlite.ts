import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { type Dialect, type Driver, SqliteDialect } from 'kysely';
import { ensureFolder } from './folder.ts';
import { StoreError } from './store-error.ts';

/** sqlite.org/rescode.html */
const SQLITE_BUSY = 5;

const NOTHING = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

/** Kysely's SQLite dialect over Node's own `node:sqlite`; statements are prepared once per text. */
function dialectOver(database: DatabaseSync, close: () => void): Dialect {
  const prepared = new Map<string, StatementSync>();
  function statement(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const fresh = database.prepare(sql);
    // Statements with lists of varying length make new texts; the cache must not grow with them.
    if (prepared.size < 500) prepared.set(sql, fresh);
    return fresh;
  }
  const dialect = new SqliteDialect({
    database: {
      close,
      prepare(sql) {
        // A full disk ends the transaction by itself; an error about that would hide the disk's.
        if (sql === 'rollback' && !database.isTransaction) return NOTHING;
        const ready = statement(sql);
        return {
          reader: ready.columns().length > 0,
          all: (parameters) => ready.all(...(parameters as SQLInputValue[])),
          run: (parameters) => ready.run(...(parameters as SQLInputValue[])),
          iterate: (parameters) => ready.iterate(...(parameters as SQLInputValue[])),
        };
      },
    },
  });
  return {
    createDriver: () => inTurns(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

/**
 * One transaction per turn of the event loop: SQLite answers at once, so a chain of them would keep timers and
 * sockets waiting to its end (2 s while 160 feeds were first polled, 0.1 s with these turns, in the same time).
 */
function inTurns(driver: Driver): Driver {
  const begin = driver.beginTransaction.bind(driver);
  driver.beginTransaction = async (connection, settings) => {
    await setImmediate();
    return begin(connection, settings);
  };
  return driver;
}

/**
 * Opens `tocsin.db` in the folder, creating both. WAL with `synchronous=FULL`: a commit survives a power cut.
 * Throws StoreError when another process has the folder, or when it can't be used.
 */
export function sqliteFolder(folder: string): Dialect {
  let lock: DatabaseSync | undefined;
  try {
    ensureFolder(folder);
    lock = lockFolder(folder);
    const database = new DatabaseSync(join(folder, 'tocsin.db'), { timeout: 5_000 });
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    return dialectOver(database, () => {
      database.close();
      lock?.close();
    });
  } catch (cause) {
    lock?.close();
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      `The data folder ${folder} can't be used: ${(cause as Error).message}. Check that TOCSIN_DATA names a folder that Tocsin may write, or restore a backup of it`,
      { cause },
    );
  }
}

/** A database that lives as long as the process. */
export function sqliteMemory(): Dialect {
  const database = new DatabaseSync(':memory:');
  database.exec('pragma foreign_keys = on');
  return dialectOver(database, () => database.close());
}

/**
 * The kernel holds this lock and drops it with the process, even after SIGKILL; a pid file would not
 * (in containers pid 1 comes again).
 */
function lockFolder(folder: string): DatabaseSync {
  const lock = new DatabaseSync(join(folder, 'tocsin.lock'));
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
    return lock;
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause;
    throw new StoreError(
      `Another Tocsin already uses the data folder ${folder}: stop it, or set TOCSIN_DATA to another folder`,
      { cause },
    );
  }
}
