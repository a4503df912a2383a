import type { ReadArticle } from './matching/article-fields.ts';
import { type FeedLabels, labelsOf } from './matching/feed-labels.ts';
import { mayConcern } from './matching/feed-scope.ts';
import { QueryError } from './matching/query.ts';
import type { Feed } from './model/feed.ts';
import type { Match, Watch } from './model/watch.ts';
import { visibleTo } from './store/subscriptions.ts';
import { CONFIG_WORKSPACE } from './store/watches.ts';
import type { WatchList } from './watch-list.ts';

/** The workspace that a channel belongs to, or null while its platform has never said. */
export type WorkspaceOf = (channel: string) => string | null;

/** A channel's platform has not said yet where it belongs; it will. */
export class UnknownWorkspaceError extends Error {
  override name = 'UnknownWorkspaceError';
}

/**
 * Which channels may learn of a feed's articles: everybody's when the file (or an import) follows it, else those of
 * the workspaces that do. A watch of the file may alert in any workspace, so its channels are looked up; the test
 * throws for one whose platform has not answered yet, because "no" would lose an alert.
 */
export function readersOf(
  feed: Feed,
  watches: Iterable<Watch>,
  workspaceOf: WorkspaceOf,
): (channel: string) => boolean {
  const workspaces = new Set(feed.subscriptions.map((one) => one.workspace));
  if (workspaces.has(CONFIG_WORKSPACE)) return () => true;
  const readers = new Set(feed.subscriptions.flatMap((one) => one.channels));
  const unknown = new Set<string>();
  for (const { channel, workspace } of [...watches].flatMap((watch) => placesOf(watch, workspaceOf))) {
    if (workspace === null) unknown.add(channel);
    else if (workspaces.has(workspace)) readers.add(channel);
  }
  return (channel) => {
    if (readers.has(channel) || !unknown.has(channel)) return readers.has(channel);
    throw new UnknownWorkspaceError(
      `it is not known yet which workspace ${channel} belongs to: its platform has not answered`,
    );
  };
}

/** The channels of a watch, each with its workspace as far as that is known. */
function placesOf({ channels, workspace }: Watch, workspaceOf: WorkspaceOf) {
  const isFromFile = workspace === CONFIG_WORKSPACE;
  return channels.map((channel) => ({ channel, workspace: isFromFile ? workspaceOf(channel) : workspace }));
}

/** The channels that miss something while the feed is not read. Throws like readersOf. */
export function dependants(feed: Feed, watches: Watch[], workspaceOf: WorkspaceOf): Set<string> {
  const mayRead = readersOf(feed, watches, workspaceOf);
  const labels = labelsFor(feed);
  const concerned = watches.filter((watch) => isConcerned(watch, labels(watch.workspace)));
  const asking = [...feed.subscriptions, ...concerned].flatMap((one) => one.channels);
  return new Set(asking.filter(mayRead));
}

/** A query that only an older version understood finds nothing, in this feed or another. */
function isConcerned({ query }: Watch, labels: FeedLabels): boolean {
  try {
    return mayConcern(query, labels);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return false;
  }
}

/** What the watches of each workspace may call a feed in `feed:`; the same object for the same workspace. */
export function labelsFor(feed: Feed): (workspace: string) => FeedLabels {
  const known = new Map<string, FeedLabels>();
  return (workspace) => {
    const labels = known.get(workspace) ?? labelsOf(feed, visibleTo(workspace, feed));
    known.set(workspace, labels);
    return labels;
  };
}

/** The matches of watches that may learn of the article somewhere. */
export function readableMatches(
  matches: readonly Match[],
  mayRead: (channel: string) => boolean,
  watchList: WatchList,
): Match[] {
  return matches.filter(({ watchId }) => watchList.watch(watchId)?.channels.some(mayRead));
}

/** Which watches make a channel hear of an article, and what in it are other names of what they ask for. */
export interface Wanted {
  watches: string[];
  aliases: string[];
  /** When each of them wants to be told; the feed's own channels at once. */
  tellings: (string | null)[];
}

/** Which channels must hear of an article; a feed's own channels get every new one. */
export function wantedChannels(
  article: ReadArticle,
  matches: readonly Match[],
  {
    feed,
    isNew,
    mayRead,
    labels,
    watchList,
  }: {
    feed: Feed;
    isNew: boolean;
    mayRead: (channel: string) => boolean;
    labels: (workspace: string) => FeedLabels;
    watchList: WatchList;
  },
): Map<string, Wanted> {
  const own = isNew ? feed.subscriptions.flatMap(({ channels }) => channels) : [];
  const wanted = new Map(
    own.map((channel): [string, Wanted] => [channel, { watches: [], aliases: [], tellings: [null] }]),
  );
  for (const { watchId } of matches) {
    const { name = '', channels = [], telling = null } = watchList.watch(watchId) ?? {};
    const readers = new Set(channels.filter(mayRead));
    const aliases = readers.size === 0 ? [] : watchList.aliases(watchId, article, labels);
    for (const channel of readers) {
      const before = wanted.get(channel) ?? { watches: [], aliases: [], tellings: [] };
      wanted.set(channel, {
        watches: [...new Set([...before.watches, name])].sort(),
        aliases: [...new Set([...before.aliases, ...aliases])],
        tellings: [...before.tellings, telling],
      });
    }
  }
  return wanted;
}
