import { AsyncLocalStorage } from 'node:async_hooks';
import { type Dialect, Kysely, type KyselyPlugin } from 'kysely';
import { ArticleTable } from './articles.ts';
import { AlertTable, DeliveryTable } from './deliveries.ts';
import { FeedTable } from './feeds.ts';
import { migrate } from './migrate.ts';
import { postgres } from './postgres.ts';
import type { Schema } from './schema.ts';
import { sqliteFolder, sqliteMemory } from './sqlite.ts';
import { StoreError } from './store-error.ts';
import { StoryTable } from './stories.ts';
import { WatchTable } from './watches.ts';

/** Everything Tocsin remembers: one object per table, the same on both engines. */
export interface Tables {
  feeds: FeedTable;
  articles: ArticleTable;
  watches: WatchTable;
  stories: StoryTable;
  alerts: AlertTable;
  deliveries: DeliveryTable;
}

export interface Store extends Tables {
  engine: 'sqlite' | 'postgres';
  /** All or nothing. Inside, only the tables given to `work` may be used: the outer ones throw. */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type StoreLocation =
  | { kind: 'memory' }
  | { kind: 'folder'; path: string }
  | { kind: 'postgres'; url: string; schema?: string };

/** Opens and migrates the store. Throws StoreError with the remedy. */
export async function openStore(location: StoreLocation): Promise<Store> {
  const raw = new Kysely<Schema>({ dialect: dialectOf(location) });
  try {
    await migrate(raw as unknown as Kysely<never>);
  } catch (error) {
    await raw.destroy();
    if (error instanceof StoreError || location.kind !== 'postgres') throw error;
    throw new StoreError(
      `The database of DATABASE_URL can't be used: ${(error as Error).message}. Check the address, the user and the server`,
      {
        cause: error,
      },
    );
  }
  // The folder's lock says that no other process holds a lease, so those of a crashed one need not lapse.
  if (location.kind === 'folder') await dropLeases(raw);
  const outer = raw.withPlugin(refuseInsideTransaction);
  return {
    engine: location.kind === 'postgres' ? 'postgres' : 'sqlite',
    ...tablesOn(outer),
    transaction: (work) =>
      raw.transaction().execute((tx) => insideTransaction.run(true, () => work(tablesOn(tx)))),
    close: () => raw.destroy(),
  };
}

async function dropLeases(db: Kysely<Schema>): Promise<void> {
  await db.updateTable('feed').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
  await db.updateTable('channel').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
}

function dialectOf(location: StoreLocation): Dialect {
  switch (location.kind) {
    case 'memory':
      return sqliteMemory();
    case 'folder':
      return sqliteFolder(location.path);
    case 'postgres':
      return postgres(location.url, location.schema);
  }
}

function tablesOn(db: Kysely<Schema>): Tables {
  return {
    feeds: new FeedTable(db),
    articles: new ArticleTable(db),
    watches: new WatchTable(db),
    stories: new StoryTable(db),
    alerts: new AlertTable(db),
    deliveries: new DeliveryTable(db),
  };
}

const insideTransaction = new AsyncLocalStorage<boolean>();

/** SQLite has one connection: a query outside its own transaction would wait for ever, so it fails at once. */
const refuseInsideTransaction: KyselyPlugin = {
  transformQuery({ node }) {
    if (insideTransaction.getStore() === true) {
      throw new Error('The store was used inside its own transaction: use the tables given to the work');
    }
    return node;
  },
  transformResult: async ({ result }) => result,
};
