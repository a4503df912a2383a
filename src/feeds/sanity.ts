import type { FeedItem } from '../model/article.ts';
import { knownArticle, resemblance } from './identity.ts';

/** A feed that has shown fewer articles says nothing about its habits yet. */
export const MIN_KNOWN = 8;

/** A share of new ids above which a document is suspected: usual polls bring a few new items among known ones. */
const MAX_SUSPECT_SHARE = 0.5;

/** Fewer old titles or links than these are no migration. */
const MIN_EVIDENCE = 4;

/** Publishers date items before they show them; an item that is older than this at the last good poll would have been there. */
const LATE_MS = 24 * 3_600_000;

/** What is known of the feed when its document arrives. */
export interface FeedPast {
  /** The articles of the items' keys: key -> article id. */
  known: Map<string, string>;
  /** How many articles of the feed are stored, as far as `MIN_KNOWN`. */
  articles: number;
  /** When the last good poll was, milliseconds UTC; null when there was none. */
  lastOkAt: number | null;
}

/**
 * The items of a document that are old articles under new ids, by their strongest keys: more than half of it has ids
 * that we do not know but links, titles or dates that we do. Empty when the document is as usual. An item whose words
 * are new and that is not dated long before the last good poll is never among them, however many there are.
 */
export function suspects(items: { item: FeedItem; keys: string[] }[], past: FeedPast): Map<string, FeedItem> {
  const suspect = new Map<string, FeedItem>();
  if (past.articles < MIN_KNOWN) return suspect;
  const evidence = new Set<string>();
  for (const { item, keys } of items) {
    const [strongest] = keys;
    if (strongest === undefined || knownArticle(keys, past.known) !== null) continue;
    const known = resemblance(keys, past.known) ?? (isOld(item, past) ? strongest : null);
    if (known === null) continue;
    suspect.set(strongest, item);
    evidence.add(known);
  }
  // "Morning briefing" is a new article every day: titles that recur are one reason, however many items have them.
  const isSuspect = evidence.size >= MIN_EVIDENCE && evidence.size > items.length * MAX_SUSPECT_SHARE;
  return isSuspect ? suspect : new Map();
}

/** Published so long before the last good poll that it would have been there. */
function isOld({ publishedAt }: FeedItem, { lastOkAt }: FeedPast): boolean {
  return publishedAt !== null && lastOkAt !== null && publishedAt < lastOkAt - LATE_MS;
}
