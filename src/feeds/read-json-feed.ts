import type { JsonFeed } from 'feedsmith';
import { FeedError, type FeedFault } from './feed-error.ts';
import { leafOf, parentOf, type RawElement, type RawFeed } from './raw-element.ts';
import { MAX_ITEMS } from './xml-prepare.ts';

/** Whatever its Content-Type says: no XML begins with a brace. */
export function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

/** Reads a JSON Feed of any version (https://www.jsonfeed.org/version/1.1/). Throws FeedError. */
export async function readJsonFeed(text: string): Promise<RawFeed> {
  const feed = await parsed(jsonFeedIn(text));
  return {
    feed: parentOf({
      title: [leafOf(feed.title)],
      link: [leafOf(undefined, { href: feed.home_page_url })],
      language: [leafOf(feed.language)],
      author: peopleOf(feed),
    }),
    items: (feed.items ?? []).map(elementOf),
    isAtom: true,
  };
}

function jsonFeedIn(text: string): object {
  if (hasTooMany(text)) throw new FeedError(TOO_MANY);
  let json: Record<string, unknown> | undefined;
  try {
    json = JSON.parse(text, withoutTraps);
  } catch (cause) {
    throw new FeedError(DAMAGED, { cause });
  }
  if (!json || !Array.isArray(json.items)) throw new FeedError(NO_FEED);
  // feedsmith refuses the versions that it does not know; they have the same fields.
  return { ...json, version: 'https://jsonfeed.org/version/1.1', items: json.items.slice(0, MAX_ITEMS) };
}

/**
 * Three million empty objects (9 MB) end the whole process: a thread's limit of memory is looked at too seldom for
 * JSON.parse. Two million were answered; an item has a few.
 */
const MAX_OBJECTS = 1_500_000;

function hasTooMany(text: string): boolean {
  let count = 0;
  for (let index = 0; index < text.length && count <= MAX_OBJECTS; index += 1) {
    const code = text.charCodeAt(index);
    // "{" and "["
    if (code === 0x7b || code === 0x5b) count += 1;
  }
  return count > MAX_OBJECTS;
}

const TRAPS = new Set(['length', '__proto__', 'constructor']);
/** JSON Feed has 20 at most, and feedsmith goes through all of them for each that is missing. */
const MAX_KEYS = 100;

/** feedsmith takes an object with a `length` for an array that long, and one with a `constructor` for no object. */
function withoutTraps(key: string, value: unknown): unknown {
  if (TRAPS.has(key)) return undefined;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(value).length > MAX_KEYS ? undefined : value;
}

async function parsed(json: object): Promise<JsonFeed.Feed<string>> {
  // Most processes never meet one, so an idle process is the smaller for it.
  const { parseJsonFeed } = await import('feedsmith');
  try {
    return parseJsonFeed(json);
  } catch (cause) {
    throw new FeedError(NO_FEED, { cause });
  }
}

function elementOf(item: JsonFeed.Item<string>): RawElement {
  const enclosures = item.attachments?.map(({ url, mime_type: type }) => leafOf(undefined, { url, type }));
  return parentOf({
    id: [leafOf(item.id)],
    link: [leafOf(undefined, { href: item.url ?? item.external_url })],
    title: [leafOf(item.title, { type: 'text' })],
    content: [leafOf(item.content_html, { type: 'html' }), leafOf(item.content_text, { type: 'text' })],
    summary: [leafOf(item.summary, { type: 'text' })],
    published: [leafOf(item.date_published)],
    updated: [leafOf(item.date_modified)],
    author: peopleOf(item),
    category: item.tags?.map((tag) => leafOf(tag)),
    enclosure: enclosures,
    'media:thumbnail': [item.image, item.banner_image].map((url) => leafOf(undefined, { url })),
  });
}

function peopleOf({ authors = [] }: { authors?: JsonFeed.Author[] }): RawElement[] {
  return authors.map(({ name }) => leafOf(name));
}

const NO_FEED: FeedFault = {
  kind: 'not-a-feed',
  what: 'the document is JSON, but no JSON Feed',
  remedy: 'look for the address of a feed on the site, often called RSS',
};

const TOO_MANY: FeedFault = {
  kind: 'too-large',
  what: 'the document has more items than any feed',
  remedy: 'use a smaller feed of this site',
};

const DAMAGED: FeedFault = {
  kind: 'broken',
  what: 'the document begins like JSON and is damaged or breaks off',
  remedy: 'tell the publisher; it is tried again later',
};
