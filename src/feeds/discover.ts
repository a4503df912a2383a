import { type Attributes, readTags } from './markup-tags.ts';

/** A feed that a web page names. */
export interface DiscoveredFeed {
  /** Absolute http(s) address. */
  url: string;
  /** What the page calls it, or null. */
  title: string | null;
  kind: 'rss' | 'atom' | 'json' | null;
}

/** Pages of podcast directories name hundreds; nobody reads a longer list. */
const MAX_FEEDS = 20;
const MAX_TITLE_CHARS = 120;
const MAX_ADDRESS_CHARS = 2000;

const KINDS: Readonly<Record<string, DiscoveredFeed['kind']>> = {
  'application/rss+xml': 'rss',
  'application/rdf+xml': 'rss',
  'application/x-rss+xml': 'rss',
  'text/rss+xml': 'rss',
  'application/xml': 'rss',
  'text/xml': 'rss',
  'application/atom+xml': 'atom',
  'application/feed+json': 'json',
};

/** How the paths end that publishers give their feeds. */
const FEED_PATH = /\.(?:rss|atom|rdf)$|(?:^|[/._-])(?:rss|atom|feeds?)[/._-]?(?:xml|json|2(?:\.0)?)?\/?$/i;
/** What an XML file's path has further in front. One pattern for both would be quadratic. */
const FEED_FOLDER = /(?:^|[/._-])(?:rss|atom|feeds?)[/._-]/i;
const FEED_WORDS =
  /^(?:rss|atom|xml|(?:rss|atom|web|news)[ -]?feeds?|feeds?|rss 2\.0|subscribe (?:via|by|with) rss)$/i;
/** Every WordPress page names the feed of its comments too. */
const COMMENTS = /\bcomments?\b|\bcommentaires\b|\bkommentar|\bcomentarios\b/i;

/**
 * The feeds that a web page names, best first: those of its head, then links that look like feeds, and feeds of
 * comments last; without repetition, 20 at most. `url` is the page's own address. Linear.
 */
export function discoverFeeds(html: string, url: string): DiscoveredFeed[] {
  const page: Page = { base: url, declared: [], linked: [], anchor: null };
  readTags(html, {
    open: (name, attributes) => addTag(page, name, attributes),
    close: (name) => {
      if (name === 'a') closeAnchor(page);
    },
    text: (words) => {
      if (page.anchor && page.anchor.text.length < MAX_TITLE_CHARS) page.anchor.text += words;
    },
  });
  closeAnchor(page);
  const isComments = (feed: DiscoveredFeed) => COMMENTS.test(`${feed.url} ${feed.title ?? ''}`);
  const feeds = distinct([...page.declared, ...page.linked], url);
  return [...feeds.filter((feed) => !isComments(feed)), ...feeds.filter(isComments)].slice(0, MAX_FEEDS);
}

interface Page {
  /** What relative addresses are relative to. */
  base: string;
  declared: DiscoveredFeed[];
  linked: DiscoveredFeed[];
  anchor: { href: string; title: string; text: string } | null;
}

function addTag(page: Page, name: string, attributes: Attributes): void {
  const href = attributes.get('href') ?? '';
  if (name === 'base') page.base = webUrl(href, page.base) ?? page.base;
  else if (name === 'link') addLink(page, href, attributes);
  else if (name === 'a') {
    closeAnchor(page);
    page.anchor = { href, title: attributes.get('title') ?? '', text: '' };
  } else if (name === 'img' && page.anchor) page.anchor.text += attributes.get('alt') ?? '';
}

function addLink(page: Page, href: string, attributes: Attributes): void {
  const url = webUrl(href, page.base);
  const kind = url === null ? undefined : declaredKind(url, attributes);
  if (url === null || kind === undefined) return;
  page.declared.push({ url, title: shownTitle(attributes.get('title') ?? ''), kind });
}

/** Undefined for a `<link>` that names no feed. */
function declaredKind(url: string, attributes: Attributes): DiscoveredFeed['kind'] | undefined {
  const relations = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
  const type = (attributes.get('type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (relations.includes('feed')) return KINDS[type] ?? null;
  if (!relations.includes('alternate') || relations.includes('stylesheet')) return undefined;
  // WordPress gives each page's raw data the type of JSON as well.
  if (type === 'application/json') return /feed/i.test(new URL(url).pathname) ? 'json' : undefined;
  return KINDS[type];
}

function closeAnchor(page: Page): void {
  const { anchor } = page;
  page.anchor = null;
  if (!anchor) return;
  const url = webUrl(anchor.href, page.base);
  if (url === null) return;
  const words = shownTitle(anchor.text) ?? shownTitle(anchor.title);
  const { pathname } = new URL(url);
  if (!isFeedPath(pathname) && !FEED_WORDS.test(words ?? '')) return;
  page.linked.push({ url, title: words, kind: kindOfPath(pathname) });
}

function isFeedPath(path: string): boolean {
  return FEED_PATH.test(path) || (/\.xml$/i.test(path) && FEED_FOLDER.test(path));
}

function kindOfPath(path: string): DiscoveredFeed['kind'] {
  if (/json\/?$/i.test(path)) return 'json';
  if (/atom/i.test(path)) return 'atom';
  return /rss|rdf/i.test(path) ? 'rss' : null;
}

function distinct(feeds: DiscoveredFeed[], pageUrl: string): DiscoveredFeed[] {
  const byUrl = new Map<string, DiscoveredFeed>();
  for (const feed of feeds) if (!byUrl.has(feed.url)) byUrl.set(feed.url, feed);
  byUrl.delete(pageUrl);
  return [...byUrl.values()];
}

/** `feed:` was how browsers once handed feeds to readers. */
function webUrl(href: string, base: string): string | null {
  const address = href
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:/i, 'http:');
  if (address === '' || address.startsWith('#') || address.length > MAX_ADDRESS_CHARS) return null;
  const url = URL.parse(address, base);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  return url.href;
}

function shownTitle(text: string): string | null {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_CHARS).toWellFormed() || null;
}
