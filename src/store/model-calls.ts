import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A crash in the middle of a call may repeat it once. */
const MAX_ATTEMPTS = 2;

/** Articles that a language model is to be asked about: each once, and for a while remembered as asked. */
export class ModelCallTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Queues the call about an article from `dueAt` on, unless there was one. */
  async want(articleId: string, dueAt: number, now: number): Promise<void> {
    await this.#db
      .insertInto('model_call')
      .values({ article_id: articleId, wanted_at: now, due_at: dueAt, attempts: 0, done_at: null })
      .onConflict((conflict) => conflict.column('article_id').doNothing())
      .execute();
  }

  /**
   * Takes the call that waits longest, and nobody else takes it before `until`; null when none is due. What was wanted
   * before `lateAt` helps no reader any more.
   */
  async take({ now, until, lateAt }: { now: number; until: number; lateAt: number }): Promise<string | null> {
    const due = await this.#db
      .selectFrom('model_call')
      .select(['article_id', 'due_at'])
      .where('done_at', 'is', null)
      .where('due_at', '<=', now)
      .where('wanted_at', '>=', lateAt)
      .where('attempts', '<', MAX_ATTEMPTS)
      .orderBy('due_at')
      .orderBy('article_id')
      .limit(1)
      .executeTakeFirst();
    if (due === undefined) return null;
    const taken = await this.#db
      .updateTable('model_call')
      .set((eb) => ({ due_at: until, attempts: eb('attempts', '+', 1) }))
      .where('article_id', '=', due.article_id)
      .where('due_at', '=', due.due_at)
      .where('done_at', 'is', null)
      .returning('article_id')
      .executeTakeFirst();
    return taken?.article_id ?? null;
  }

  /** The model answered, or will not be asked again. */
  async done(articleId: string, now: number): Promise<void> {
    await this.#db
      .updateTable('model_call')
      .set({ done_at: now })
      .where('article_id', '=', articleId)
      .execute();
  }

  /** Forgets what was wanted before that. */
  async forget(before: number): Promise<void> {
    await this.#db.deleteFrom('model_call').where('wanted_at', '<', before).execute();
  }
}
