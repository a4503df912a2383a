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
 * title whatever the day, which decides nothing by itself. An article keeps every key that any of its readings had,
 * so that it stays known when one of them changes.
 */
export function itemKeys(item: FeedItem): string[] {
  return [guidKey(item), linkKey(item), titleKey(item), wordsKey(item)].filter((key) => key !== null);
}

/** Whether an unknown item has the link or the title of an article in `known`, though that makes it no other reading. */
export function resembles(item: FeedItem, known: Map<string, string>): boolean {
  return lookUp(known, linkKey(item)) !== null || lookUp(known, wordsKey(item)) !== null;
}

/**
 * The id of the article that `item` is another reading of, or null when it is new. `known` gives the article of
 * each key of the same feed. A known guid decides. An unknown guid is a new article unless link and title both
 * are of one that we know: publishers re-issue guids, and file several stories under one address. Without a guid
 * the link decides, or, where that is the site itself, title and day.
 */
export function knownArticle(item: FeedItem, known: Map<string, string>): string | null {
  const guid = guidKey(item);
  const byGuid = lookUp(known, guid);
  if (byGuid !== null) return byGuid;
  const link = linkKey(item);
  const byLink = lookUp(known, link);
  const byTitle = lookUp(known, titleKey(item));
  if (guid !== null) return byLink === byTitle ? byLink : null;
  return link === null ? byTitle : byLink;
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

function titleWords({ title }: FeedItem): string | null {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return words || null;
}
