import { Readability } from '@mozilla/readability';
import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { visible } from '../text/visible.ts';
import { type DiscoveredFeed, discoverFeeds } from './discover.ts';
import { articleOrNull, MIN_ARTICLE_CHARS } from './poor-text.ts';
import { articleBodies } from './structured-data.ts';

/** What a web page says. */
export interface PageText {
  title: string | null;
  /** The article as plain text in paragraphs; null when the page has none, or a wall before it. */
  text: string | null;
  feeds: DiscoveredFeed[];
}

/** As for the text of a feed: longer ones are transcripts, and matching costs by length. */
const MAX_TEXT_CHARS = 100_000;

/** Reads a page; no script of it runs. `url` is its own address, for the feeds it names. */
export function readPage(html: string, url: string): PageText {
  const extracted = isTooHeavy(html) ? null : extract(html);
  const texts = [extracted?.content ?? '', ...articleBodies(html).map(asHtml)].map(articleOrNull);
  const longest = texts.reduce((best, text) => ((text?.length ?? 0) > (best?.length ?? 0) ? text : best));
  return {
    title: extracted?.title?.trim() || null,
    text: longest === null ? null : visible(longest).slice(0, MAX_TEXT_CHARS).trim().toWellFormed(),
    feeds: discoverFeeds(html, url),
  };
}

/** Readability's time grows with the square of the depth (1,000 levels: 6 s); pages have some 40. */
const MAX_DEPTH = 100;
/** Ten times as many as a page should have; 25,000 took 2 to 10 s. */
const MAX_ELEMENTS = 15_000;
/**
 * Elements, attributes, comments and pieces of text. linkedom makes an object of each, and "<" is a piece of its
 * own: 5 MB of them took the thread's memory so fast that the whole process ended.
 */
const MAX_NODES = 150_000;

/** Counts as linkedom's parser will, and stops where it is too much. */
function isTooHeavy(html: string): boolean {
  let depth = 0;
  let elements = 0;
  let nodes = 0;
  let isHeavy = false;
  const add = (count: number) => {
    nodes += count;
    isHeavy ||= nodes > MAX_NODES || elements > MAX_ELEMENTS || depth > MAX_DEPTH;
    if (isHeavy) parser.pause();
  };
  const parser = new Parser({
    onopentag: (_, attributes) => {
      elements += 1;
      depth += 1;
      add(1 + Object.keys(attributes).length);
    },
    onclosetag: () => {
      depth -= 1;
    },
    ontext: () => add(1),
    oncomment: () => add(1),
  });
  parser.write(html);
  if (!isHeavy) parser.end();
  return isHeavy;
}

/** Null when Readability finds nothing or gives up. */
function extract(
  html: string,
): { title: string | null | undefined; content: string | null | undefined } | null {
  try {
    const { document } = parseHTML(wholeDocument(html));
    return new Readability(document, { charThreshold: MIN_ARTICLE_CHARS, disableJSONLD: true }).parse();
  } catch {
    return null;
  }
}

/** HTML may leave out its root and body, and linkedom does not put them in. */
function wholeDocument(html: string): string {
  const root = html.search(/<html[\s>]/i);
  return root !== -1 && /<body[\s>]/i.test(html)
    ? html.slice(root)
    : `<html><head></head><body>${html}</body></html>`;
}

/** Publishers write it as HTML or as text with a line for each paragraph. */
function asHtml(body: string): string {
  return /<\/?(?:p|br|div)\b/i.test(body) ? body : body.replaceAll('\n', '<br><br>');
}
