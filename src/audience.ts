import { type FeedLabels, labelsOf } from './matching/feed-labels.ts';
import type { Feed } from './model/feed.ts';
import type { Watch } from './model/watch.ts';
import { visibleTo } from './store/subscriptions.ts';
import { CONFIG_WORKSPACE } from './store/watches.ts';

/** The workspace that a channel belongs to, or null when its platform has not said yet. */
export type WorkspaceOf = (channel: string) => string | null;

/**
 * Which channels may learn of a feed's articles: everybody's when the file (or an import) follows it, else those of
 * the workspaces that do. A watch of the file may alert in any workspace, so its channels are looked up.
 */
export function readersOf(
  feed: Feed,
  watches: Iterable<Watch>,
  workspaceOf: WorkspaceOf,
): (channel: string) => boolean {
  const workspaces = new Set(feed.subscriptions.map((one) => one.workspace));
  if (workspaces.has(CONFIG_WORKSPACE)) return () => true;
  const readers = new Set(feed.subscriptions.flatMap((one) => one.channels));
  for (const watch of watches) {
    for (const channel of watch.channels) {
      const workspace = watch.workspace === CONFIG_WORKSPACE ? workspaceOf(channel) : watch.workspace;
      if (workspace !== null && workspaces.has(workspace)) readers.add(channel);
    }
  }
  return (channel) => readers.has(channel);
}

/** The channels that miss something while the feed is not read. */
export function dependants(feed: Feed, watches: Watch[], workspaceOf: WorkspaceOf): Set<string> {
  const mayRead = readersOf(feed, watches, workspaceOf);
  const asking = [...feed.subscriptions, ...watches].flatMap((one) => one.channels);
  return new Set(asking.filter(mayRead));
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
