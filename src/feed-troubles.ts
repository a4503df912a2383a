import { dependants, type WorkspaceOf } from './audience.ts';
import type { Feed } from './model/feed.ts';
import type { Line, Reply } from './model/rich-text.ts';
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
 * read again: one notice a channel, however many feeds. Resolves to how many channels were told.
 */
export async function tellTroubles({ store, workspaceOf, now }: TroubleDeps): Promise<number> {
  const troubles = await store.feeds.troubles(now() - PATIENCE_MS);
  if (troubles.length === 0) return 0;
  const watches = await store.watches.list(null);
  const byChannel = new Map<string, { failing: Feed[]; mended: Feed[] }>();
  for (const { feed, toldAt } of troubles) {
    for (const channel of dependants(feed, watches, workspaceOf)) {
      const told = byChannel.get(channel) ?? { failing: [], mended: [] };
      (toldAt === null ? told.failing : told.mended).push(feed);
      byChannel.set(channel, told);
    }
  }
  const ids = (isTold: boolean) =>
    troubles.filter(({ toldAt }) => (toldAt !== null) === isTold).map(({ feed }) => feed.id);
  await store.transaction(async (tables) => {
    for (const [channel, { failing, mended }] of byChannel) {
      await tables.deliveries.notify(channel, notice(failing, mended, now()), now());
    }
    await tables.feeds.told(ids(false), now());
    await tables.feeds.told(ids(true), null);
  });
  return byChannel.size;
}

function notice(failing: Feed[], mended: Feed[], now: number): Reply {
  const buttons = failing
    .filter(({ isGone, subscriptions }) => isGone && subscriptions.every((one) => one.origin !== 'config'))
    .slice(0, 5)
    .map((feed) => ({
      label: `Stop following ${feed.name ?? feed.url}`.slice(0, 80),
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
  return { text: feed.name ?? new URL(feed.url).host, style: 'bold' };
}
