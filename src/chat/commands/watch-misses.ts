import { doubtText } from '../../matching/reasons.ts';
import type { Line } from '../../model/rich-text.ts';
import type { Watch } from '../../model/watch.ts';
import type { CommandDeps, CommandRequest } from '../command.ts';
import { articleLine } from './article-line.ts';
import { isHere } from './here.ts';
import { visibleFeeds } from './search.ts';

const SHOWN = 10;

/** `/watch misses`: what almost alerted this channel, newest first, and why it did not. */
export async function listMisses(
  request: CommandRequest,
  watches: Watch[],
  { store }: CommandDeps,
): Promise<Line[]> {
  const here = new Map(
    watches
      .filter(({ channels }) => channels.some((channel) => isHere(request, channel)))
      .map((watch) => [watch.id, watch]),
  );
  const feeds = await visibleFeeds(request.workspace, store);
  const newest = await store.articles.nearMisses([...here.keys()], SHOWN);
  const misses = newest.filter(({ article }) => feeds.has(article.feedId));
  if (misses.length === 0) return [['No near-miss: nothing has almost alerted this channel.']];
  return misses.map(({ article, match }): Line => {
    const why = match.doubts.map(doubtText).join('; ');
    return [...articleLine(article), ` ${here.get(match.watchId)?.name ?? ''}: ${why}`];
  });
}
