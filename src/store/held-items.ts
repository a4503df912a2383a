import type { Kysely } from 'kysely';
import type { FeedItem } from '../model/article.ts';
import { indexKey } from './index-key.ts';
import type { HeldState, Schema } from './schema.ts';

/** An item that the sanity breaker holds. */
export interface HeldItem {
  key: string;
  item: FeedItem;
  state: HeldState;
}

/** Items that look like known articles under new ids, until somebody decides about them. */
export class HeldItemTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** What is held of a feed, oldest first. */
  async of(feedId: string): Promise<HeldItem[]> {
    const rows = await this.#db
      .selectFrom('held_item')
      .select(['key', 'item', 'state'])
      .where('feed_id', '=', feedId)
      .orderBy('held_at')
      .orderBy('key')
      .execute();
    return rows.map((row) => ({ ...row, item: JSON.parse(row.item) as FeedItem }));
  }

  /** How many items of each feed wait for a decision. */
  async waiting(): Promise<Map<string, number>> {
    const rows = await this.#db
      .selectFrom('held_item')
      .select(({ fn }) => ['feed_id', fn.countAll<number>().as('n')])
      .where('state', 'in', ['unasked', 'waiting'])
      .groupBy('feed_id')
      .execute();
    return new Map(rows.map((row) => [row.feed_id, Number(row.n)]));
  }

  /** Holds items by their strongest keys; what is held already stays as it is. */
  async hold(feedId: string, items: Map<string, FeedItem>, now: number): Promise<void> {
    for (const [key, item] of items) {
      await this.#db
        .insertInto('held_item')
        .values({
          feed_id: feedId,
          key: indexKey(key),
          item: JSON.stringify(item),
          state: 'unasked',
          held_at: now,
        })
        .onConflict((conflict) => conflict.columns(['feed_id', 'key']).doNothing())
        .execute();
    }
  }

  /** The feeds with items that nobody was asked about yet. */
  async unasked(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('held_item')
      .select('feed_id')
      .distinct()
      .where('state', '=', 'unasked')
      .execute();
    return rows.map((row) => row.feed_id);
  }

  /** Notes that somebody was asked about what is held of the feed. */
  async asked(feedId: string): Promise<void> {
    await this.#db
      .updateTable('held_item')
      .set({ state: 'waiting' })
      .where('feed_id', '=', feedId)
      .where('state', '=', 'unasked')
      .execute();
  }

  /** Decides about everything that waits, the first decision for all; resolves to how many items that were. */
  async decide(feedId: string, state: 'post' | 'discard'): Promise<number> {
    const rows = await this.#db
      .updateTable('held_item')
      .set({ state })
      .where('feed_id', '=', feedId)
      .where('state', 'in', ['unasked', 'waiting'])
      .returning('key')
      .execute();
    return rows.length;
  }

  /** Forgets one item, or, without a key, everything that is held of the feed. */
  async forget(feedId: string, key?: string): Promise<void> {
    const all = this.#db.deleteFrom('held_item').where('feed_id', '=', feedId);
    await (key === undefined ? all : all.where('key', '=', indexKey(key))).execute();
  }
}
