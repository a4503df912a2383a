import type { Kysely, Selectable } from 'kysely';
import type { Feed, Subscription } from '../model/feed.ts';
import { takeHost, yieldHost } from './hosts.ts';
import type { FeedRow, Schema, SubscriptionRow } from './schema.ts';
import { CONFIG_WORKSPACE } from './watches.ts';

/** Permanent redirects are believed after so many polls: one may be a mistake of an hour. */
const MOVED_POLLS = 3;

/** How a poll ended, with when the next one is due and why then. */
export interface PollRecord {
  /** As it was leased. */
  feed: Feed;
  nextPollAt: number;
  reason: string;
  /** When its host may be asked again; a pause is what the host asked for itself. */
  host: { readyAt: number; isPaused: boolean };
  outcome:
    | {
        kind: 'ok';
        at: number;
        title: string | null;
        etag: string | null;
        lastModified: string | null;
        /** Validators were not sent, so the answer is no echo of them. */
        isWhole: boolean;
        hintMs: number | null;
        note: string | null;
        /** Where permanent redirects led; null when there was none. */
        movedTo: string | null;
      }
    | { kind: 'unmodified'; at: number; movedTo: string | null }
    /** `isGone`: the publisher says that it is gone for good. */
    | { kind: 'failed'; at: number; error: string; isGone: boolean };
}

/** A feed whose channels should hear how it is. */
export interface FeedTrouble {
  feed: Feed;
  /** When they were told that it fails; null when they were not. */
  toldAt: number | null;
}

/** Feeds, when each is polled next, and how the last poll went. */
export class FeedTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /**
   * Feeds whose poll is due, at most one per host and none whose host is being asked or wants a pause, each leased
   * with its host until `now + leaseMs`. Another process may lease some in between: those are left out.
   */
  async leaseDue(lease: { now: number; leaseMs: number; limit: number }): Promise<Feed[]> {
    const due = await dueFeeds(this.#db, lease.now).limit(1_000).execute();
    const firstOfHost = new Map<string, string>();
    for (const { id, host } of due) {
      if (firstOfHost.size < lease.limit && !firstOfHost.has(host)) firstOfHost.set(host, id);
    }
    const feeds: Feed[] = [];
    // One transaction each: with several, two processes could wait for each other's rows.
    for (const [host, id] of firstOfHost) {
      const feed = await this.#db.transaction().execute((tx) => leaseOne(tx, { id, host, ...lease }));
      if (feed !== null) feeds.push(feed);
    }
    return feeds;
  }

  /** Leases one feed although it is not due; null when it or its host is being asked, or its host wants a pause. */
  async leaseNow(id: string, lease: { now: number; leaseMs: number }): Promise<Feed | null> {
    const row = await this.#db.selectFrom('feed').select('host').where('id', '=', id).executeTakeFirst();
    if (row === undefined) return null;
    return this.#db.transaction().execute((tx) => leaseOne(tx, { id, host: row.host, ...lease }));
  }

  /** Records a poll and gives the leases back; the first good answer is the baseline. */
  async polled({ feed, nextPollAt, reason, host, outcome }: PollRecord): Promise<void> {
    const isBaseline = outcome.kind === 'ok' && feed.baselinedAt === null;
    const columns = outcomeColumns(feed, outcome);
    const movedTo = 'moved_to' in columns ? columns.moved_to : feed.movedTo;
    const address = addressOf(feed.url, movedTo ?? null, columns.moved_polls ?? feed.movedPolls);
    await this.#db.transaction().execute(async (tx) => {
      await yieldHost(tx, new URL(feed.address).host, { ...host, until: feed.leaseUntil });
      await tx
        .updateTable('feed')
        .set({
          lease_until: 0,
          next_poll_at: nextPollAt,
          poll_reason: reason,
          host: new URL(address).host,
          ...columns,
          ...(isBaseline ? { baselined_at: outcome.at } : {}),
        })
        .where('id', '=', feed.id)
        .where('lease_until', '=', feed.leaseUntil)
        .execute();
    });
  }

  /** Gives the leases back and leaves everything else as it was. */
  async release({ id, leaseUntil, address }: Pick<Feed, 'id' | 'leaseUntil' | 'address'>): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await yieldHost(tx, new URL(address).host, { readyAt: 0, isPaused: null, until: leaseUntil });
      await tx
        .updateTable('feed')
        .set({ lease_until: 0 })
        .where('id', '=', id)
        .where('lease_until', '=', leaseUntil)
        .execute();
    });
  }

  /** Makes a feed due at once; one that was gone is asked again. */
  async wake(id: string, now: number): Promise<void> {
    await this.#db.updateTable('feed').set({ next_poll_at: now, gone: 0 }).where('id', '=', id).execute();
  }

  /** Makes the next poll a baseline: what it brings is stored and nothing is posted. */
  async rebaseline(id: string, now: number): Promise<void> {
    await this.#db
      .updateTable('feed')
      // A poll that is under way loses its lease, or its answer would be taken for the new baseline's.
      .set({ baselined_at: null, etag: null, last_modified: null, next_poll_at: now, lease_until: 0 })
      .where('id', '=', id)
      .execute();
  }

  /** The feed of that id, followed or not; null when there is none. */
  async get(id: string): Promise<Feed | null> {
    const row = await feedRows(this.#db).where('feed.id', '=', id).executeTakeFirst();
    return row === undefined ? null : ((await withSubscriptions(this.#db, [row]))[0] ?? null);
  }

  /** Every feed that anybody follows, by name. */
  async list(): Promise<Feed[]> {
    const rows = await feedRows(this.#db).where('active', '=', 1).execute();
    const feeds = await withSubscriptions(this.#db, rows);
    return feeds.sort((a, b) => (a.name ?? a.url).localeCompare(b.name ?? b.url));
  }

  /** Followed feeds that have failed since before `failingBefore` or are gone, and those whose trouble is over but told. */
  async troubles(failingBefore: number): Promise<FeedTrouble[]> {
    const rows = await feedRows(this.#db)
      .where('active', '=', 1)
      .where((eb) =>
        eb.or([
          eb.and([
            eb('told_at', 'is', null),
            // One failure may be the last poll before a stop of ours.
            eb.or([
              eb.and([eb('failing_since', '<=', failingBefore), eb('failures', '>=', 2)]),
              eb('gone', '=', 1),
            ]),
          ]),
          eb.and([eb('told_at', 'is not', null), eb('failing_since', 'is', null)]),
        ]),
      )
      .execute();
    const feeds = await withSubscriptions(this.#db, rows);
    return feeds.map((feed, index) => ({ feed, toldAt: rows[index]?.told_at ?? null }));
  }

  /** Notes that the channels were told of these feeds' trouble at `at`, or, when null, that it is over. */
  async told(ids: string[], at: number | null): Promise<void> {
    if (ids.length === 0) return;
    await this.#db.updateTable('feed').set({ told_at: at }).where('id', 'in', ids).execute();
  }
}

function dueFeeds(db: Kysely<Schema>, now: number) {
  return db
    .selectFrom('feed')
    .leftJoin('host', 'host.host', 'feed.host')
    .select(['feed.id', 'feed.host'])
    .where('active', '=', 1)
    .where('gone', '=', 0)
    .where('next_poll_at', '<=', now)
    .where('feed.lease_until', '<=', now)
    .where((eb) =>
      eb.or([
        eb('host.host', 'is', null),
        eb.and([eb('host.ready_at', '<=', now), eb('host.lease_until', '<=', now)]),
      ]),
    )
    .orderBy('next_poll_at');
}

async function leaseOne(
  tx: Kysely<Schema>,
  { id, host, now, leaseMs }: { id: string; host: string; now: number; leaseMs: number },
): Promise<Feed | null> {
  const until = now + leaseMs;
  if (!(await takeHost(tx, host, { now, until }))) return null;
  const row = await tx
    .updateTable('feed')
    .set({ lease_until: until })
    .where('id', '=', id)
    .where('lease_until', '<=', now)
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return (await withSubscriptions(tx, [{ ...row, ready_at: null }]))[0] ?? null;
  await yieldHost(tx, host, { readyAt: 0, isPaused: null, until });
  return null;
}

type JoinedRow = Selectable<FeedRow> & { ready_at: number | null };

function feedRows(db: Kysely<Schema>) {
  return db
    .selectFrom('feed')
    .leftJoin('host', 'host.host', 'feed.host')
    .selectAll('feed')
    .select('host.ready_at');
}

async function withSubscriptions(db: Kysely<Schema>, rows: JoinedRow[]): Promise<Feed[]> {
  const byFeed = new Map<string, SubscriptionRow[]>();
  // SQLite takes 32,766 parameters.
  for (let start = 0; start < rows.length; start += 1_000) {
    const ids = rows.slice(start, start + 1_000).map(({ id }) => id);
    const found = await db
      .selectFrom('subscription')
      .selectAll()
      .where('feed_id', 'in', ids)
      .orderBy('workspace')
      .execute();
    for (const row of found) byFeed.set(row.feed_id, [...(byFeed.get(row.feed_id) ?? []), row]);
  }
  return rows.map((row) => toFeed(row, byFeed.get(row.id) ?? []));
}

function addressOf(url: string, movedTo: string | null, movedPolls: number): string {
  return movedTo !== null && movedPolls >= MOVED_POLLS ? movedTo : url;
}

function outcomeColumns(feed: Feed, outcome: PollRecord['outcome']): Partial<FeedRow> {
  if (outcome.kind === 'failed') return failedColumns(feed, outcome);
  const good = {
    last_ok_at: outcome.at,
    last_error: null,
    failures: 0,
    failing_since: null,
    gone: 0,
    ...movedColumns(feed, outcome.movedTo),
  };
  if (outcome.kind === 'unmodified') return good;
  return {
    ...good,
    title: outcome.title,
    etag: outcome.etag,
    last_modified: outcome.lastModified,
    hint_ms: outcome.hintMs,
    note: outcome.note,
    ...(outcome.isWhole ? { whole_read_at: outcome.at } : {}),
  };
}

function failedColumns(feed: Feed, outcome: PollRecord['outcome'] & { kind: 'failed' }): Partial<FeedRow> {
  const hasOther = feed.movedTo !== null && feed.address === feed.url;
  return {
    last_error: outcome.error,
    failures: feed.failures + 1,
    failing_since: feed.failingSince ?? outcome.at,
    // While one of two addresses fails the other is asked: neither a hiccup nor the end of one ends the feed.
    moved_polls: hasOther ? MOVED_POLLS : 0,
    gone: outcome.isGone && !hasOther ? 1 : 0,
  };
}

/** Polled where it has moved to, a feed is not redirected any more. */
function movedColumns(feed: Feed, movedTo: string | null): Partial<FeedRow> {
  if (movedTo === null && feed.address !== feed.url) return {};
  const again = movedTo === feed.movedTo ? feed.movedPolls + 1 : 1;
  return { moved_to: movedTo, moved_polls: movedTo === null ? 0 : again };
}

function toFeed(row: JoinedRow, subscriptions: SubscriptionRow[]): Feed {
  const intervals = subscriptions.map((one) => one.every_ms).filter((ms) => ms !== null);
  const readyAt = row.ready_at ?? 0;
  const waitsForHost = readyAt > row.next_poll_at;
  return {
    id: row.id,
    url: row.url,
    address: addressOf(row.url, row.moved_to, row.moved_polls),
    name: nameOf(subscriptions) ?? row.title,
    everyMs: intervals.length === 0 ? null : Math.min(...intervals),
    subscriptions: subscriptions.map(toSubscription),
    owner: row.owner || null,
    credentials: row.credentials,
    etag: row.etag,
    lastModified: row.last_modified,
    wholeReadAt: row.whole_read_at,
    movedTo: row.moved_to,
    movedPolls: row.moved_polls,
    hintMs: row.hint_ms,
    baselinedAt: row.baselined_at,
    nextPollAt: waitsForHost ? readyAt : row.next_poll_at,
    pollReason: waitsForHost ? 'its host is given a rest' : row.poll_reason,
    failures: row.failures,
    failingSince: row.failing_since,
    lastOkAt: row.last_ok_at,
    lastError: row.last_error,
    note: row.note,
    isGone: row.gone === 1,
    leaseUntil: row.lease_until,
  };
}

/** What one workspace calls a feed is not shown to another. */
function nameOf(subscriptions: SubscriptionRow[]): string | null {
  const everybodys = subscriptions.find((one) => one.workspace === CONFIG_WORKSPACE);
  return (everybodys ?? (subscriptions.length === 1 ? subscriptions[0] : undefined))?.name ?? null;
}

function toSubscription(row: SubscriptionRow): Subscription {
  return {
    workspace: row.workspace,
    channels: JSON.parse(row.channels),
    group: row.feed_group,
    fullText: row.full_text === 1,
    origin: row.origin,
  };
}
