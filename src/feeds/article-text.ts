import type { FeedItem } from '../model/article.ts';
import { htmlToText } from '../text/html.ts';
import { visible } from '../text/visible.ts';

/** Some 15,000 words: longer texts are transcripts, and matching costs by length. */
const MAX_BODY_CHARS = 100_000;
/** Publishers' headlines stay below 300; the limit is against bodies that stand in the title. */
const MAX_TITLE_CHARS = 500;
/** How much of the body stands in for a missing title. */
const STAND_IN_CHARS = 100;

/**
 * The clean text of an item: its title on one line, a blank line and the body as paragraphs. Every span of a
 * match or a fact is an offset into `text`. Both are empty when the item says nothing.
 */
export function articleText(item: FeedItem): { title: string; text: string } {
  const body = capped(visible(htmlToText(item.html)).trim());
  const title = shortened(oneLine(item.title), MAX_TITLE_CHARS) || shortened(oneLine(body), STAND_IN_CHARS);
  const rest = withoutTitle(body, title);
  return { title, text: rest === '' ? title : `${title}\n\n${rest}` };
}

/** The body of a text that begins with its title. */
export function bodyOf({ title, text }: { title: string; text: string }): string {
  return text.slice(title.length).trim();
}

function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).trim();
}

/** Cut at the end of a word. */
function shortened(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const space = text.lastIndexOf(' ', maxChars);
  return wellCut(text, space > maxChars / 2 ? space : maxChars);
}

/** Cut at the end of a paragraph, or of a word when a paragraph is that long. */
function capped(body: string): string {
  if (body.length <= MAX_BODY_CHARS) return body;
  const paragraph = body.lastIndexOf('\n\n', MAX_BODY_CHARS);
  return paragraph > 0 ? body.slice(0, paragraph).trimEnd() : shortened(body, MAX_BODY_CHARS);
}

/** Never between the halves of a surrogate pair. */
function wellCut(text: string, end: number): string {
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return text.slice(0, isHalf ? end - 1 : end).trimEnd();
}

/** Many bodies begin with their title; it goes only where it ends there, not where it opens a longer sentence. */
function withoutTitle(body: string, title: string): string {
  if (title === '' || !body.startsWith(title)) return body;
  const rest = body.slice(title.length);
  const boundary = /^(?:$|\s*\n|[.!?…](?=\s|$))/.exec(rest);
  return boundary ? rest.slice(boundary[0].length).trim() : body;
}
