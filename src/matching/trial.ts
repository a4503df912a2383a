import type { Match } from '../model/watch.ts';
import { type Knowledge, type Looser, looserConditions } from './condition.ts';
import { doubtText } from './reasons.ts';
import { createWatchIndex, type MatchOptions } from './watch-index.ts';

/** What a query makes of an article: it would alert, or almost, and then why it does not. */
export type Verdict = { match: Match; nearMiss: null } | { match: null; nearMiss: string };

const WHOLE = 'whole';

/**
 * A query as a test of articles, by the engine that alerts; null for an article that has nothing to do with it.
 * A near-miss is ranked down, or lacks one thing only, or is kept out by one thing only. Throws QueryError.
 */
export function trialOf(
  query: string,
  knowledge: Knowledge,
): (text: string, options: MatchOptions) => Verdict | null {
  const index = createWatchIndex(knowledge);
  index.add({ id: WHOLE, query });
  const looser = looserConditions(query, knowledge);
  for (const [at, { condition }] of looser.entries()) index.add({ id: `${at}`, query }, condition);
  return (text, options) => {
    const matches = index.match(text, options);
    const match = matches.find(({ watchId }) => watchId === WHOLE);
    if (match !== undefined && !match.isNearMiss) return { match, nearMiss: null };
    if (match !== undefined) return { match: null, nearMiss: match.doubts.map(doubtText).join('; ') };
    const almost = matches.find(({ isNearMiss }) => !isNearMiss);
    const kept = almost === undefined ? undefined : looser[Number(almost.watchId)];
    return kept === undefined ? null : { match: null, nearMiss: keptOut(kept) };
  };
}

function keptOut({ without, isExclusion }: Looser): string {
  return isExclusion ? `kept out by ${without}` : `lacks ${without}`;
}
