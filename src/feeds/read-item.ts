import type { FeedItem } from '../model/article.ts';
import { visible } from '../text/visible.ts';
import { parseDate } from './dates.ts';
import { plainTitle } from './plain-title.ts';
import {
  attributeOf,
  baseOf,
  childOf,
  childrenOf,
  escapeHtml,
  firstText,
  httpUrl,
  type RawElement,
  textOf,
} from './raw-element.ts';
import { imageOf } from './read-image.ts';

/** What an item inherits from its document. */
export interface ItemContext {
  /** The address that relative links are resolved against. */
  base: string;
  isAtom: boolean;
  /** Who wrote the items that name nobody, or null (RFC 4287, 4.2.1; JSON Feed says the same). */
  author: string | null;
}

const TITLES = ['title', 'atom:title', 'media:title', 'dc:title', 'itunes:title'];
/** The richest first. */
const CONTENTS = ['content:encoded', 'content', 'atom:content', 'xhtml:body', 'body'];
const SUMMARIES = [
  'description',
  'summary',
  'atom:summary',
  'media:description',
  'itunes:summary',
  'dc:description',
];
const PUBLISHED = [
  'pubdate',
  'published',
  'atom:published',
  'dc:date',
  'issued',
  'dcterms:issued',
  'created',
  'dcterms:created',
];
const UPDATED = ['updated', 'atom:updated', 'modified', 'dcterms:modified'];
const AUTHORS = ['author', 'dc:creator', 'atom:author', 'itunes:author'];
const CATEGORIES = ['category', 'dc:subject', 'atom:category'];
/** Some publishers list every word of their taxonomy. */
const MAX_CATEGORIES = 100;
const LINKS = ['link', 'atom:link'];
const OTHERS = ['guid', 'id', 'enclosure', 'itunes:image', 'media:content', 'media:thumbnail', 'media:group'];

/** The children of an item that `readItem` looks at. */
export const ITEM_FIELDS = [
  ...[TITLES, CONTENTS, SUMMARIES, PUBLISHED, UPDATED, AUTHORS, CATEGORIES, LINKS, OTHERS].flat(),
];

/** One item of any format: what it says, with its links absolute and its title plain. */
export function readItem(raw: RawElement, context: ItemContext): FeedItem {
  const base = baseOf(raw, context.base);
  const { html, summary } = bodiesOf(raw, context.isAtom);
  const guid = firstText(raw, ['guid', 'id']) || attributeOf(raw, 'rdf:about') || null;
  const updatedAt = dateOf(raw, UPDATED);
  return {
    guid: guid === null ? null : visible(guid),
    link: linkOf(raw, base) ?? permalinkOf(raw),
    title: titleOf(raw, context.isAtom),
    html,
    summary,
    // Readers are shown the one date that there is.
    publishedAt: dateOf(raw, PUBLISHED) ?? updatedAt,
    updatedAt,
    author: authorOf(raw) ?? context.author,
    imageUrl: imageOf(raw, html + summary, base),
    categories: categoriesOf(raw),
  };
}

/** A title element as plain text: Atom's is text unless it says otherwise, RSS's is markup. */
export function titleOf(raw: RawElement, isAtom: boolean): string {
  for (const name of TITLES) {
    for (const title of childrenOf(raw, name)) {
      const type = attributeOf(title, 'type') ?? (isAtom ? 'text' : 'html');
      const plain = visible(plainTitle(textOf(title), type !== 'text' && type !== 'text/plain'));
      if (plain !== '') return plain;
    }
  }
  return '';
}

/** The longer one is the body: some publishers put a teaser where the content belongs. */
function bodiesOf(raw: RawElement, isAtom: boolean): { html: string; summary: string } {
  const content = bodyOf(raw, CONTENTS, isAtom);
  const summary = bodyOf(raw, SUMMARIES, isAtom);
  if (summary.length > content.length) return { html: summary, summary: content };
  return { html: content, summary: summary === content ? '' : summary };
}

function bodyOf(raw: RawElement, names: string[], isAtom: boolean): string {
  for (const holder of [raw, ...childrenOf(raw, 'media:group')]) {
    for (const name of names) {
      for (const body of childrenOf(holder, name)) {
        const html = htmlOf(body, isAtom && !name.includes(':'));
        if (html !== '') return html;
      }
    }
  }
  return '';
}

/** Markup that shows a "text" to be HTML after all: publishers forget the type. */
const HTML_AFTER_ALL =
  /<\/?(?:a|b|blockquote|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|table|ul)(?:\s[^<>]*)?\/?>/i;

function htmlOf(body: RawElement, isAtomText: boolean): string {
  const text = textOf(body);
  const type = attributeOf(body, 'type')?.toLowerCase() ?? (isAtomText ? 'text' : 'html');
  if (attributeOf(body, 'mode') === 'base64' || /^(?:image|audio|video)\//.test(type)) return '';
  const isPlain = type === 'text' || type === 'text/plain' || type === 'plain';
  return isPlain && !HTML_AFTER_ALL.test(text) ? escapeHtml(text) : text;
}

/** The page that a feed or an item stands for: an absolute http(s) address, or null. */
export function linkOf(raw: RawElement, base: string): string | null {
  const links = LINKS.flatMap((name) => childrenOf(raw, name));
  const pages = links.filter((link) => (attributeOf(link, 'rel') ?? 'alternate') === 'alternate');
  const readable = pages.filter((link) => /html|^$/.test(attributeOf(link, 'type') ?? ''));
  for (const link of [...readable, ...pages]) {
    const url = httpUrl(attributeOf(link, 'href') ?? textOf(link), baseOf(link, base));
    if (url !== null) return url;
  }
  return null;
}

/** An id that is an address stands in for a missing link, unless it says that it is none. */
function permalinkOf(raw: RawElement): string | null {
  const guid = childOf(raw, 'guid') ?? childOf(raw, 'id');
  const candidates = [textOf(guid), attributeOf(raw, 'rdf:about') ?? ''];
  if (attributeOf(guid, 'ispermalink')?.toLowerCase() === 'false') candidates.shift();
  const found = candidates.find((candidate) => /^https?:\/\//i.test(candidate));
  return found === undefined ? null : httpUrl(found, found);
}

function dateOf(raw: RawElement, names: string[]): number | null {
  for (const name of names) {
    for (const element of childrenOf(raw, name)) {
      const date = parseDate(textOf(element));
      if (date !== null) return date;
    }
  }
  return null;
}

/** The people that an item or a feed names, or null. */
export function authorOf(raw: RawElement): string | null {
  for (const name of AUTHORS) {
    const names = childrenOf(raw, name).map(personName);
    const distinct = [...new Set(names)].filter((person) => person !== '');
    if (distinct.length > 0) return distinct.join(', ');
  }
  return null;
}

/** Atom's name element, or RSS's "mail@example.org (Jane Doe)" and "Jane Doe <mail@example.org>". */
function personName(element: RawElement): string {
  const text = firstText(element, ['name', 'atom:name', 'email', 'atom:email']) || textOf(element);
  const line = text.replace(/\s+/g, ' ');
  const name = /^[^\s@]+@[^\s@]+ \(([^()]+)\)$/.exec(line)?.[1] ?? line.replace(/ <[^\s<>@]+@[^\s<>]+>$/, '');
  return visible(plainTitle(name, true));
}

function categoriesOf(raw: RawElement): string[] {
  const elements = CATEGORIES.flatMap((name) => childrenOf(raw, name)).slice(0, MAX_CATEGORIES);
  const names = elements.map((element) => {
    const name = attributeOf(element, 'label') || attributeOf(element, 'term') || textOf(element);
    return plainTitle(name, true);
  });
  return [...new Set(names)].filter((name) => name !== '');
}
