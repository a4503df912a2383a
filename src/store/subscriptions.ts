import type { Kysely } from 'kysely';
import type { Feed, Subscription } from '../model/feed.ts';
import { newId } from './ids.ts';
import type { FeedRow, Schema } from './schema.ts';
import { CONFIG_WORKSPACE } from './watches.ts';

/** What an operator's file says about a feed. */
export interface FeedSettings {
  url: string;
  name: string | null;
  everyMs: number | null;
  channels: string[];
  group: string | null;
  fullText: boolean;
  /** Extra request headers, sealed; null when it needs none. */
  credentials: string | null;
}

export interface NewSubscription extends Subscription {
  feedId: string;
  name: string | null;
  /** Who asked for it, for the audit; null for the file. */
  createdBy: string | null;
}

/** Who follows which feed, and how. */
export class SubscriptionTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Makes the feeds of the file those given; a feed that nobody follows any more keeps its history. */
  async syncConfig(entries: FeedSettings[], now: number): Promise<void> {
    const kept: string[] = [];
    for (const entry of entries) {
      const owner = entry.credentials === null ? '' : CONFIG_WORKSPACE;
      const feedId = await this.feedAt({ url: entry.url, owner, credentials: entry.credentials }, now);
      await this.put(
        { feedId, workspace: CONFIG_WORKSPACE, origin: 'config', createdBy: null, ...entry },
        now,
      );
      await this.#everyMs(feedId, entry.everyMs, now);
      kept.push(feedId);
    }
    const left = await this.#db
      .deleteFrom('subscription')
      .where('origin', '=', 'config')
      .where('feed_id', 'not in', kept.length === 0 ? [''] : kept)
      .returning('feed_id')
      .execute();
    for (const { feed_id } of left) await settle(this.#db, feed_id, now);
  }

  /**
   * The id of the feed at that address, made when there is none; nobody follows a new one yet. An address with
   * credentials is another feed for each owner, because its answers are for nobody else.
   */
  async feedAt(
    { url, owner, credentials }: { url: string; owner: string; credentials: string | null },
    now: number,
  ): Promise<string> {
    const row = await this.#db
      .insertInto('feed')
      .values({
        id: newId(now),
        url,
        owner,
        host: new URL(url).host,
        credentials,
        active: 0,
        moved_polls: 0,
        next_poll_at: now,
        lease_until: 0,
        failures: 0,
        gone: 0,
      })
      .onConflict((conflict) => conflict.columns(['url', 'owner']).doUpdateSet({ credentials }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  /** Follows a feed, or changes how the workspace follows it; what was published before is no news to it. */
  async put(subscription: NewSubscription, now: number): Promise<void> {
    await this.#onFeed(subscription.feedId, (tx) => putOne(tx, subscription, now));
  }

  /** Ends a workspace's subscription; false when it had none. */
  async remove(feedId: string, workspace: string, now: number): Promise<boolean> {
    return this.#onFeed(feedId, async (tx) => {
      const row = await tx
        .deleteFrom('subscription')
        .where('feed_id', '=', feedId)
        .where('workspace', '=', workspace)
        .returning('feed_id')
        .executeTakeFirst();
      await settle(tx, feedId, now);
      return row !== undefined;
    });
  }

  /** Removes what was looked at before `before` and never followed. */
  async forgetUnfollowed(before: number): Promise<void> {
    await this.#db
      .deleteFrom('feed')
      .where('active', '=', 0)
      .where('next_poll_at', '<', before)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('article').select('id').whereRef('article.feed_id', '=', 'feed.id'))),
      )
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('held_item').select('key').whereRef('held_item.feed_id', '=', 'feed.id'))),
      )
      .execute();
  }

  /** A shorter interval must not wait for the old, longer one to pass. */
  async #everyMs(feedId: string, everyMs: number | null, now: number): Promise<void> {
    await this.#db
      .updateTable('subscription')
      .set({ every_ms: everyMs })
      .where('feed_id', '=', feedId)
      .where('workspace', '=', CONFIG_WORKSPACE)
      .execute();
    if (everyMs === null) return;
    await this.#db
      .updateTable('feed')
      .set({ next_poll_at: now + everyMs })
      .where('id', '=', feedId)
      .where('failures', '=', 0)
      .where('next_poll_at', '>', now + everyMs)
      .execute();
  }

  /** One after the other for each feed: a follower that comes while the last one leaves must find it polled. */
  async #onFeed<T>(feedId: string, work: (tx: Kysely<Schema>) => Promise<T>): Promise<T> {
    const locked = async (tx: Kysely<Schema>) => {
      await tx
        .updateTable('feed')
        .set((eb) => ({ active: eb.ref('active') }))
        .where('id', '=', feedId)
        .execute();
      return work(tx);
    };
    return this.#db.isTransaction ? locked(this.#db) : this.#db.transaction().execute(locked);
  }
}

async function putOne(db: Kysely<Schema>, subscription: NewSubscription, now: number): Promise<void> {
  const settings = {
    name: subscription.name,
    channels: JSON.stringify(subscription.channels),
    feed_group: subscription.group,
    full_text: subscription.fullText ? 1 : 0,
    origin: subscription.origin,
  };
  await db
    .insertInto('subscription')
    .values({
      feed_id: subscription.feedId,
      workspace: subscription.workspace,
      created_by: subscription.createdBy,
      created_at: now,
      ...settings,
    })
    .onConflict((conflict) => conflict.columns(['feed_id', 'workspace']).doUpdateSet(settings))
    .execute();
  await settle(db, subscription.feedId, now);
}

/** A feed is polled while somebody follows it. What was published in between is no news when it comes back. */
async function settle(db: Kysely<Schema>, feedId: string, now: number): Promise<void> {
  const followed = await db
    .selectFrom('subscription')
    .select('feed_id')
    .where('feed_id', '=', feedId)
    .executeTakeFirst();
  const change = followed === undefined ? { active: 0 } : { active: 1, ...anew(now) };
  await db
    .updateTable('feed')
    .set(change)
    .where('id', '=', feedId)
    .where('active', '=', followed === undefined ? 1 : 0)
    .execute();
}

function anew(now: number): Partial<FeedRow> {
  return {
    next_poll_at: now,
    lease_until: 0,
    baselined_at: null,
    etag: null,
    last_modified: null,
    failures: 0,
    failing_since: null,
    told_at: null,
    gone: 0,
  };
}

/** The subscriptions of a feed that a workspace may see: its own and everybody's. */
export function visibleTo(workspace: string, feed: Feed): Subscription[] {
  return feed.subscriptions.filter(
    (one) => one.workspace === workspace || one.workspace === CONFIG_WORKSPACE,
  );
}
