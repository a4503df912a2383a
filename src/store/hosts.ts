import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Takes a host for one request at a time over all processes; false while somebody has it or it wants a pause. */
export async function takeHost(
  db: Kysely<Schema>,
  host: string,
  { now, until }: { now: number; until: number },
): Promise<boolean> {
  const row = await db
    .insertInto('host')
    .values({ host, lease_until: until, ready_at: 0, pauses: 0 })
    .onConflict((conflict) =>
      conflict
        .column('host')
        .doUpdateSet({ lease_until: until })
        .where('host.lease_until', '<=', now)
        .where('host.ready_at', '<=', now),
    )
    .returning('host')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Gives a host back; nobody asks it before `readyAt`. `isPaused` says that it asked for this pause, null that it was
 * not asked at all. Nothing happens when the lease ran out and another process has it.
 */
export async function yieldHost(
  db: Kysely<Schema>,
  host: string,
  { until, readyAt, isPaused }: { until: number; readyAt: number; isPaused: boolean | null },
): Promise<void> {
  await db
    .updateTable('host')
    .set((eb) => ({
      lease_until: 0,
      ready_at: readyAt,
      ...(isPaused === null ? {} : { pauses: isPaused ? eb('pauses', '+', 1) : 0 }),
    }))
    .where('host', '=', host)
    .where('lease_until', '=', until)
    .execute();
}

/** Hosts as pages of articles need them; feeds take theirs with their own lease. */
export class HostTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Pauses in a row that the host asked for. */
  async pauses(host: string): Promise<number> {
    const row = await this.#db
      .selectFrom('host')
      .select('pauses')
      .where('host', '=', host)
      .executeTakeFirst();
    return row?.pauses ?? 0;
  }

  /** Takes the host until `until`; false while somebody has it or it wants a pause. */
  take(host: string, lease: { now: number; until: number }): Promise<boolean> {
    return takeHost(this.#db, host, lease);
  }

  /** Gives it back; nobody asks it before `readyAt`. */
  yield(host: string, lease: { until: number; readyAt: number; isPaused: boolean | null }): Promise<void> {
    return yieldHost(this.#db, host, lease);
  }

  /** Forgets hosts that nobody needs to remember any more. */
  async forget(now: number): Promise<void> {
    await this.#db
      .deleteFrom('host')
      .where('lease_until', '<=', now)
      .where('ready_at', '<=', now)
      .where('pauses', '=', 0)
      .execute();
  }
}
