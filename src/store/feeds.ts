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
  /** As it was leased. */
  feed: Feed;
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

  /**
   * Active feeds whose poll is due, at most one per host and none of a busy host, each leased until `now + leaseMs`.
   * Another process may lease some in between: those are left out.
   */
  async leaseDue(lease: {
    now: number;
    leaseMs: number;
    limit: number;
    busyHosts: Set<string>;
  }): Promise<Feed[]> {
    const due = await this.#db
      .selectFrom('feed')
      .select(['id', 'url'])
      .where('active', '=', 1)
      .where('next_poll_at', '<=', lease.now)
      .where('lease_until', '<=', lease.now)
      .orderBy('next_poll_at')
      .limit(1_000)
      .execute();
    const hosts = new Set(lease.busyHosts);
    const feeds: Feed[] = [];
    for (const { id, url } of due) {
      const { host } = new URL(url);
      if (feeds.length >= lease.limit || hosts.has(host)) continue;
      hosts.add(host);
      const feed = await this.#lease(id, lease);
      if (feed !== null) feeds.push(feed);
    }
    return feeds;
  }

  async #lease(id: string, { now, leaseMs }: { now: number; leaseMs: number }): Promise<Feed | null> {
    const row = await this.#db
      .updateTable('feed')
      .set({ lease_until: now + leaseMs })
      .where('id', '=', id)
      .where('lease_until', '<=', now)
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : toFeed(row);
  }

  /** Records a poll and gives the lease back; the first good answer is the baseline. */
  async polled({ feed, nextPollAt, reason, outcome }: PollRecord): Promise<void> {
    const isBaseline = outcome.kind === 'ok' && feed.baselinedAt === null;
    await this.#db
      .updateTable('feed')
      .set((eb) => ({
        lease_until: 0,
        next_poll_at: nextPollAt,
        poll_reason: reason,
        failures: outcome.kind === 'failed' ? eb('failures', '+', 1) : 0,
        ...outcomeColumns(outcome),
        ...(isBaseline ? { baselined_at: outcome.at } : {}),
      }))
      .where('id', '=', feed.id)
      .where('lease_until', '=', feed.leaseUntil)
      .execute();
  }

  /** Gives the lease back and leaves everything else as it was. */
  async release({ id, leaseUntil }: Pick<Feed, 'id' | 'leaseUntil'>): Promise<void> {
    await this.#db
      .updateTable('feed')
      .set({ lease_until: 0 })
      .where('id', '=', id)
      .where('lease_until', '=', leaseUntil)
      .execute();
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
  await db
    .updateTable('feed')
    .set({ ...settings, ...(known.active === 1 ? sooner(known, entry, now) : anew(now)) })
    .where('id', '=', known.id)
    .execute();
}

/** A shorter interval in the file must not wait for the old, longer one to pass. */
function sooner(known: FeedRow, entry: FeedSettings, now: number): Partial<FeedRow> {
  if (entry.everyMs === null || known.failures > 0) return {};
  return { next_poll_at: Math.min(known.next_poll_at, now + entry.everyMs) };
}

/** What was published while the feed was out of the file is no news when it comes back. */
function anew(now: number): Partial<FeedRow> {
  return { next_poll_at: now, baselined_at: null, etag: null, last_modified: null, failures: 0 };
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
    leaseUntil: row.lease_until,
  };
}
