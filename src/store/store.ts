import { AsyncLocalStorage } from 'node:async_hooks';
import { type Dialect, Kysely, type KyselyPlugin } from 'kysely';
import { AlertLog } from './alert-log.ts';
import { AlertTable } from './alerts.ts';
import { ArticleTable } from './articles.ts';
import { ChannelTable } from './channels.ts';
import { CorrectionTable } from './corrections.ts';
import { DeliveryTable } from './deliveries.ts';
import { FeedTable } from './feeds.ts';
import { HeldItemTable } from './held-items.ts';
import { HostTable } from './hosts.ts';
import { migrate } from './migrate.ts';
import { ModelCallTable } from './model-calls.ts';
import { PageTable } from './pages.ts';
import { lockExclusive, postgres } from './postgres.ts';
import { RollUpTable } from './roll-ups.ts';
import type { Schema } from './schema.ts';
import { sqliteFolder, sqliteMemory } from './sqlite.ts';
import { StoreError } from './store-error.ts';
import { StoryTable } from './stories.ts';
import { SubscriptionTable } from './subscriptions.ts';
import { WatchTable } from './watches.ts';

/** Everything Tocsin remembers: one object per table, the same on both engines. */
export interface Tables {
  feeds: FeedTable;
  subscriptions: SubscriptionTable;
  hosts: HostTable;
  heldItems: HeldItemTable;
  pages: PageTable;
  modelCalls: ModelCallTable;
  articles: ArticleTable;
  watches: WatchTable;
  stories: StoryTable;
  corrections: CorrectionTable;
  alerts: AlertTable;
  alertLog: AlertLog;
  deliveries: DeliveryTable;
  rollUps: RollUpTable;
  channels: ChannelTable;
}

export interface Store extends Tables {
  engine: 'sqlite' | 'postgres';
  /** All or nothing. Inside, only the tables given to `work` may be used: the outer ones throw. */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** A transaction that sees everything others of its kind did: one at a time, over all processes. */
  exclusive<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type StoreLocation =
  | { kind: 'memory' }
  | { kind: 'folder'; path: string }
  | { kind: 'postgres'; url: string };

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
  const engine = location.kind === 'postgres' ? 'postgres' : 'sqlite';
  function transaction<T>(
    work: (tables: Tables) => Promise<T>,
    lock?: (tx: Kysely<Schema>) => Promise<void>,
  ): Promise<T> {
    return raw.transaction().execute(async (tx) => {
      await lock?.(tx);
      return insideTransaction.run(true, () => work(tablesOn(tx)));
    });
  }
  return {
    engine,
    ...tablesOn(outer),
    transaction: (work) => transaction(work),
    exclusive: (work) => transaction(work, engine === 'postgres' ? lockExclusive : undefined),
    close: () => raw.destroy(),
  };
}

async function dropLeases(db: Kysely<Schema>): Promise<void> {
  await db.updateTable('feed').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
  await db.updateTable('host').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
  await db.updateTable('channel').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
}

function dialectOf(location: StoreLocation): Dialect {
  switch (location.kind) {
    case 'memory':
      return sqliteMemory();
    case 'folder':
      return sqliteFolder(location.path);
    case 'postgres':
      return postgres(location.url);
  }
}

function tablesOn(db: Kysely<Schema>): Tables {
  return {
    feeds: new FeedTable(db),
    subscriptions: new SubscriptionTable(db),
    hosts: new HostTable(db),
    heldItems: new HeldItemTable(db),
    pages: new PageTable(db),
    modelCalls: new ModelCallTable(db),
    articles: new ArticleTable(db),
    watches: new WatchTable(db),
    stories: new StoryTable(db),
    corrections: new CorrectionTable(db),
    alerts: new AlertTable(db),
    alertLog: new AlertLog(db),
    deliveries: new DeliveryTable(db),
    rollUps: new RollUpTable(db),
    channels: new ChannelTable(db),
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
