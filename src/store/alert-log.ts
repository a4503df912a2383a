import type { Kysely } from 'kysely';
import type { Source } from '../model/alert.ts';
import type { Ping } from '../model/ping.ts';
import { current } from './article-rows.ts';
import type { DeliveryRow, Schema } from './schema.ts';
import { calledIn } from './stored-pings.ts';

/** One message as it was sent. */
interface ToldMessage {
  id: string;
  channel: string;
  kind: DeliveryRow['kind'];
  messageId: string | null;
  queuedAt: string;
  sentAt: string | null;
  /** Whom it called. */
  called: Ping[];
  told: unknown;
}

/** A `/story split` or `/story merge`, by whom and when. */
interface LoggedCorrection {
  id: string;
  kind: 'split' | 'merge';
  correctedAt: string;
  workspace: string;
  person: string;
  from: CorrectedStory;
  into: CorrectedStory;
}

/** A story, or a part of one that was a story before; its oldest article says which, null when none is left in it. */
interface CorrectedStory {
  storyId: string;
  article: Source | null;
}

type LoggedEvent = ToldMessage | LoggedCorrection;

/** What channels were told and what people corrected of it; nothing here is ever changed. */
export class AlertLog {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** What happened, oldest first, `limit` events at a time; `after` is the last id of the page before. */
  async page(limit: number, after: string | null): Promise<LoggedEvent[]> {
    const told = await this.#told(limit, after ?? '');
    const corrected = await this.#corrected(limit, after ?? '');
    return [...told, ...corrected].sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
  }

  async #told(limit: number, after: string): Promise<ToldMessage[]> {
    const rows = await this.#db
      .selectFrom('delivery')
      .selectAll()
      .where('state', '=', 'sent')
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel_id,
      kind: row.kind,
      messageId: row.message_id,
      queuedAt: new Date(row.created_at).toISOString(),
      sentAt: row.settled_at === null ? null : new Date(row.settled_at).toISOString(),
      called: calledIn(row.channel_id, row.ping),
      told: JSON.parse(row.content),
    }));
  }

  async #corrected(limit: number, after: string): Promise<LoggedCorrection[]> {
    const rows = await this.#db
      .selectFrom('correction')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    const firsts = await this.#firstArticles(rows.flatMap((row) => [row.from_strand_id, row.strand_id]));
    const story = (storyId: string): CorrectedStory => ({ storyId, article: firsts.get(storyId) ?? null });
    return rows.map(({ id, kind, at, workspace, person, from_strand_id, strand_id }) => ({
      id,
      kind,
      correctedAt: new Date(at).toISOString(),
      workspace,
      person,
      from: story(from_strand_id),
      into: story(strand_id),
    }));
  }

  /** The oldest article of each of these strands. */
  async #firstArticles(strandIds: string[]): Promise<Map<string, Source>> {
    if (strandIds.length === 0) return new Map();
    const rows = await current(this.#db)
      .select(({ fn }) => [
        'article.id as articleId',
        'outlet',
        'title as headline',
        'link',
        fn.coalesce('strand_id', 'story_id').as('strandId'),
      ])
      .where(({ fn }) => fn.coalesce('strand_id', 'story_id'), 'in', strandIds)
      // Of several with one key a map keeps the last.
      .orderBy('article.id', 'desc')
      .execute();
    return new Map(rows.map(({ strandId, ...article }) => [strandId ?? '', article]));
  }
}
