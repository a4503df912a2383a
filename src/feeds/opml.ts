import { visible } from '../text/visible.ts';
import { FeedError } from './feed-error.ts';
import { type Attributes, readTags } from './markup-tags.ts';

/** A feed as readers exchange it. */
export interface OutlinedFeed {
  /** Absolute http(s) address. */
  url: string;
  title: string | null;
  group: string | null;
}

/** Nobody has more; a file that does is no list of feeds. */
const MAX_FEEDS = 20_000;
const MAX_TITLE_CHARS = 200;

/**
 * The feeds of an OPML 1.0 or 2.0 file in order, each once, in the nearest named outline around it or else its
 * first category. Damaged and cut-off files give what they have. Throws FeedError 'broken' when there is no feed.
 */
export function readOpml(text: string): OutlinedFeed[] {
  const feeds = new Map<string, OutlinedFeed>();
  /** The groups of the open outlines: a feed that holds others, for want of its end, names none. */
  const groups: (string | null)[] = [];
  let outlines = 0;
  readTags(
    text,
    {
      open: (name, attributes) => {
        if (name !== 'outline') return;
        outlines += 1;
        const around = groups.at(-1) ?? null;
        const url = addressOf(attributes);
        groups.push(url === null ? (titleOf(attributes) ?? around) : around);
        if (url === null || feeds.has(url) || feeds.size >= MAX_FEEDS) return;
        feeds.set(url, { url, title: titleOf(attributes), group: around ?? categoryOf(attributes) });
      },
      close: (name) => {
        if (name === 'outline') groups.pop();
      },
    },
    { isXml: true },
  );
  if (feeds.size > 0) return [...feeds.values()];
  const what = outlines > 0 ? 'the OPML file names no feeds' : 'the file is not OPML';
  throw new FeedError({ kind: 'broken', what, remedy: 'export your feeds from your reader as OPML' });
}

/** Null for an outline that is a group, or whose address is none that can be polled. */
function addressOf(attributes: Attributes): string | null {
  const written = attributes.get('xmlurl') ?? (isFeedLink(attributes) ? attributes.get('url') : undefined);
  const url = URL.parse(written?.trim().replace(/^feed:(?:\/\/)?(?=https?:)/i, '') ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Some old readers wrote the address so. */
function isFeedLink(attributes: Attributes): boolean {
  return /^(?:rss|atom)$/i.test(attributes.get('type') ?? '');
}

function titleOf(attributes: Attributes): string | null {
  return shown(attributes.get('text') ?? '') ?? shown(attributes.get('title') ?? '');
}

/** OPML 2.0: categories are separated by commas, their levels by slashes. */
function categoryOf(attributes: Attributes): string | null {
  return shown(
    attributes
      .get('category')
      ?.split(',')[0]
      ?.replace(/^\s*\//, '') ?? '',
  );
}

function shown(text: string): string | null {
  return visible(text.replace(/\s+/g, ' ')).trim().slice(0, MAX_TITLE_CHARS).toWellFormed() || null;
}

/** An OPML 2.0 file that readOpml and other readers take: groups first, in order of appearance. */
export function writeOpml({ title, feeds }: { title: string; feeds: readonly OutlinedFeed[] }): string {
  const groups = Map.groupBy(feeds, ({ group }) => group);
  const outlines = [...groups].flatMap(([group, members]) => {
    const lines = members.map(feedOutline);
    return group === null
      ? lines
      : [`<outline text="${escaped(group)}">`, ...lines.map((line) => `  ${line}`), '</outline>'];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escaped(title)}</title></head>`,
    '  <body>',
    ...outlines.map((line) => `    ${line}`),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

/** OPML 2.0 asks for the text of every outline. */
function feedOutline({ url, title }: OutlinedFeed): string {
  const name = escaped(title ?? new URL(url).host);
  return `<outline type="rss" text="${name}" title="${name}" xmlUrl="${escaped(url)}"/>`;
}

function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
