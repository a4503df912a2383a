import type { FeedItem } from '../model/article.ts';
import { FeedError } from './feed-error.ts';
import { attributeOf, baseOf, firstText, httpUrl, type RawElement, type RawFeed } from './raw-element.ts';
import { authorOf, linkOf, readItem, titleOf } from './read-item.ts';
import { isJson, readJsonFeed } from './read-json-feed.ts';
import { readWithFeedsmith } from './read-with-feedsmith.ts';
import { readWithRssParser } from './read-with-rss-parser.ts';
import { type PreparedXml, prepareXml } from './xml-prepare.ts';

/** What a feed's document says. */
export interface ParsedFeed {
  title: string | null;
  /** The site that the feed belongs to: an absolute http(s) address, or null. */
  link: string | null;
  /** ISO 639-1, or null. */
  language: string | null;
  /** How often the publisher says that it is worth looking again, in milliseconds; null when it does not say. */
  intervalHintMs: number | null;
  items: FeedItem[];
  /**
   * The document broke off early: `items` are those that were complete, the others come with a later poll. Its
   * validators must not be stored, or the next answer is 304 and they never come.
   */
  isCutOff: boolean;
}

/**
 * Twice this is more than any news feed holds. From longer archives the first and the last so many items are
 * read: the news is at one of the ends, and the rest of what is read stays the same from poll to poll.
 */
const MAX_ITEMS_AT_EACH_END = 1000;

/** Reads RSS 0.9x to 2.0, RDF, Atom or JSON Feed; `url` resolves its relative links. Throws FeedError. */
export async function readFeed(text: string, url: string): Promise<ParsedFeed> {
  if (isJson(text)) return { ...described(await readJsonFeed(text), url), isCutOff: false };
  const prepared = prepareXml(text);
  const base = httpUrl(prepared.base, url) ?? url;
  return { ...described(await rawFeedOf(text, prepared), base), isCutOff: prepared.isCutOff };
}

/** By the second parser where the first one fails or does not find every item. */
async function rawFeedOf(text: string, prepared: PreparedXml): Promise<RawFeed> {
  const first = await readWithRssParser(prepared).catch((cause: unknown) => ({ items: [], cause }));
  if (!('cause' in first) && first.items.length >= prepared.itemCount) return first;
  const second = await readWithFeedsmith(text).catch(() => null);
  if (second && second.items.length > first.items.length) return second;
  if (!('cause' in first)) return first;
  const what = 'the document is damaged so that no items can be read from it';
  const remedy = 'tell the publisher; it is tried again later';
  throw new FeedError({ kind: 'broken', what, remedy }, { cause: first.cause });
}

/** `rootBase` is what the document's root resolves links against. */
function described({ feed, items, isAtom }: RawFeed, rootBase: string): Omit<ParsedFeed, 'isCutOff'> {
  // Atom's feed element is the root; RSS's channel is inside.
  const base = isAtom ? rootBase : baseOf(feed, rootBase);
  const context = { base, isAtom, author: isAtom ? authorOf(feed) : null };
  return {
    title: titleOf(feed, isAtom) || null,
    link: linkOf(feed, context.base),
    language: languageOf(feed),
    intervalHintMs: intervalHintOf(feed),
    items: bothEnds(items).map((item) => readItem(item, context)),
  };
}

function bothEnds(items: RawElement[]): RawElement[] {
  if (items.length <= 2 * MAX_ITEMS_AT_EACH_END) return items;
  return [...items.slice(0, MAX_ITEMS_AT_EACH_END), ...items.slice(-MAX_ITEMS_AT_EACH_END)];
}

function languageOf(feed: RawElement): string | null {
  const tag = firstText(feed, ['language', 'dc:language']) || attributeOf(feed, 'xml:lang') || '';
  return /^([a-z]{2})(?:[-_]|$)/i.exec(tag)?.[1]?.toLowerCase() ?? null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** https://web.resource.org/rss/1.0/modules/syndication/ */
const PERIODS_MS = new Map([
  ['hourly', HOUR_MS],
  ['daily', DAY_MS],
  ['weekly', 7 * DAY_MS],
]);

/** RSS's ttl, in minutes, or the syndication module's period; what is under a minute or over a week is no hint. */
function intervalHintOf(feed: RawElement): number | null {
  const ttl = Number(firstText(feed, ['ttl'])) * 60_000;
  const period = PERIODS_MS.get(firstText(feed, ['sy:updateperiod']).toLowerCase());
  const times = Number(firstText(feed, ['sy:updatefrequency']) || 1);
  const hint = ttl || (period ?? 0) / times;
  return hint >= 60_000 && hint <= 7 * DAY_MS ? Math.round(hint) : null;
}
