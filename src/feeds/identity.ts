import { createHash } from 'node:crypto';
import type { FeedItem } from '../model/article.ts';

/** Parameters that say where a reader came from, never which page: the same article has them or has not. */
const TRACKING = new RegExp(
  `^(?:${[
    'utm_\\w+',
    'at_(?:medium|campaign|custom\\w*|link_\\w+|ptr_name|format|bbc_team)',
    'fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh',
    'mc_[ce]id|mkt_tok|_hs(?:enc|mi)|_ga|_gl|wt_mc|xtor|cmpid',
    'ns_(?:campaign|mchannel|source|linkname|fee)',
    'smid|ocid|ito|maca|traffic_source|guccounter|guce_\\w+',
  ].join('|')})$`,
  'i',
);
/** Whatever the parameter is called: `partner=rss`, `ref=feed`. */
const CAME_BY_FEED = /^(?:rss|feed)s?$/i;

/**
 * A link as it is compared, never to be shown or fetched: https, host in lower case, no default port, fragment,
 * tracking parameters or trailing slash, parameters in order. What is no http(s) address comes back trimmed.
 */
export function canonicalLink(link: string): string {
  const url = URL.parse(link.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return link.trim();
  // URL has dropped the default port of the old scheme already; a site that moves to https keeps its articles.
  url.protocol = 'https:';
  url.hash = '';
  url.username = '';
  url.password = '';
  for (const [name, value] of [...url.searchParams]) {
    if (TRACKING.test(name) || CAME_BY_FEED.test(value)) url.searchParams.delete(name);
  }
  url.searchParams.sort();
  const path = url.pathname.replace(/\/+$/, '');
  return `https://${url.host}${path}${url.search}`;
}

/**
 * What tells an item from others of its feed, strongest first: `guid:…`, `link:…`, `title:…|day`, and `words:…`, its
 * title whatever the day, which decides nothing by itself. An item with none of them has `text:…`. An article keeps
 * every key that any of its readings had, so that it stays known when one of them changes.
 */
export function itemKeys(item: FeedItem): string[] {
  const keys = [guidKey(item), linkKey(item), titleKey(item), wordsKey(item)].filter((key) => key !== null);
  return keys.length > 0 ? keys : [textKey(item)];
}

/**
 * The keys of the items of one document without those that tell nothing there: a guid on items with other links and
 * other titles, and, where there is no guid, a link on items with other titles. They are some program's constant.
 */
export function tellingKeys(keysOfItems: readonly string[][]): string[][] {
  const constants = new Set([
    ...sharedKeys(keysOfItems, 'guid:', ['link:', 'title:']),
    ...sharedKeys(
      keysOfItems.filter((keys) => keyOf(keys, 'guid:') === null),
      'link:',
      ['title:'],
    ),
  ]);
  return keysOfItems.map((keys) => keys.filter((key) => !constants.has(key)));
}

function sharedKeys(keysOfItems: readonly string[][], kind: KeyKind, others: KeyKind[]): string[] {
  const holders = new Map<string, string[][]>();
  for (const keys of keysOfItems) {
    const key = keyOf(keys, kind);
    if (key !== null) holders.set(key, [...(holders.get(key) ?? []), keys]);
  }
  const differ = (lists: string[][]) =>
    others.every((other) => new Set(lists.map((keys) => keyOf(keys, other))).size > 1);
  return [...holders].filter(([, lists]) => lists.length > 1 && differ(lists)).map(([key]) => key);
}

/** What an unknown item shares with an article in `known`, its link or its title, though that makes it no other reading; or null. */
export function resemblance(keys: readonly string[], known: Map<string, string>): string | null {
  return (
    (['link:', 'words:'] as const).map((kind) => keyOf(keys, kind)).find((key) => lookUp(known, key)) ?? null
  );
}

/**
 * The id of the article that the item with these keys is another reading of, or null when it is new. `known` gives
 * the article of each key of the same feed. A known guid decides. An unknown guid is a new article unless link and
 * title both are of one that we know: publishers re-issue guids, and file several stories under one address. Without
 * a guid the link decides, or, where that is the site itself, title and day.
 */
export function knownArticle(keys: readonly string[], known: Map<string, string>): string | null {
  const of = (kind: KeyKind) => lookUp(known, keyOf(keys, kind));
  const byGuid = of('guid:');
  if (byGuid !== null) return byGuid;
  if (keyOf(keys, 'guid:') !== null) return of('link:') === of('title:') ? of('link:') : null;
  return keyOf(keys, 'link:') === null ? (of('title:') ?? of('text:')) : of('link:');
}

type KeyKind = 'guid:' | 'link:' | 'title:' | 'words:' | 'text:';

function keyOf(keys: readonly string[], kind: KeyKind): string | null {
  return keys.find((key) => key.startsWith(kind)) ?? null;
}

function lookUp(known: Map<string, string>, key: string | null): string | null {
  return (key !== null && known.get(key)) || null;
}

function guidKey({ guid }: FeedItem): string | null {
  if (guid === null || guid.trim() === '') return null;
  const url = URL.parse(guid.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return `guid:${guid.trim()}`;
  if (isSite(url)) return null;
  return `guid:${canonicalLink(guid)}${isCounter(url.hash) ? '' : url.hash}`;
}

/** "#0", "#1": some publishers count the revisions of an article there (BBC). Other fragments name a part of a page. */
function isCounter(fragment: string): boolean {
  return /^#?\d{0,2}$/.test(fragment);
}

function linkKey({ link }: FeedItem): string | null {
  if (link === null) return null;
  const url = URL.parse(link);
  return url && isSite(url) ? null : `link:${canonicalLink(link)}`;
}

/** The front page of a site is no article: items that point there have nothing but their titles. */
function isSite(url: URL): boolean {
  return /^\/*$/.test(url.pathname) && url.search === '';
}

function titleKey(item: FeedItem): string | null {
  const words = titleWords(item);
  if (words === null) return null;
  // "Morning briefing" is another article every day.
  const day = item.publishedAt === null ? '' : new Date(item.publishedAt).toISOString().slice(0, 10);
  return `title:${words}|${day}`;
}

function wordsKey(item: FeedItem): string | null {
  const words = titleWords(item);
  return words && `words:${words}`;
}

function textKey({ title, html }: FeedItem): string {
  return `text:${createHash('sha256').update(`${title}\n${html}`).digest('base64url')}`;
}

function titleWords({ title }: FeedItem): string | null {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return words || null;
}
