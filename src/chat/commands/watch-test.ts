import { QueryError } from '../../matching/query.ts';
import { WordCounts } from '../../matching/suggestions.ts';
import { trialOf } from '../../matching/trial.ts';
import type { Line } from '../../model/rich-text.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import type { CommandDeps, CommandRequest } from '../command.ts';
import { counted, cut } from '../plain.ts';
import { articleLine } from './article-line.ts';
import { queryProblem } from './query-problem.ts';
import { readingOf } from './query-reading.ts';
import { lookThrough, type Searched } from './search.ts';

/** Examples shown of what matches, and of what almost does: one for each reason. */
const SHOWN = 5;
const SUGGESTED = 6;
const REASON_CHARACTERS = 100;
const DAY_MS = 86_400_000;
/** In less time, how many stories a day there are is a guess. */
const MIN_DAYS = 0.5;

/** What a query would have done with the stored articles, newest first. */
interface BackTest extends Searched {
  matches: number;
  examples: FoundArticle[];
  /** Stories that came after their feeds' baselines, and since when such articles were looked at. */
  stories: Set<string>;
  since: number;
  /** By the reason why they do not alert: the newest, and how many. */
  nearMisses: Map<string, { example: FoundArticle; count: number }>;
  words: WordCounts;
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
  const test: Omit<BackTest, keyof Searched> = {
    matches: 0,
    examples: [],
    stories: new Set(),
    since: deps.now(),
    nearMisses: new Map(),
    words: new WordCounts(),
  };
  const searched = await lookThrough(workspace, deps, Infinity, ({ article, options, isBaseline }) => {
    const verdict = verdictOn(article.text, options);
    if (!isBaseline) test.since = Math.min(test.since, article.firstSeenAt);
    test.words.add(article.text, verdict?.match?.spans ?? null);
    if (verdict?.match) noteMatch(test, article, isBaseline);
    else if (verdict !== null) {
      const known = test.nearMisses.get(verdict.nearMiss);
      test.nearMisses.set(verdict.nearMiss, {
        example: known?.example ?? article,
        count: (known?.count ?? 0) + 1,
      });
    }
    return true;
  });
  return { ...test, ...searched };
}

function noteMatch(
  test: Pick<BackTest, 'matches' | 'examples' | 'stories'>,
  article: FoundArticle,
  isBaseline: boolean,
): void {
  test.matches += 1;
  if (test.examples.length < SHOWN) test.examples.push(article);
  if (!isBaseline) test.stories.add(article.storyId ?? article.id);
}

function answer(test: BackTest, query: string, deps: CommandDeps): Line[] {
  if (test.searched === 0) return [['No article is stored yet.'], ...readingOf(query, deps)];
  return [
    summary(test, deps.now()),
    ...readingOf(query, deps),
    ...test.examples.map((article) => articleLine(article)),
    ...nearMissLines(test.nearMisses),
    ...suggestionLines(test),
  ];
}

function summary({ matches, searched, isComplete, stories, since }: BackTest, now: number): Line {
  const scope = isComplete ? counted(searched, 'stored article') : `the newest ${searched} stored articles`;
  const found = `${counted(matches, 'article')} of ${scope} would have alerted`;
  const days = (now - since) / DAY_MS;
  if (days < MIN_DAYS) return [`${found}.`];
  const rate = (stories.size / days).toFixed(1);
  return [`${found}: about ${rate} stories a day since `, { timeMs: since }, '.'];
}

function nearMissLines(nearMisses: BackTest['nearMisses']): Line[] {
  const reasons = [...nearMisses].sort(([, one], [, other]) => other.count - one.count);
  const total = reasons.reduce((sum, [, { count }]) => sum + count, 0);
  if (total === 0) return [];
  const shown = reasons.slice(0, SHOWN);
  const lines = shown.map(([reason, { example, count }]): Line => {
    const others = count === 1 ? '' : `, as ${count - 1} more`;
    return [...articleLine(example), `: ${cut(reason, REASON_CHARACTERS)}${others}`];
  });
  const rest = reasons.length - shown.length;
  const more: Line[] = rest === 0 ? [] : [[`… and near-misses for ${counted(rest, 'other reason')}.`]];
  return [[`${counted(total, 'near-miss', 'near-misses')}:`], ...lines, ...more];
}

function suggestionLines({ words, matches }: BackTest): Line[] {
  const suggestions = words.suggestions(SUGGESTED);
  if (suggestions.length === 0) return [];
  const told = suggestions.map(
    ({ word, matching, others }) => `“${word}” (${matching} of ${matches}; ${others} elsewhere)`,
  );
  return [[`Telling words in what matches, for a wider or a narrower query: ${told.join(', ')}.`]];
}
