import { FeedError } from './feeds/feed-error.ts';
import { checkedUrl } from './feeds/guard.ts';
import { canonicalLink } from './feeds/identity.ts';
import { readOpml } from './feeds/opml.ts';
import type { Subscription } from './model/feed.ts';
import type { Vault } from './ops/vault.ts';
import { loginHeaders, sealHeaders } from './sealed-headers.ts';
import type { Store } from './store/store.ts';
import { visibleTo } from './store/subscriptions.ts';

/** Who asks for the feeds of a list. */
export interface Importer {
  workspace: string;
  person: string | null;
  origin: Subscription['origin'];
}

/** How many feeds of a list are new to the workspace, and how many it has already. */
export interface Imported {
  added: number;
  known: number;
}

/**
 * Follows the feeds of an OPML document, all or none; each one's first poll is its baseline, so nothing is posted.
 * Throws FeedError when it is no list.
 */
export async function importFeeds(
  opml: string,
  { workspace, person, origin }: Importer,
  { store, vault, now }: { store: Store; vault: Vault; now: () => number },
): Promise<Imported> {
  const listed = readOpml(opml);
  return store.exclusive(async (tables) => {
    const feeds = (await tables.feeds.list()).filter((feed) => visibleTo(workspace, feed).length > 0);
    const known = new Set(feeds.flatMap(({ url, address }) => [canonicalLink(url), canonicalLink(address)]));
    let added = 0;
    for (const { url, title, group } of listed) {
      const target = targetOf(url);
      if (target === null || known.has(canonicalLink(target.url))) continue;
      known.add(canonicalLink(target.url));
      const credentials = sealHeaders(target.headers, vault);
      const owner = credentials === null ? '' : workspace;
      const feedId = await tables.subscriptions.feedAt({ url: target.url, owner, credentials }, now());
      const follow = { feedId, workspace, name: title, channels: [], group, fullText: true, origin };
      await tables.subscriptions.put({ ...follow, createdBy: person }, now());
      added += 1;
    }
    return { added, known: listed.length - added };
  });
}

/** The address without user and password, which go into a header; null for what is no web address. */
function targetOf(address: string): { url: string; headers: Record<string, string> } | null {
  try {
    const target = checkedUrl(address);
    return { url: target.url.href, headers: loginHeaders(target) };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return null;
  }
}
