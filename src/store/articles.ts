import type { Kysely } from 'kysely';
import type { Article } from '../model/article.ts';
import type { Fact, Reading } from '../model/fact.ts';
import type { Fingerprint, StoryChoice, StoryMember } from '../model/story.ts';
import type { Match } from '../model/watch.ts';
import { current, type FoundArticle, type KnownArticle, toArticle, toKnown } from './article-rows.ts';
import { indexKey } from './index-key.ts';
import type { Schema } from './schema.ts';

/** What one reading of an article leaves behind. */
export interface StoredReading {
  reading: Reading;
  keys: string[];
  fingerprint: Fingerprint;
  storyId: string;
  /** Why; kept as it is when a revision gives none. */
  choice?: StoryChoice | null;
  /** The strand of that story that a new article joins; its own unless given. */
  strandId?: string;
  /** Hash of title and text as the feed gave them. */
  said: string;
}

/** Articles, their revisions, identity keys, matches and story terms. */
export class ArticleTable {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The articles of a feed that these identity keys name: key -> article id. */
  async known(feedId: string, keys: string[]): Promise<Map<string, string>> {
    const known = new Map<string, string>();
    const byIndexKey = new Map(keys.map((key) => [indexKey(key), key]));
    const wanted = [...byIndexKey.keys()];
    // SQLite takes 32,766 parameters and PostgreSQL 65,535; a feed may hold more keys than either.
    for (let start = 0; start < wanted.length; start += 1_000) {
      const rows = await this.#db
        .selectFrom('article_key')
        .select(['key', 'article_id'])
        .where('feed_id', '=', feedId)
        .where('key', 'in', wanted.slice(start, start + 1_000))
        .execute();
      for (const row of rows) known.set(byIndexKey.get(row.key) ?? row.key, row.article_id);
    }
    return known;
  }

  /** What the feed said of these articles when it was last heard: article id -> hash. */
  async said(ids: string[]): Promise<Map<string, string>> {
    const said = new Map<string, string>();
    for (let start = 0; start < ids.length; start += 1_000) {
      const rows = await this.#db
        .selectFrom('article')
        .select(['id', 'said'])
        .where('id', 'in', ids.slice(start, start + 1_000))
        .execute();
      for (const row of rows) if (row.said !== null) said.set(row.id, row.said);
    }
    return said;
  }

  /** Notes what the feed said of an article, where an older version did not. */
  async heard(id: string, said: string): Promise<void> {
    await this.#db.updateTable('article').set({ said }).where('id', '=', id).execute();
  }

  /** The current revision of an article, with its facts and its story; null when there is none. */
  async get(id: string): Promise<KnownArticle | null> {
    const row = await current(this.#db)
      .selectAll(['article', 'revision'])
      .where('article.id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toKnown(row);
  }

  /** Stores a new article, or the next revision of a known one, with its keys and story. */
  async save(stored: StoredReading, now: number): Promise<void> {
    const { article, facts } = stored.reading;
    await saveArticle(this.#db, stored);
    await this.#db
      .insertInto('revision')
      .values({
        article_id: article.id,
        number: article.revision,
        title: article.title,
        text: article.text,
        facts: JSON.stringify(facts),
        seen_at: now,
      })
      .execute();
    await this.addKeys(article.feedId, article.id, stored.keys);
    await saveTerms(this.#db, article.id, stored.fingerprint);
  }

  /** What else was read in a revision that is stored. */
  async saveFacts({ id, revision }: Article, facts: Fact[]): Promise<void> {
    await this.#db
      .updateTable('revision')
      .set({ facts: JSON.stringify(facts) })
      .where('article_id', '=', id)
      .where('number', '=', revision)
      .execute();
  }

  /** Remembers further identity keys of an article; a key that is taken stays with its owner. */
  async addKeys(feedId: string, articleId: string, keys: string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#db
      .insertInto('article_key')
      .values(keys.map((key) => ({ feed_id: feedId, key: indexKey(key), article_id: articleId })))
      .onConflict((conflict) => conflict.columns(['feed_id', 'key']).doNothing())
      .execute();
  }

  /** Remembers which watches an article satisfied, or almost, and where. */
  async saveMatches(article: Article, matches: Match[]): Promise<void> {
    if (matches.length === 0) return;
    await this.#db
      .insertInto('match')
      .values(
        matches.map((match) => ({
          article_id: article.id,
          revision: article.revision,
          watch_id: match.watchId,
          spans: JSON.stringify(match.spans),
          rank: match.rank,
          is_near_miss: Number(match.isNearMiss),
          doubts: match.doubts.length === 0 ? null : JSON.stringify(match.doubts),
        })),
      )
      .execute();
  }

  /** The articles with this link, newest first. */
  async withLink(link: string): Promise<FoundArticle[]> {
    const rows = await current(this.#db)
      .selectAll(['article', 'revision'])
      .where('link', '=', link)
      .orderBy('article.id', 'desc')
      .limit(20)
      .execute();
    return rows.map(toArticle);
  }

  /** Why the article joined its story or began it; null when an older version decided. */
  async choiceOf(id: string): Promise<StoryChoice | null> {
    const row = await this.#db
      .selectFrom('article')
      .select('story_choice')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.story_choice == null ? null : JSON.parse(row.story_choice);
  }

  /** The newest articles of a story. */
  async ofStory(storyId: string, limit: number): Promise<FoundArticle[]> {
    const rows = await current(this.#db)
      .selectAll(['article', 'revision'])
      .where('story_id', '=', storyId)
      .orderBy('article.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toArticle);
  }

  /** What almost alerted these watches, newest first, and why it did not; only articles that still say so. */
  async nearMisses(watchIds: string[], limit: number): Promise<{ article: FoundArticle; match: Match }[]> {
    if (watchIds.length === 0) return [];
    // Texts are long: sorting with them took 420 ms for 33,000 near-misses.
    const newest = this.#db
      .selectFrom('match')
      .innerJoin('article', (join) =>
        join.onRef('article.id', '=', 'match.article_id').onRef('article.revision', '=', 'match.revision'),
      )
      .select(['match.article_id', 'match.revision', 'watch_id', 'spans', 'rank', 'doubts'])
      .where('watch_id', 'in', watchIds)
      .where('is_near_miss', '=', 1)
      .orderBy('match.article_id', 'desc')
      .orderBy('watch_id')
      .limit(limit)
      .as('miss');
    const rows = await current(this.#db)
      .innerJoin(newest, 'miss.article_id', 'article.id')
      .selectAll(['article', 'revision'])
      .select(['watch_id', 'spans', 'rank', 'doubts'])
      .orderBy('article.id', 'desc')
      .execute();
    return rows.map((row) => ({
      article: toArticle(row),
      match: {
        watchId: row.watch_id,
        spans: JSON.parse(row.spans),
        rank: row.rank,
        isNearMiss: true,
        doubts: JSON.parse(row.doubts ?? '[]'),
      },
    }));
  }

  /** Articles in a story since `since` that share the link, places or telling terms, most and rarest first; at most 40. */
  async storyCandidates(fingerprint: Fingerprint, since: number): Promise<StoryMember[]> {
    const terms = storyTerms(fingerprint);
    if (terms.length === 0) return [];
    const ids = await nearestArticles(this.#db, terms, since);
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('article')
      .select(['id', 'story_id', 'strand_id', 'fingerprint'])
      .where('id', 'in', ids)
      .where('story_id', 'is not', null)
      .execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id): StoryMember[] => {
      const row = byId.get(id);
      if (row === undefined) return [];
      const storyId = row.story_id as string;
      return [
        { ...(JSON.parse(row.fingerprint) as Fingerprint), storyId, strandId: row.strand_id ?? storyId },
      ];
    });
  }

  /** Newest first, `limit` at a time; `before` is the last one of the page before. */
  async newest(limit: number, before: Pick<Article, 'firstSeenAt' | 'id'> | null): Promise<FoundArticle[]> {
    const page = current(this.#db)
      .selectAll(['article', 'revision'])
      .orderBy('first_seen_at', 'desc')
      .orderBy('id', 'desc');
    const rows = await (before === null
      ? page
      : page.where((eb) =>
          eb.or([
            eb('first_seen_at', '<', before.firstSeenAt),
            eb.and([eb('first_seen_at', '=', before.firstSeenAt), eb('article.id', '<', before.id)]),
          ]),
        )
    )
      .limit(limit)
      .execute();
    return rows.map(toArticle);
  }

  /** When the newest articles of a feed were published, milliseconds UTC. */
  async recentDates(feedId: string): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('article')
      .select('published_at')
      .where('feed_id', '=', feedId)
      .where('published_at', 'is not', null)
      .orderBy('first_seen_at', 'desc')
      .limit(20)
      .execute();
    return rows.map((row) => row.published_at ?? 0);
  }

  /** The newest articles of a feed, newest first. */
  async ofFeed(feedId: string, limit: number): Promise<KnownArticle[]> {
    const rows = await current(this.#db)
      .selectAll(['article', 'revision'])
      .where('feed_id', '=', feedId)
      .orderBy('first_seen_at', 'desc')
      .orderBy('published_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toKnown);
  }

  /** How many are stored. */
  async count(): Promise<number> {
    const row = await this.#db
      .selectFrom('article')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst();
    return Number(row?.n ?? 0);
  }

  /** How many of a feed are stored, counted up to `limit`: it is asked at every poll. */
  async countOfFeed(feedId: string, limit: number): Promise<number> {
    const some = this.#db.selectFrom('article').select('id').where('feed_id', '=', feedId).limit(limit);
    return (await some.execute()).length;
  }
}

async function saveArticle(
  db: Kysely<Schema>,
  { reading: { article }, fingerprint, storyId, strandId = storyId, choice = null, said }: StoredReading,
): Promise<void> {
  const changing = {
    story_id: storyId,
    revision: article.revision,
    link: article.link,
    image_url: article.imageUrl,
    author: article.author,
    tags: JSON.stringify(article.tags),
    language: article.language,
    published_at: article.publishedAt,
    said,
    fingerprint: JSON.stringify(fingerprint),
  };
  await db
    .insertInto('article')
    .values({
      id: article.id,
      feed_id: article.feedId,
      outlet: article.outlet,
      first_seen_at: article.firstSeenAt,
      story_choice: choice === null ? null : JSON.stringify(choice),
      strand_id: strandId === storyId ? null : strandId,
      ...changing,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute();
}

async function saveTerms(db: Kysely<Schema>, articleId: string, fingerprint: Fingerprint): Promise<void> {
  const terms = storyTerms(fingerprint);
  if (terms.length === 0) return;
  await db
    .insertInto('story_term')
    .values(terms.map((term) => ({ term, article_id: articleId, at: fingerprint.at })))
    .onConflict((conflict) => conflict.columns(['term', 'article_id']).doNothing())
    .execute();
}

/** Articles that candidates are compared with; more found no more stories. */
const MAX_CANDIDATES = 40;
/** Of each term only the newest articles count: a lookup costs the same however many have the term. */
const NEWEST_PER_TERM = 32;
/** What an article is looked up by. */
const MAX_KEY_WORDS = 16;
const MAX_KEY_PLACES = 4;

/** Articles by how many of the terms they share; one that few of the newest articles have counts for more. */
async function nearestArticles(db: Kysely<Schema>, terms: string[], since: number): Promise<string[]> {
  const [first, ...others] = terms.map((term) =>
    db
      .selectFrom(
        db
          .selectFrom('story_term')
          .select(['term', 'article_id', 'at'])
          .where('term', '=', term)
          .where('at', '>=', since)
          .orderBy('at', 'desc')
          .limit(NEWEST_PER_TERM)
          .as('newest'),
      )
      .select(['term', 'article_id']),
  );
  if (first === undefined) return [];
  const rows = await others.reduce((query, next) => query.unionAll(next), first).execute();
  const scores = new Map<string, number>();
  for (const holders of Map.groupBy(rows, (row) => row.term).values()) {
    const rarity = 1 / Math.log2(2 + holders.length);
    for (const { article_id: id } of holders) scores.set(id, (scores.get(id) ?? 0) + rarity);
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1))
    .slice(0, MAX_CANDIDATES)
    .map(([id]) => id);
}

/** What an article is looked up by: its link, its places and its most telling words. */
function storyTerms({ link, places, text, terms }: Fingerprint): string[] {
  const links = link === null ? [] : [`link:${link}`];
  const words = text?.terms ?? terms;
  const keys = [
    ...links,
    ...places.slice(0, MAX_KEY_PLACES).map((place) => `place:${place}`),
    ...words.slice(0, MAX_KEY_WORDS),
  ];
  return [...new Set(keys)].map(indexKey);
}
