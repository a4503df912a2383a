import type { Kysely } from 'kysely';
import type { Article } from '../model/article.ts';
import type { Fact } from '../model/fact.ts';
import type { Schema } from './schema.ts';

/** An article as a reader looks it up. */
export interface FoundArticle extends Article {
  facts: Fact[];
  storyId: string | null;
}

/** An article as the pipeline meets it again. */
export interface KnownArticle extends FoundArticle {
  /** Hash of title and text as the feed gave them; null when an older version stored it. */
  said: string | null;
}

interface ArticleAndRevision {
  id: string;
  feed_id: string;
  outlet: string;
  revision: number;
  title: string;
  text: string;
  facts: string;
  link: string | null;
  image_url: string | null;
  author: string | null;
  tags: string | null;
  language: string | null;
  published_at: number | null;
  first_seen_at: number;
  story_id: string | null;
}

export function toArticle(row: ArticleAndRevision): FoundArticle {
  return {
    id: row.id,
    feedId: row.feed_id,
    outlet: row.outlet,
    revision: row.revision,
    title: row.title,
    text: row.text,
    link: row.link,
    imageUrl: row.image_url,
    author: row.author,
    tags: row.tags === null ? [] : JSON.parse(row.tags),
    language: row.language,
    publishedAt: row.published_at,
    firstSeenAt: row.first_seen_at,
    facts: JSON.parse(row.facts),
    storyId: row.story_id,
  };
}

export function toKnown(row: ArticleAndRevision & { said: string | null }): KnownArticle {
  return { ...toArticle(row), said: row.said };
}

/** Articles with their current revision. */
export function current(db: Kysely<Schema>) {
  return db
    .selectFrom('article')
    .innerJoin('revision', (join) =>
      join.onRef('revision.article_id', '=', 'article.id').onRef('revision.number', '=', 'article.revision'),
    );
}
