/**
 * An element as rss-parser hands it over: a string when it has text only, else an object with `_` for its text,
 * `$` for its attributes and an array for each `raw:` child.
 */
export type RawElement = unknown;

/** A document as a parser reads it: its items are found, and every field is still as published. */
export interface RawFeed {
  /** The channel or the feed element. */
  feed: RawElement;
  items: RawElement[];
  /** A title or body without a type is text; else it is markup. */
  isAtom: boolean;
}

/** Every element but the few that rss-parser must see is renamed so: then its own reading can't spoil it. */
export const RAW = 'raw:';

/** An element of that text and those attributes; undefined when there is nothing in it. */
export function leafOf(text?: string, attributes: Record<string, string | undefined> = {}): RawElement {
  const hasAttributes = Object.values(attributes).some((value) => value !== undefined);
  return text === undefined && !hasAttributes ? undefined : { _: text, $: attributes };
}

/** An element of those children, each a list of which undefined ones are left out. */
export function parentOf(
  children: Record<string, RawElement[] | undefined>,
  attributes: Record<string, string | undefined> = {},
): RawElement {
  const raw: Record<string, unknown> = { $: attributes };
  for (const [name, elements] of Object.entries(children)) {
    raw[RAW + name] = elements?.filter((element) => element !== undefined);
  }
  return raw;
}

function property(element: RawElement, key: string): unknown {
  if (typeof element !== 'object' || element === null || !Object.hasOwn(element, key)) return undefined;
  return (element as Record<string, unknown>)[key];
}
/** The children of that name, in order. */
export function childrenOf(element: RawElement, name: string): RawElement[] {
  const children = property(element, RAW + name);
  return Array.isArray(children) ? children : [];
}

/** The first child of that name, or undefined. */
export function childOf(element: RawElement, name: string): RawElement {
  return childrenOf(element, name)[0];
}

/** The element's own text, trimmed; empty when it has none. */
export function textOf(element: RawElement): string {
  const text = typeof element === 'string' ? element : property(element, '_');
  return typeof text === 'string' ? text.trim() : '';
}

/** The attribute's value, trimmed, or null. */
export function attributeOf(element: RawElement, name: string): string | null {
  const value = property(property(element, '$'), name);
  return typeof value === 'string' ? value.trim() : null;
}

/** The first of `names` that has text, as text; empty when none has. */
export function firstText(element: RawElement, names: readonly string[]): string {
  for (const name of names) {
    for (const child of childrenOf(element, name)) {
      const text = textOf(child);
      if (text !== '') return text;
    }
  }
  return '';
}

/** Plain text as HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The absolute http(s) address that `link` means at `base`, or null: `javascript:` and `data:` are no links. */
export function httpUrl(link: string | null, base: string): string | null {
  if (link === null || link.trim() === '') return null;
  const url = URL.parse(link.trim(), base);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** `base` as the element's own xml:base changes it. */
export function baseOf(element: RawElement, base: string): string {
  return httpUrl(attributeOf(element, 'xml:base'), base) ?? base;
}
