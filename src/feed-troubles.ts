import { dependants, UnknownWorkspaceError, type WorkspaceOf } from './audience.ts';
import { nameOf } from './chat/commands/feeds/address.ts';
import type { Feed } from './model/feed.ts';
import type { Line, Reply } from './model/rich-text.ts';
import type { Watch } from './model/watch.ts';
import type { HeldItem } from './store/held-items.ts';
import type { Store } from './store/store.ts';

/** How long a feed may fail before its channels are told: most trouble passes by itself. */
const PATIENCE_MS = 6 * 3_600_000;

/** More feeds than these are counted, not listed. */
const LISTED = 10;

interface TroubleDeps {
  store: Store;
  workspaceOf: WorkspaceOf;
  now: () => number;
}

/**
 * Tells the channels that depend on them which feeds have failed for six hours or are gone for good, and which can be
 * read again: one notice a channel, however many feeds, and one process, however many there are. Resolves to how many
 * channels were told.
 */
export async function tellTroubles({ store, workspaceOf, now }: TroubleDeps): Promise<number> {
  if ((await store.feeds.troubles(now() - PATIENCE_MS)).length === 0) return 0;
  return store.exclusive(async (tables) => {
    const troubles = await tables.feeds.troubles(now() - PATIENCE_MS);
    const watches = await tables.watches.list(null);
    const known = troubles.map((trouble) => ({
      ...trouble,
      channels: knownDependants(trouble.feed, watches, workspaceOf),
    }));
    const settled = known.filter(({ channels }) => channels !== null);
    const failing = settled.filter(({ toldAt }) => toldAt === null);
    const mended = settled.filter(({ toldAt }) => toldAt !== null);
    const channels = new Set(settled.flatMap((trouble) => [...(trouble.channels ?? [])]));
    for (const channel of channels) {
      const here = (list: typeof settled) =>
        list.filter((trouble) => trouble.channels?.has(channel)).map(({ feed }) => feed);
      await tables.deliveries.notify(channel, notice(here(failing), here(mended), now()), now());
    }
    await tables.feeds.told(
      failing.map(({ feed }) => feed.id),
      now(),
    );
    await tables.feeds.told(
      mended.map(({ feed }) => feed.id),
      null,
    );
    return channels.size;
  });
}

/**
 * Asks the channels that depend on a feed about what the sanity breaker holds of it, once. Resolves to how many channels
 * were asked; a feed on which none depends is asked about when one does.
 */
export async function askAboutHeld({ store, workspaceOf, now }: TroubleDeps): Promise<number> {
  if ((await store.heldItems.unasked()).length === 0) return 0;
  return store.exclusive(async (tables) => {
    let asked = 0;
    for (const feedId of await tables.heldItems.unasked()) {
      const feed = await tables.feeds.get(feedId);
      if (feed === null) continue;
      const channels = knownDependants(feed, await tables.watches.list(null), workspaceOf);
      if (channels === null || channels.size === 0) continue;
      const held = await tables.heldItems.of(feedId);
      for (const channel of channels) await tables.deliveries.notify(channel, question(feed, held), now());
      await tables.heldItems.asked(feedId);
      asked += channels.size;
    }
    return asked;
  });
}

/** Null while a platform has not said where a channel belongs: the feed gets its turn when it has. */
function knownDependants(feed: Feed, watches: Watch[], workspaceOf: WorkspaceOf): Set<string> | null {
  try {
    return dependants(feed, watches, workspaceOf);
  } catch (error) {
    if (!(error instanceof UnknownWorkspaceError)) throw error;
    return null;
  }
}

function question(feed: Feed, held: HeldItem[]): Reply {
  const open = held.filter(({ state }) => state === 'unasked' || state === 'waiting');
  const looks = `shows ${open.length} items under new ids that look like articles that I know, or are old, such as “${open[0]?.item.title}”`;
  return {
    lines: [[named(feed), ` suddenly ${looks}. I hold them until somebody decides.`]],
    buttons: [
      { label: 'Post them', command: `feeds held post ${feed.id}` },
      { label: 'Discard them', command: `feeds held discard ${feed.id}` },
      { label: 'Take as new baseline', command: `feeds held baseline ${feed.id}` },
    ],
  };
}

function notice(failing: Feed[], mended: Feed[], now: number): Reply {
  const buttons = failing
    .filter(({ isGone, subscriptions }) => isGone && subscriptions.every((one) => one.origin !== 'config'))
    .slice(0, 5)
    .map((feed) => ({
      label: `Stop following ${nameOf(feed)}`.slice(0, 80),
      command: `feeds remove ${feed.id}`,
    }));
  return {
    lines: [
      ...listed(failing, (feed) => failure(feed, now)),
      ...listed(mended, (feed) => [named(feed), ' can be read again.']),
    ],
    buttons,
  };
}

function listed(feeds: Feed[], line: (feed: Feed) => Line): Line[] {
  const more = feeds.length - LISTED;
  return [...feeds.slice(0, LISTED).map(line), ...(more > 0 ? [[`… and ${more} more.`]] : [])];
}

function failure(feed: Feed, now: number): Line {
  if (feed.isGone) return [named(feed), ` is not polled any more: ${feed.lastError ?? 'it is gone.'}`];
  const hours = Math.round((now - (feed.failingSince ?? now)) / 3_600_000);
  const since = `has not been read for ${hours} hours, so its news is missing here`;
  return [named(feed), ` ${since}: ${feed.lastError ?? 'no reason is known.'} It is tried again by itself.`];
}

function named(feed: Feed): Line[number] {
  return { text: nameOf(feed), style: 'bold' };
}
