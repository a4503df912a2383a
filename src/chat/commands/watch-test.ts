import { QueryError } from '../../matching/query.ts';
import { type Suggestion, WordCounts } from '../../matching/suggestions.ts';
import { trialOf } from '../../matching/trial.ts';
import type { Line } from '../../model/rich-text.ts';
import type { FoundArticle } from '../../store/articles.ts';
import type { CommandDeps, CommandRequest } from '../command.ts';
import { counted } from '../plain.ts';
import { articleLine } from './article-line.ts';
import { queryProblem } from './query-problem.ts';
import { readingOf } from './query-reading.ts';
import { lookThrough, type Searched } from './search.ts';

/** Examples shown of what matches, and of what almost does: one for each reason. */
const SHOWN = 5;
const SUGGESTED = 6;
const DAY_MS = 86_400_000;

/** What a query would have done with the stored articles, newest first. */
interface BackTest extends Searched {
  matching: FoundArticle[];
  /** By the reason why they do not alert. */
  nearMisses: Map<string, FoundArticle[]>;
  suggestions: Suggestion[];
  /** When every searched article was published or seen. */
  times: number[];
}

/** `/watch test`: a query tried on the stored articles, with nothing saved. */
export async function testWatch(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  try {
    return answer(await backTest(request, deps), request.argument, deps);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return queryProblem(request.argument, error);
  }
}

async function backTest({ argument, workspace }: CommandRequest, deps: CommandDeps): Promise<BackTest> {
  const verdictOn = trialOf(argument, deps.knowledge);
  const matching: FoundArticle[] = [];
  const nearMisses = new Map<string, FoundArticle[]>();
  const times: number[] = [];
  const words = new WordCounts();
  const searched = await lookThrough(workspace, deps, Infinity, (article, options) => {
    const verdict = verdictOn(article.text, options);
    times.push(timeOf(article));
    words.add(article.text, verdict?.match?.spans ?? null);
    if (verdict?.match) matching.push(article);
    else if (verdict !== null)
      nearMisses.set(verdict.nearMiss, [...(nearMisses.get(verdict.nearMiss) ?? []), article]);
    return true;
  });
  return { ...searched, matching, nearMisses, times, suggestions: words.suggestions(SUGGESTED) };
}

function timeOf({ publishedAt, firstSeenAt }: FoundArticle): number {
  return publishedAt ?? firstSeenAt;
}

function answer(test: BackTest, query: string, deps: CommandDeps): Line[] {
  if (test.searched === 0) return [['No article is stored yet.'], ...readingOf(query, deps)];
  return [
    summary(test),
    ...readingOf(query, deps),
    ...test.matching.slice(0, SHOWN).map((article) => articleLine(article)),
    ...nearMissLines(test.nearMisses),
    ...suggestionLines(test),
  ];
}

function summary({ matching, searched, isComplete, times }: BackTest): Line {
  const { start, end } = periodOf(times);
  const days = Math.max(1, (end - start) / DAY_MS);
  const recent = matching.filter((article) => timeOf(article) >= start);
  const stories = new Set(recent.map(({ storyId, id }) => storyId ?? id)).size;
  const scope = isComplete ? counted(searched, 'stored article') : `the newest ${searched} stored articles`;
  const rate = (stories / days).toFixed(1);
  return [
    `${counted(matching.length, 'article')} of ${scope} would have alerted: about ${rate} stories a day since `,
    { timeMs: start },
    '.',
  ];
}

/** Without the first twentieth: the odd old articles that feeds keep listing. */
function periodOf(times: readonly number[]): { start: number; end: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { start: sorted[Math.floor(sorted.length / 20)] ?? 0, end: sorted.at(-1) ?? 0 };
}

function nearMissLines(nearMisses: ReadonlyMap<string, FoundArticle[]>): Line[] {
  const reasons = [...nearMisses].sort(([, one], [, other]) => other.length - one.length);
  const total = reasons.reduce((sum, [, articles]) => sum + articles.length, 0);
  if (total === 0) return [];
  const shown = reasons.slice(0, SHOWN);
  const lines = shown.map(([reason, articles]): Line => {
    const others = articles.length === 1 ? '' : `, as ${articles.length - 1} more`;
    return [...articleLine(articles[0] as FoundArticle), `: ${reason}${others}`];
  });
  const rest = reasons.length - shown.length;
  const more: Line[] = rest === 0 ? [] : [[`… and near-misses for ${counted(rest, 'other reason')}.`]];
  return [[`${counted(total, 'near-miss', 'near-misses')}:`], ...lines, ...more];
}

function suggestionLines({ suggestions, matching }: BackTest): Line[] {
  if (suggestions.length === 0) return [];
  const words = suggestions.map(
    ({ word, matching: count, others }) => `“${word}” (${count} of ${matching.length}; ${others} elsewhere)`,
  );
  return [[`Telling words in what matches, for a wider or a narrower query: ${words.join(', ')}.`]];
}
