import type { Span } from '../model/article.ts';
import type { Knowledge } from './condition.ts';
import { createWatchIndex, type MatchOptions } from './watch-index.ts';

/**
 * One query as a test of texts: the spans that satisfy it, or null, also for a near-miss. It is the engine of the index with a single
 * watch in it, so a preview shows exactly what would alert. Throws QueryError.
 */
export function compileQuery(
  query: string,
  knowledge: Knowledge = {},
): (text: string, options: MatchOptions) => Span[] | null {
  const index = createWatchIndex(knowledge);
  index.add({ id: query, query });
  return (text, options) => {
    const [match] = index.match(text, options);
    return match === undefined || match.isNearMiss ? null : match.spans;
  };
}
