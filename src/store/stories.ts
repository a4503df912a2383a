import type { Kysely } from 'kysely';
import { newId } from './ids.ts';
import type { Schema } from './schema.ts';

/** Where an article of a story is from: its feed, its address, and the strand that clustering put it in. */
export interface ArticleOrigin {
  id: string;
  feedId: string;
  link: string | null;
  strandId: string;
}

/** Stories, and which articles are in them. */
export class StoryTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** A new story that begins with an article seen at `at`; resolves to its id. */
  async create(at: number): Promise<string> {
    const id = newId(at);
    await this.#db.insertInto('story').values({ id, first_at: at, last_at: at }).execute();
    return id;
  }

  /** Notes that an article seen at `at` joined. */
  async joined(id: string, at: number): Promise<void> {
    await this.#db
      .updateTable('story')
      .set({ last_at: at })
      .where('id', '=', id)
      .where('last_at', '<', at)
      .execute();
  }

  /** Where each article of a story is from. */
  async originsOf(storyId: string): Promise<ArticleOrigin[]> {
    const rows = await this.#db
      .selectFrom('article')
      .select(['id', 'feed_id as feedId', 'link', 'strand_id'])
      .where('story_id', '=', storyId)
      .execute();
    return rows.map(({ strand_id, ...row }) => ({ ...row, strandId: strand_id ?? storyId }));
  }

  /** Takes articles out of their story into this one, of which they are a strand of its own. */
  async moveTo(storyId: string, ids: string[]): Promise<void> {
    await this.#db
      .updateTable('article')
      .set({ story_id: storyId, strand_id: null })
      .where('id', 'in', ids)
      .execute();
  }

  /** Makes all articles of one story strands of another. */
  async merge(from: string, into: string): Promise<void> {
    await this.#db
      .updateTable('article')
      .set((eb) => ({ story_id: into, strand_id: eb.fn.coalesce('strand_id', 'story_id') }))
      .where('story_id', '=', from)
      .execute();
  }
}
