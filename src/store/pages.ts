import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A page that is still to be read for its article. */
export interface DuePage {
  articleId: string;
  url: string;
  host: string;
  attempts: number;
}

/** Pages behind short articles, until each is read or given up. */
export class PageTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Queues the page of an article; a newer revision asks anew. */
  async want(articleId: string, url: string, now: number): Promise<void> {
    const asked = { url, host: new URL(url).host, attempts: 0, due_at: now };
    await this.#db
      .insertInto('page')
      .values({ article_id: articleId, ...asked })
      .onConflict((conflict) => conflict.column('article_id').doUpdateSet(asked))
      .execute();
  }

  /** The page that waits longest of each host that may be asked now, at most `limit`. */
  async due(now: number, limit: number): Promise<DuePage[]> {
    const rows = await this.#db
      .selectFrom('page')
      .leftJoin('host', 'host.host', 'page.host')
      .selectAll('page')
      .where('due_at', '<=', now)
      .where((eb) =>
        eb.or([
          eb('host.host', 'is', null),
          eb.and([eb('host.ready_at', '<=', now), eb('host.lease_until', '<=', now)]),
        ]),
      )
      .orderBy('due_at')
      .orderBy('article_id')
      .limit(1_000)
      .execute();
    const byHost = new Map<string, DuePage>();
    for (const { article_id: articleId, url, host, attempts } of rows) {
      if (!byHost.has(host)) byHost.set(host, { articleId, url, host, attempts });
    }
    return [...byHost.values()].slice(0, limit);
  }

  /** Tries again at `dueAt`. */
  async postpone(articleId: string, dueAt: number): Promise<void> {
    await this.#db
      .updateTable('page')
      .set((eb) => ({ due_at: dueAt, attempts: eb('attempts', '+', 1) }))
      .where('article_id', '=', articleId)
      .execute();
  }

  /** Forgets pages that nobody came for since `before`. */
  async forget(before: number): Promise<void> {
    await this.#db.deleteFrom('page').where('due_at', '<', before).execute();
  }

  /** The page was read, or is given up. */
  async done(articleId: string): Promise<void> {
    await this.#db.deleteFrom('page').where('article_id', '=', articleId).execute();
  }
}
