import type { Article } from '../model/article.ts';
import type { Fact } from '../model/fact.ts';
import type { ArticleFields } from './fields.ts';
import type { MatchOptions } from './watch-index.ts';

/** One reading of an article, as far as watches ask for it. */
export interface ReadArticle
  extends Pick<Article, 'title' | 'text' | 'language' | 'outlet' | 'author' | 'tags'> {
  facts: readonly Fact[];
}

/** What fields can ask of an article; its places are those where the event was, as the alert's WHERE line has them. */
export function fieldsOf(read: ReadArticle, feedLabels?: ArticleFields['feedLabels']): MatchOptions {
  const { title, language, outlet, author, tags, facts } = read;
  const named = facts.filter((fact) => fact.kind === 'place').map(({ value }) => value);
  return {
    titleEnd: title.length,
    ...{ language, outlet, author, tags, feedLabels },
    places: named.filter(({ role }) => role === 'event'),
    mentioned: named.filter(({ role }) => role !== 'event'),
  };
}
