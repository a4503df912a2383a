/** The usual prefix of each namespace that feeds are made of, by its URI without protocol and last mark. */
const USUAL_PREFIXES: Readonly<Record<string, string>> = {
  'purl.org/rss/1.0': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'backend.userland.com/rss2': '',
  'www.w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'www.w3.org/1999/xhtml': 'xhtml',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/syndication': 'sy',
  'search.yahoo.com/mrss': 'media',
  'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
};

/** The prefixes that a document declares, each with the usual one of its namespace. */
export type Prefixes = Map<string, string>;

/** Adds the declarations of one tag (`xmlns:x="…"`); the first declaration of a prefix stays. */
export function addPrefixes(prefixes: Prefixes, tag: string): void {
  if (!/xmlns:/i.test(tag)) return;
  for (const [, prefix = '', uri = ''] of tag.matchAll(/xmlns:([\w.-]+)\s*=\s*["']([^"']*)["']/gi)) {
    const key = uri
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/[#/]$/, '');
    const usual = Object.hasOwn(USUAL_PREFIXES, key) ? USUAL_PREFIXES[key] : undefined;
    if (usual !== undefined && !prefixes.has(prefix.toLowerCase())) prefixes.set(prefix.toLowerCase(), usual);
  }
}

/**
 * The name that our code and rss-parser know an element or attribute by: lower case, with the usual prefix of
 * its namespace. In a document whose root is prefixed Atom, that prefix is dropped.
 */
export function usualName(name: string, prefixes: Prefixes, rootPrefix: string): string {
  const lower = name.toLowerCase();
  const colon = lower.indexOf(':');
  if (colon === -1) return lower;
  const prefix = lower.slice(0, colon);
  const local = lower.slice(colon + 1);
  if (prefix === rootPrefix && prefixes.get(prefix) === 'atom') return local;
  const usual = prefixes.get(prefix) ?? prefix;
  return usual === '' ? local : `${usual}:${local}`;
}
