import type { Kysely } from 'kysely';
import { newId } from './ids.ts';
import type { Schema } from './schema.ts';

/** Stories. */
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
}
