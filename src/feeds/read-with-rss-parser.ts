import RssParser from 'rss-parser';
import { RAW, type RawElement, type RawFeed } from './raw-element.ts';
import { ITEM_FIELDS } from './read-item.ts';
import { usualName } from './xml-names.ts';
import type { PreparedXml } from './xml-prepare.ts';

/** The children of a feed or channel that `readFeed` looks at. */
const FEED_FIELDS = [
  ...['title', 'atom:title', 'dc:title', 'language', 'dc:language', 'link', 'atom:link'],
  ...['author', 'ttl', 'sy:updateperiod', 'sy:updatefrequency'],
];

/** rss-parser recognises these itself; it must not see another element under its own name. */
const STRUCTURE = new Set(['channel', 'item', 'feed', 'entry']);
const ROOTS = new Set(['rss', 'rdf:rdf']);

/** Its types know names only, though feeds take the same triples as items. */
const CUSTOM_FIELDS = { feed: untouched(FEED_FIELDS) as never[], item: untouched(ITEM_FIELDS) };

/**
 * rss-parser decides the format and finds the items; their fields come through untouched. Left to itself it
 * shifts dates with the server's zone, lets one bad Atom date lose the feed, and runs snippet patterns that take
 * more than 15 s for 100 kB of "<". A new Parser per document, since a failed one fails on every later document.
 * Throws what rss-parser throws.
 */
export async function readWithRssParser(prepared: PreparedXml): Promise<RawFeed> {
  const usual = once((name) => usualName(name, prepared.prefixes, prepared.rootPrefix));
  const parser = new RssParser<Record<string, unknown>, Record<string, unknown>>({
    defaultRSS: 2,
    xml2js: {
      strict: false,
      tagNameProcessors: [once((name) => seenName(usual(name), prepared.hasItemsInChannel))],
      attrNameProcessors: [usual],
      valueProcessors: [prepared.textOf],
      // It trips over an empty item and an empty channel that are undefined.
      emptyTag: () => ({}),
    },
    customFields: CUSTOM_FIELDS,
  });
  // It parses at once, but its promise never settles when the root is not closed. prepareXml closes every one
  // that we know of; the race is for the others.
  const feed: RawElement & { items: RawElement[] } = await Promise.race([
    parser.parseString(prepared.xml),
    nextTurn(),
  ]);
  return { feed, items: feed.items, isAtom: prepared.root === 'feed' };
}

/** The name that rss-parser is to see an element under. */
function seenName(usual: string, hasItemsInChannel: boolean): string {
  // Whatever the root is called: rss-parser looks for the items inside the channel of RSS and beside that of RDF.
  if (ROOTS.has(usual)) return hasItemsInChannel ? 'rss' : 'rdf:RDF';
  return STRUCTURE.has(usual) ? usual : RAW + usual;
}

/** A document has few names, each of them thousands of times. */
function once(name: (written: string) => string): (written: string) => string {
  const names = new Map<string, string>();
  return (written) => {
    const known = names.get(written);
    if (known !== undefined) return known;
    const made = name(written);
    names.set(written, made);
    return made;
  };
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
