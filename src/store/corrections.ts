import type { Kysely } from 'kysely';
import type { Split } from '../model/story.ts';
import { newId } from './ids.ts';
import type { Schema } from './schema.ts';

/** What a person corrected, when, and from which workspace. */
export interface Correction extends Split {
  kind: 'split' | 'merge';
  /** The article that was split off; null for a merge. */
  articleId: string | null;
  workspace: string;
  person: string;
  at: number;
}

/** What people corrected of the stories; nothing here is ever changed. */
export class CorrectionTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async add({ kind, articleId, strandId, fromStrandId, workspace, person, at }: Correction): Promise<void> {
    const strands = { strand_id: strandId, from_strand_id: fromStrandId };
    const id = newId(at);
    await this.#db
      .insertInto('correction')
      .values({ id, kind, article_id: articleId, ...strands, workspace, person, at })
      .execute();
  }

  /** The splits that stand between two of these strands. */
  async splitsAmong(strandIds: string[]): Promise<Split[]> {
    if (strandIds.length < 2) return [];
    return this.#db
      .selectFrom('correction')
      .select(['strand_id as strandId', 'from_strand_id as fromStrandId'])
      .where('kind', '=', 'split')
      .where('strand_id', 'in', strandIds)
      .where('from_strand_id', 'in', strandIds)
      .execute();
  }

  /** What was corrected of these strands, oldest first. */
  async ofStrands(strandIds: string[]): Promise<Correction[]> {
    if (strandIds.length === 0) return [];
    const rows = await this.#db
      .selectFrom('correction')
      .selectAll()
      .where((eb) => eb.or([eb('strand_id', 'in', strandIds), eb('from_strand_id', 'in', strandIds)]))
      .orderBy('id')
      .execute();
    return rows.map(({ kind, article_id, strand_id, from_strand_id, workspace, person, at }) => ({
      kind,
      articleId: article_id,
      strandId: strand_id,
      fromStrandId: from_strand_id,
      workspace,
      person,
      at,
    }));
  }
}
