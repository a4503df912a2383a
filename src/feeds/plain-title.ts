import { Parser } from 'htmlparser2';

/** Many times what a headline has, with its markup; of three million references it took 9 s. */
const MAX_CHARS = 20_000;

/** Markup that appears in headlines; any other "<…>" is the publisher's text. */
const TAGS =
  /<\/?(?:a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]*)?\/?>/gi;
const BREAKS = /^<\/?(?:br|div|h[1-6]|p)\b/i;
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i;
/** HTML would read "&copy=2" as a reference too; in a headline it is part of an address. */
const BARE_AMPERSAND = new RegExp(`&(?!${REFERENCE.source.slice(1)})`, 'gi');

/**
 * A title as one line of plain text. `isHtml` says that it is written as markup and not text; publishers encode twice
 * so often that references still there afterwards are decoded once more.
 */
export function plainTitle(written: string, isHtml: boolean): string {
  const title = written.slice(0, MAX_CHARS);
  if (!/[<&]/.test(title)) return oneLine(title);
  const first = isHtml ? decodeReferences(withoutTags(title)) : title;
  const text = REFERENCE.test(first) ? decodeReferences(withoutTags(first)) : first;
  return oneLine(text);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function withoutTags(html: string): string {
  return html.replace(TAGS, (tag) => (BREAKS.test(tag) ? ' ' : ''));
}

/** Character references decoded as HTML does it; everything else is text. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  let decoded = '';
  const parser = new Parser({ ontext: (part) => (decoded += part) }, { decodeEntities: true });
  // A "<" that is left is text.
  parser.end(text.replaceAll(BARE_AMPERSAND, '&amp;').replaceAll('<', '&lt;'));
  return decoded;
}
