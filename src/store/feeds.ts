import type { Kysely, Selectable } from 'kysely';
import type { Feed } from '../model/feed.ts';
import { newId } from './ids.ts';
import type { FeedRow, Schema } from './schema.ts';

/** What an operator's file says about a feed. */
export interface FeedSettings {
  url: string;
  name: string | null;
  everyMs: number | null;
  channels: string[];
}

/** How a poll ended, with when the next one is due and why then. */
export interface PollRecord {
  feedId: string;
  nextPollAt: number;
  reason: string;
  outcome:
    | { kind: 'ok'; at: number; title: string | null; etag: string | null; lastModified: string | null }
    | { kind: 'unmodified'; at: number }
    | { kind: 'failed'; error: string };
}

/** Feeds, when each is polled next, and how the last poll went. */
export class FeedTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Makes the active feeds those of the file; a feed that left it keeps its history. */
  async sync(entries: FeedSettings[], now: number): Promise<void> {
    for (const entry of entries) await upsert(this.#db, entry, now);
    const urls = entries.map((entry) => entry.url);
    const left = this.#db.updateTable('feed').set({ active: 0 });
    await (urls.length === 0 ? left : left.where('url', 'not in', urls)).execute();
  }

  /** Up to `limit` active feeds whose poll is due, leased until `now + leaseMs`. */
  async leaseDue(now: number, leaseMs: number, limit: number): Promise<Feed[]> {
    const rows = await this.#db
      .updateTable('feed')
      .set({ lease_until: now + leaseMs })
      .where('lease_until', '<=', now)
      .where('id', 'in', (query) =>
        query
          .selectFrom('feed')
          .select('id')
          .where('active', '=', 1)
          .where('next_poll_at', '<=', now)
          .where('lease_until', '<=', now)
          .orderBy('next_poll_at')
          .limit(limit),
      )
      .returningAll()
      .execute();
    return rows.map(toFeed);
  }

  /** Marks the first poll's items as stored: from now on new articles alert. */
  async baselined(feedId: string, now: number): Promise<void> {
    await this.#db.updateTable('feed').set({ baselined_at: now }).where('id', '=', feedId).execute();
  }

  /** Records a poll and gives the lease back. */
  async polled(record: PollRecord): Promise<void> {
    await this.#db
      .updateTable('feed')
      .set((eb) => ({
        lease_until: 0,
        next_poll_at: record.nextPollAt,
        poll_reason: record.reason,
        failures: record.outcome.kind === 'failed' ? eb('failures', '+', 1) : 0,
        ...outcomeColumns(record.outcome),
      }))
      .where('id', '=', record.feedId)
      .execute();
  }

  /** Gives the lease back and leaves everything else as it was. */
  async release(feedId: string): Promise<void> {
    await this.#db.updateTable('feed').set({ lease_until: 0 }).where('id', '=', feedId).execute();
  }

  /** Every active feed, by name. */
  async list(): Promise<Feed[]> {
    const rows = await this.#db.selectFrom('feed').selectAll().where('active', '=', 1).execute();
    return rows.map(toFeed).sort((a, b) => (a.name ?? a.url).localeCompare(b.name ?? b.url));
  }
}

async function upsert(db: Kysely<Schema>, entry: FeedSettings, now: number): Promise<void> {
  const settings = {
    name: entry.name,
    every_ms: entry.everyMs,
    channels: JSON.stringify(entry.channels),
    active: 1,
  };
  const known = await db.selectFrom('feed').selectAll().where('url', '=', entry.url).executeTakeFirst();
  if (known === undefined) {
    const row = {
      id: newId(now),
      url: entry.url,
      next_poll_at: now,
      failures: 0,
      lease_until: 0,
      ...settings,
    };
    await db
      .insertInto('feed')
      .values(row)
      .onConflict((conflict) => conflict.column('url').doNothing())
      .execute();
    return;
  }
  // A shorter interval in the file must not wait for the old, longer one to pass.
  const sooner = entry.everyMs === null || known.failures > 0 ? known.next_poll_at : now + entry.everyMs;
  const next_poll_at = known.active === 0 ? now : Math.min(known.next_poll_at, sooner);
  await db
    .updateTable('feed')
    .set({ ...settings, next_poll_at })
    .where('id', '=', known.id)
    .execute();
}

function outcomeColumns(outcome: PollRecord['outcome']): Partial<FeedRow> {
  switch (outcome.kind) {
    case 'ok':
      return {
        last_ok_at: outcome.at,
        last_error: null,
        title: outcome.title,
        etag: outcome.etag,
        last_modified: outcome.lastModified,
      };
    case 'unmodified':
      return { last_ok_at: outcome.at, last_error: null };
    case 'failed':
      return { last_error: outcome.error };
  }
}

function toFeed(row: Selectable<FeedRow>): Feed {
  return {
    id: row.id,
    url: row.url,
    name: row.name ?? row.title,
    everyMs: row.every_ms,
    channels: JSON.parse(row.channels),
    etag: row.etag,
    lastModified: row.last_modified,
    baselinedAt: row.baselined_at,
    nextPollAt: row.next_poll_at,
    pollReason: row.poll_reason,
    failures: row.failures,
    lastOkAt: row.last_ok_at,
    lastError: row.last_error,
  };
}
