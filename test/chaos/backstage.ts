import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestPlace } from '../support/stores.ts';

/** What only the operator of the store can see and do. */
export interface Backstage {
  /** PostgreSQL: lets the leases of a killed process lapse now instead of in 30 s to 3 min; SQLite has none left. */
  lapseLeases(): Promise<void>;
  /** PostgreSQL: ends every connection of the product; how many there were. */
  cutConnections(): Promise<number>;
  /** The deliveries of a channel in the order of the outbox; to be asked while no process has the store. */
  deliveries(channel: string): Promise<QueuedDelivery[]>;
}

export interface QueuedDelivery {
  kind: string;
  state: string;
  message_id: string | null;
  error: string | null;
}

export function openBackstage(place: TestPlace): Backstage {
  const { location } = place;
  return location.kind === 'postgres'
    ? onServer(location.url)
    : inFolder(location.kind === 'folder' ? location.path : '');
}

const LEASED = ['feed', 'host', 'channel'];
const DELIVERIES = 'select kind, state, message_id, error from delivery where channel_id = $1 order by id';

function onServer(url: string): Backstage {
  return {
    lapseLeases: () =>
      asking(url, async (client) => {
        for (const table of LEASED) {
          const { rows } = await client.query(`select to_regclass('${table}') is not null as made`);
          if (rows[0].made) await client.query(`update ${table} set lease_until = 0 where lease_until > 0`);
        }
      }),
    cutConnections: () =>
      asking(url, async (client) => {
        const { rowCount } = await client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
        return rowCount ?? 0;
      }),
    deliveries: (channel) => asking(url, async (client) => (await client.query(DELIVERIES, [channel])).rows),
  };
}

/** A server that is down comes back. */
const DOWN_MS = 30_000;

/** What the work resolves to, on a connection of its own; begun again where the server went down meanwhile. */
async function asking<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const deadline = Date.now() + DOWN_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    // It would end the process.
    client.on('error', () => {});
    try {
      await client.connect();
      return await work(client);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(200);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

function inFolder(path: string): Backstage {
  return {
    lapseLeases: async () => {},
    cutConnections: async () => 0,
    async deliveries(channel) {
      const database = new DatabaseSync(join(path, 'tocsin.db'));
      try {
        return database.prepare(DELIVERIES.replace('$1', '?')).all(channel) as unknown as QueuedDelivery[];
      } finally {
        database.close();
      }
    },
  };
}
