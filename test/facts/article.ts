import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Article } from '../../src/model/article.ts';
import type { Fact, FactKind } from '../../src/model/fact.ts';

/** Thursday 3 February 2022, noon UTC. */
const PUBLISHED = Date.UTC(2022, 1, 3, 12);

export function articleOf(title: string, body: string, changes: Partial<Article> = {}): Article {
  return {
    id: 'article-1',
    feedId: 'feed-1',
    outlet: 'Test Courier',
    revision: 1,
    title,
    text: title === '' ? body : `${title}\n\n${body}`,
    link: null,
    imageUrl: null,
    author: null,
    tags: [],
    language: 'en',
    publishedAt: PUBLISHED,
    firstSeenAt: PUBLISHED,
    ...changes,
  };
}

export function factsOf(article: Article): Fact[] {
  return readArticle(article, { places: loadGazetteer() }).facts;
}

/** The facts of one kind in a text without a title. */
export function factsIn<Kind extends FactKind>(
  kind: Kind,
  text: string,
  changes: Partial<Article> = {},
): Extract<Fact, { kind: Kind }>[] {
  return factsOf(articleOf('', text, changes)).filter(
    (fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind,
  );
}
