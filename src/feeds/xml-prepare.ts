import { FeedError, type FeedFault } from './feed-error.ts';
import { readTags } from './markup-tags.ts';
import { escapeHtml } from './raw-element.ts';
import { addPrefixes, type Prefixes, usualName } from './xml-names.ts';
import { type Tag, tagsOf } from './xml-scan.ts';
import { xmlText } from './xml-text.ts';

/** A feed's XML, made fit for rss-parser. */
export interface PreparedXml {
  /** The root element alone, closed, with a placeholder for every person's text. */
  xml: string;
  /** The text that an element's content stands for: where it is a placeholder, the text behind that. */
  textOf: (content: string) => string;
  root: 'rss' | 'rdf:rdf' | 'feed';
  /** Prefix of the root's own name in the document, or ''. */
  rootPrefix: string;
  /** The root's own xml:base, as written, or null. */
  base: string | null;
  prefixes: Prefixes;
  itemCount: number;
  /** Where RSS has its items; RDF has them beside the channel. */
  hasItemsInChannel: boolean;
  /** The document ended before its root did: these are the items that were complete. */
  isCutOff: boolean;
}

/** Begins what stands for a text. Unicode promises that it is no character, so no document needs it. */
const PLACEHOLDER = '\uffff';
/** No archive comes near it; a million empty items would take more than 8 s. */
export const MAX_ITEMS = 20_000;

const ITEMS = new Set(['item', 'entry']);

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
 * markup, reads long texts character by character and never answers on an unclosed root: so texts are taken out,
 * and a document that was cut off ends after its last complete item. Throws FeedError 'empty', 'not-a-feed' or
 * 'broken'.
 */
export function prepareXml(document: string): PreparedXml {
  const text = document.replaceAll(PLACEHOLDER, '');
  const state: State = {
    text,
    root: null,
    rootPrefix: '',
    base: null,
    prefixes: new Map(),
    open: [],
    construct: null,
    texts: [],
    pieces: [],
    copied: 0,
    itemCount: 0,
    hasItemsInChannel: false,
    lastItem: null,
    other: /^\s*<!doctype html\b/i.test(text) ? PAGE : null,
  };
  for (const tag of tagsOf(text)) {
    if (addTag(state, tag)) return finished(state, tag.end, []);
    if (state.itemCount === MAX_ITEMS) return upToLastItem(state);
  }
  if (!state.root) throw new FeedError(rootless(state));
  return { ...upToLastItem(state), isCutOff: true };
}

interface State {
  text: string;
  root: PreparedXml['root'] | null;
  rootPrefix: string;
  base: string | null;
  prefixes: Prefixes;
  /** Written names of the open root and channel elements. */
  open: string[];
  construct: Construct | null;
  /** What the placeholders stand for. */
  texts: string[];
  /** The prepared document up to `copied`. */
  pieces: string[];
  copied: number;
  itemCount: number;
  hasItemsInChannel: boolean;
  /** How things stood after the last complete item. */
  lastItem: { end: number; closers: string[]; pieceCount: number; copied: number } | null;
  /** What the document is instead, when its first tags say so. */
  other: FeedFault | null;
}

/** A person's text that is open. */
interface Construct {
  name: string;
  depth: number;
  start: number;
  hasMarkup: boolean;
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
  if (!isRoot || (state.other && !/\s(?:xmlns|version)/i.test(written))) {
    state.other ??= OTHERS.get(root) ?? null;
    return false;
  }
  const base = baseIn(written);
  Object.assign(state, { root, prefixes, base, rootPrefix: prefix, open: [tag.name], copied: tag.start });
  return tag.kind === 'empty';
}

function baseIn(tag: string): string | null {
  let base: string | null = null;
  readTags(tag, { open: (_, attributes) => (base = attributes.get('xml:base') ?? null) });
  return base;
}

function addStructure(state: State, tag: Tag): boolean {
  const name = usualName(tag.name, state.prefixes, state.rootPrefix);
  if (tag.kind === 'close') return closeStructure(state, tag, name);
  addPrefixesOf(state, tag);
  if (tag.kind === 'empty') {
    if (ITEMS.has(name)) endItem(state, tag);
    return false;
  }
  if (TEXTS.has(name)) state.construct = { name: tag.name, depth: 1, start: tag.end, hasMarkup: false };
  else if (name === 'channel' || tag.name === state.open[0]) state.open.push(tag.name);
  return false;
}

function closeStructure(state: State, tag: Tag, name: string): boolean {
  if (ITEMS.has(name)) endItem(state, tag);
  else if (tag.name === state.open.at(-1)) state.open.pop();
  else if (tag.name === state.open[0]) state.open = [];
  return state.open.length === 0;
}

function endItem(state: State, { end }: Tag): void {
  const { open, pieces, copied } = state;
  state.itemCount += 1;
  state.hasItemsInChannel ||= open.length > 1;
  const closers = open.toReversed().map((name) => `</${name}>`);
  state.lastItem = { end, closers, pieceCount: pieces.length, copied };
}

/** Every tag but the text's own last one is markup; what is left without any has its sections closed. */
function addInsideText(state: State, construct: Construct, tag: Tag): void {
  const local = tag.name.slice(tag.name.indexOf(':') + 1);
  if (tag.kind === 'open') addPrefixesOf(state, tag);
  if (tag.kind === 'close' && ITEMS.has(local)) {
    // The text was never closed; its item is.
    state.construct = null;
    addStructure(state, tag);
    return;
  }
  if (tag.name === construct.name) construct.depth += DEPTH[tag.kind];
  if (construct.depth === 0) closeText(state, construct, tag);
  else construct.hasMarkup = true;
}

const DEPTH = { open: 1, close: -1, empty: 0, stray: 0 };

function closeText(state: State, construct: Construct, tag: Tag): void {
  state.construct = null;
  if (construct.start === tag.start) return;
  const content = state.text.slice(construct.start, tag.start);
  state.pieces.push(state.text.slice(state.copied, construct.start), PLACEHOLDER, String(state.texts.length));
  state.texts.push(construct.hasMarkup ? asHtml(state, content) : xmlText(content));
  state.copied = tag.start;
}

/** Few tags are long enough to declare one. */
function addPrefixesOf({ text, prefixes }: State, { name, start, end }: Tag): void {
  if (end - start > name.length + ' xmlns:'.length) addPrefixes(prefixes, text.slice(start, end));
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
  const { root, rootPrefix, base, prefixes, pieces, copied, text, texts, itemCount, hasItemsInChannel } =
    state;
  const xml = [...pieces, text.slice(copied, end), ...closers].join('');
  const textOf = (content: string) =>
    content.startsWith(PLACEHOLDER) ? (texts[Number(content.slice(1))] ?? content) : content;
  return {
    xml,
    textOf,
    root: root ?? 'rss',
    rootPrefix,
    base,
    prefixes,
    itemCount,
    hasItemsInChannel,
    isCutOff: false,
  };
}

function upToLastItem(state: State): PreparedXml {
  if (!state.lastItem) throw new FeedError(CUT_OFF);
  const { end, closers, pieceCount, copied } = state.lastItem;
  return finished({ ...state, pieces: state.pieces.slice(0, pieceCount), copied }, end, closers);
}

const ASK = 'look for the address of a feed on the site, often called RSS';

const CUT_OFF: FeedFault = {
  kind: 'broken',
  what: 'the document breaks off before its first item is complete',
  remedy: 'it is tried again later',
};

function rootless({ text, other }: State): FeedFault {
  if (text.trim() === '') {
    return { kind: 'empty', what: 'the document is empty', remedy: 'it is tried again later' };
  }
  return other ?? UNKNOWN;
}

const UNKNOWN: FeedFault = {
  kind: 'not-a-feed',
  what: 'the document is neither RSS nor Atom nor RDF nor JSON Feed',
  remedy: ASK,
};

const PAGE: FeedFault = {
  kind: 'not-a-feed',
  what: 'the address gives a web page, not a feed',
  remedy: ASK,
};

const OPML: FeedFault = {
  kind: 'not-a-feed',
  what: 'the document is a list of feeds (OPML), not a feed',
  remedy: 'give it to /feeds import',
};

/** By their roots. */
const OTHERS: ReadonlyMap<string, FeedFault> = new Map([
  ['html', PAGE],
  ['opml', OPML],
]);
