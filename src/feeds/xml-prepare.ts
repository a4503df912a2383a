import { FeedError, type FeedFault } from './feed-error.ts';
import { escapeHtml } from './raw-element.ts';
import { addPrefixes, type Prefixes, usualName } from './xml-names.ts';
import { type Tag, tagsOf } from './xml-scan.ts';

/** A feed's XML, made fit for rss-parser. */
export interface PreparedXml {
  /** The root element alone, closed, with every text that holds markup as CDATA. */
  xml: string;
  root: 'rss' | 'rdf:rdf' | 'feed';
  /** Prefix of the root's own name in the document, or ''. */
  rootPrefix: string;
  prefixes: Prefixes;
  /** The document ended before its root did: these are the items that were complete. */
  isCutOff: boolean;
}

/** Elements whose content is a person's text: XHTML, or markup that somebody forgot to escape. */
const TEXTS = new Set([
  'title',
  'description',
  'summary',
  'content',
  'content:encoded',
  'subtitle',
  'tagline',
  'info',
  'copyright',
  'rights',
  'body',
  'xhtml:body',
  'media:title',
  'media:description',
  'itunes:summary',
]);

/**
 * Takes the root element of a feed out of whatever surrounds it. rss-parser loses the order of words in naked
 * markup, and never answers on an unclosed root: so such texts become CDATA, and a document that was cut off
 * ends after its last complete item. Throws FeedError 'empty', 'not-a-feed' or 'broken'.
 */
export function prepareXml(text: string): PreparedXml {
  const state: State = {
    text,
    root: null,
    rootPrefix: '',
    prefixes: new Map(),
    open: [],
    construct: null,
    pieces: [],
    copied: 0,
    lastItem: null,
    isPage: /^\s*<!doctype html\b/i.test(text),
  };
  for (const tag of tagsOf(text)) {
    if (addTag(state, tag)) return finished(state, tag.end, []);
  }
  if (!state.root) throw new FeedError(rootless(state));
  if (!state.lastItem) throw new FeedError(CUT_OFF);
  const { end, closers, pieceCount, copied } = state.lastItem;
  const pieces = state.pieces.slice(0, pieceCount);
  return { ...finished({ ...state, pieces, copied }, end, closers), isCutOff: true };
}

interface State {
  text: string;
  root: PreparedXml['root'] | null;
  rootPrefix: string;
  prefixes: Prefixes;
  /** Written names of the open root and channel elements. */
  open: string[];
  construct: { name: string; depth: number; start: number; hasMarkup: boolean } | null;
  /** The prepared document up to `copied`. */
  pieces: string[];
  copied: number;
  /** How things stood after the last complete item. */
  lastItem: { end: number; closers: string[]; pieceCount: number; copied: number } | null;
  /** Tags of a web page came before any root. */
  isPage: boolean;
}

/** Returns true when the tag closes the root. */
function addTag(state: State, tag: Tag): boolean {
  if (!state.root) return openRoot(state, tag);
  if (state.construct) addInsideText(state, state.construct, tag);
  else if (tag.kind !== 'stray') return addStructure(state, tag);
  return false;
}

/** Servers print warnings in front of a feed, or a web page around it, so other tags are passed over. */
function openRoot(state: State, tag: Tag): boolean {
  if (tag.kind !== 'open' && tag.kind !== 'empty') return false;
  const written = state.text.slice(tag.start, tag.end);
  const prefix = tag.name.includes(':') ? tag.name.slice(0, tag.name.indexOf(':')) : '';
  const prefixes: Prefixes = new Map();
  addPrefixes(prefixes, written);
  const root = usualName(tag.name, prefixes, prefix);
  const isRoot = root === 'rss' || root === 'rdf:rdf' || root === 'feed';
  // A page that is about feeds may hold the bare tag.
  if (!isRoot || (state.isPage && !/\s(?:xmlns|version)/i.test(written))) {
    state.isPage ||= PAGE.has(root);
    return false;
  }
  Object.assign(state, { root, prefixes, rootPrefix: prefix, open: [tag.name], copied: tag.start });
  return tag.kind === 'empty';
}

function addStructure(state: State, tag: Tag): boolean {
  const name = usualName(tag.name, state.prefixes, state.rootPrefix);
  if (tag.kind === 'close') return closeStructure(state, tag, name);
  addPrefixes(state.prefixes, state.text.slice(tag.start, tag.end));
  if (tag.kind === 'empty') return false;
  if (TEXTS.has(name)) state.construct = { name: tag.name, depth: 1, start: tag.end, hasMarkup: false };
  else if (name === 'channel' || tag.name === state.open[0]) state.open.push(tag.name);
  return false;
}

function closeStructure(state: State, tag: Tag, name: string): boolean {
  if (name === 'item' || name === 'entry') {
    const closers = state.open.toReversed().map((open) => `</${open}>`);
    state.lastItem = { end: tag.end, closers, pieceCount: state.pieces.length, copied: state.copied };
  } else if (tag.name === state.open.at(-1)) state.open.pop();
  else if (tag.name === state.open[0]) state.open = [];
  return state.open.length === 0;
}

function addInsideText(state: State, construct: NonNullable<State['construct']>, tag: Tag): void {
  const local = tag.name.slice(tag.name.indexOf(':') + 1);
  if (tag.kind === 'open') addPrefixes(state.prefixes, state.text.slice(tag.start, tag.end));
  if (tag.kind === 'close' && (local === 'item' || local === 'entry')) {
    // The text was never closed; its item is.
    state.construct = null;
    addStructure(state, tag);
  } else if (tag.name !== construct.name) construct.hasMarkup = true;
  else if (tag.kind === 'open') construct.depth += 1;
  else if (tag.kind === 'close') {
    construct.depth -= 1;
    if (construct.depth === 0) closeText(state, construct, tag);
  }
}

function closeText(state: State, construct: NonNullable<State['construct']>, tag: Tag): void {
  state.construct = null;
  if (!construct.hasMarkup) return;
  const inner = asHtml(state, state.text.slice(construct.start, tag.start));
  const cdata = `<![CDATA[${inner.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  state.pieces.push(state.text.slice(state.copied, construct.start), cdata);
  state.copied = tag.start;
}

/** Naked markup as HTML. CDATA in XHTML is text; in RSS it is markup, as everything escaped is. */
function asHtml({ root, prefixes }: State, markup: string): string {
  const html = markup.replace(/<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g, (_, content: string) =>
    root === 'feed' ? escapeHtml(content) : content,
  );
  return html.replace(/(<\/?)([\w.-]+):(?=[a-z])/gi, (all, opening: string, prefix: string) =>
    prefixes.get(prefix.toLowerCase()) === 'xhtml' ? opening : all,
  );
}

function finished(state: State, end: number, closers: string[]): PreparedXml {
  const { root, rootPrefix, prefixes, pieces, copied, text } = state;
  const xml = [...pieces, text.slice(copied, end), ...closers].join('');
  return { xml, root: root ?? 'rss', rootPrefix, prefixes, isCutOff: false };
}

const ASK = 'look for the address of a feed on the site, often called RSS';

const CUT_OFF: FeedFault = {
  kind: 'broken',
  what: 'the document breaks off before its first item is complete',
  remedy: 'it is tried again later',
};

function rootless({ text, isPage }: State): FeedFault {
  if (text.trim() === '') {
    return { kind: 'empty', what: 'the document is empty', remedy: 'it is tried again later' };
  }
  const what = isPage
    ? 'the address gives a web page, not a feed'
    : 'the document is neither RSS nor Atom nor RDF';
  return { kind: 'not-a-feed', what, remedy: ASK };
}

const PAGE = new Set(['html', 'head', 'body']);
