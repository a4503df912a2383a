import { setImmediate as nextTurn } from 'node:timers/promises';
import { compileQuery } from '../../matching/matcher.ts';
import type { FoundArticle } from '../../store/articles.ts';
import type { CommandDeps } from '../command.ts';

/** Small enough that matching one page of the longest articles does not hold up alerts. */
const PAGE = 50;

/** Every command answers in under three seconds: the search stops here and says how far back it looked. */
const SEARCH_MS = 1_500;

/** What a search found, newest first. */
export interface Search {
  found: FoundArticle[];
  /** How many articles it looked at. */
  searched: number;
  /** False when older articles were left out for want of time. */
  isComplete: boolean;
}

/** Stored articles that match, by the engine that alerts, until `limits` or the time is reached. Throws QueryError. */
export async function searchArticles(
  query: string,
  { store, now }: CommandDeps,
  limits: { articles: number; found: number },
): Promise<Search> {
  const matches = compileQuery(query);
  const isHit = ({ text, title, language }: FoundArticle) =>
    matches(text, { titleEnd: title.length, language }) !== null;
  const deadline = now() + SEARCH_MS;
  const found: FoundArticle[] = [];
  let searched = 0;
  let last: FoundArticle | null = null;
  while (found.length < limits.found && searched < limits.articles) {
    if (now() > deadline) return { found, searched, isComplete: false };
    const page: FoundArticle[] = await store.articles.newest(PAGE, last);
    searched += page.length;
    found.push(...page.filter(isHit).slice(0, limits.found - found.length));
    last = page.at(-1) ?? null;
    if (page.length < PAGE) break;
    await nextTurn();
  }
  return { found, searched, isComplete: true };
}
