import RssParser from 'rss-parser';
import type { FeedItem } from '../model/article.ts';
import { FeedError } from './feed-error.ts';
import { attributeOf, baseOf, firstText, RAW, type RawElement } from './raw-element.ts';
import { ITEM_FIELDS, readItem, titleOf } from './read-item.ts';
import { usualName } from './xml-names.ts';
import { type PreparedXml, prepareXml } from './xml-prepare.ts';

/** What a feed's document says. */
export interface ParsedFeed {
  title: string | null;
  /** ISO 639-1, or null. */
  language: string | null;
  items: FeedItem[];
  /**
   * The document broke off early: `items` are those that were complete, the others come with a later poll. Its
   * validators must not be stored, or the next answer is 304 and they never come.
   */
  isCutOff: boolean;
}

/** Reads RSS 0.9x to 2.0, RDF or Atom; `url` resolves its relative links. Throws FeedError. */
export async function readFeed(text: string, url: string): Promise<ParsedFeed> {
  const prepared = prepareXml(text);
  const feed: RawElement & { items: RawElement[] } = await parsed(prepared);
  const isAtom = prepared.root === 'feed';
  const context = { base: baseOf(feed, url), isAtom };
  return {
    title: titleOf(feed, isAtom) || null,
    language: languageOf(feed),
    items: feed.items.map((item) => readItem(item, context)),
    isCutOff: prepared.isCutOff,
  };
}

/** rss-parser recognises these itself; it must not see another element under its own name. */
const STRUCTURE: Readonly<Record<string, string>> = {
  rss: 'rss',
  'rdf:rdf': 'rdf:RDF',
  channel: 'channel',
  item: 'item',
  feed: 'feed',
  entry: 'entry',
};

const FEED_FIELDS = ['title', 'atom:title', 'dc:title', 'language', 'dc:language'];

/**
 * rss-parser decides the format and finds the items; their fields come through untouched. Left to itself it
 * shifts dates with the server's zone, lets one bad Atom date lose the feed, and runs snippet patterns that take
 * more than 15 s for 100 kB of "<". A new Parser per document, since a failed one fails on every later document.
 */
async function parsed(prepared: PreparedXml): Promise<RawElement & { items: RawElement[] }> {
  const usual = (name: string) => usualName(name, prepared.prefixes, prepared.rootPrefix);
  const tagName = (name: string) => {
    const known = usual(name);
    return Object.hasOwn(STRUCTURE, known) ? (STRUCTURE[known] ?? known) : RAW + known;
  };
  const parser = new RssParser<Record<string, unknown>, Record<string, unknown>>({
    defaultRSS: 2,
    xml2js: {
      strict: false,
      tagNameProcessors: [tagName],
      attrNameProcessors: [usual],
      // It trips over an empty item and an empty channel that are undefined.
      emptyTag: () => ({}),
    },
    // Its types know names only, though feeds take the same triples as items.
    customFields: { feed: untouched(FEED_FIELDS) as never[], item: untouched(ITEM_FIELDS) },
  });
  try {
    // It parses at once, but its promise never settles when the root is not closed. prepareXml closes every one
    // that we know of; the race is for the others.
    return await Promise.race([parser.parseString(prepared.xml), nextTurn()]);
  } catch (cause) {
    const what = 'the document is damaged so that no items can be read from it';
    throw new FeedError(
      { kind: 'broken', what, remedy: 'tell the publisher; it is tried again later' },
      { cause },
    );
  }
}

function untouched(names: string[]): [string, string, { keepArray: true }][] {
  const raw = names.map((name) => RAW + name);
  return ['$', ...raw].map((name) => [name, name, { keepArray: true }]);
}

function nextTurn(): Promise<never> {
  return new Promise((_, reject) => {
    setImmediate(() => reject(new Error('rss-parser gave no answer')));
  });
}

function languageOf(feed: RawElement): string | null {
  const tag = firstText(feed, ['language', 'dc:language']) || attributeOf(feed, 'xml:lang') || '';
  return /^([a-z]{2})(?:[-_]|$)/i.exec(tag)?.[1]?.toLowerCase() ?? null;
}
