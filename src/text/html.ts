import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Elements whose text no reader takes for the article's own words. */
const DROPPED = new Set(
  `script style iframe figcaption noscript noembed noframes template svg math object audio video canvas select button
  textarea title`.split(/\s+/),
);
/** Elements whose text the tokenizer passes on undecoded: when one is never closed, its rest is no prose. */
const RAW = new Set('script style iframe noembed noframes textarea title'.split(' '));
const BLOCKS = new Set(
  `address article aside blockquote center dd details dialog div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6
  header hr main nav ol p pre section summary table tbody tfoot thead ul`.split(/\s+/),
);
const LINES = new Set(['li', 'tr', 'caption']);
const CELLS = new Set(['td', 'th']);

/** Controls, zero-width characters and directional overrides: nothing that a reader sees. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

const PROMOTION =
  /^(?:(?:read|see|watch|listen) (?:also|more|next|this)|also read|see also|read more on this story|more on this(?: story| topic)?|related(?: stories| story| articles?| coverage| content| news)?|recommended(?: stories| reading| for you)?|advertisements?|sponsored(?: content)?|continue reading(?: below)?|(?:article|story) continues (?:below|after)(?: (?:this )?advertisement)?|skip advertisement)(?: ?[:|»›→>–—].*|[.…!]*)$/iu;
const SYNDICATION = /^The post .+ (?:first appeared|appeared first) on .+$/u;
/** Longer paragraphs are prose, whatever they begin with. */
const PROMOTION_LENGTH = 250;

/** The text under construction: finished paragraphs, the finished lines of the open one, and its open line. */
interface Page {
  paragraphs: string[];
  lines: string[];
  line: string;
  /** `<br>` elements since the last visible text. */
  breaks: number;
}

/**
 * The words of an HTML document or fragment as plain text: paragraphs separated by a blank line, `<br>` and list
 * items on lines of their own, white space collapsed, captions, scripts and "Read also" paragraphs left out.
 * Takes any input, in linear time.
 */
export function htmlToText(html: string): string {
  const dropped = new Set(DROPPED);
  for (;;) {
    const page: Page = { paragraphs: [], lines: [], line: '', breaks: 0 };
    const unclosed = readInto(page, html, dropped);
    if (unclosed === null || RAW.has(unclosed)) return page.paragraphs.join('\n\n');
    // A caption that is never closed would swallow the rest of the article.
    dropped.delete(unclosed);
  }
}

/** Fills the page; returns the dropped element that the document leaves open, or null. */
function readInto(page: Page, html: string, dropped: ReadonlySet<string>): string | null {
  let skipped: { name: string; depth: number } | null = null;
  const open = (name: string) => {
    if (skipped === null && dropped.has(name)) skipped = { name, depth: 1 };
    else if (skipped?.name === name) skipped.depth += 1;
    else if (skipped === null) breakFor(page, name);
  };
  const close = (name: string) => {
    if (skipped?.name === name) {
      skipped.depth -= 1;
      if (skipped.depth === 0) skipped = null;
    } else if (skipped === null && name !== 'br') breakFor(page, name);
  };
  const text = (words: string) => {
    if (skipped === null) addText(page, words);
  };
  tokenizeHtml(html, { open, close, text });
  endParagraph(page);
  return (skipped as { name: string } | null)?.name ?? null;
}

interface Elements {
  open: (name: string) => void;
  close: (name: string) => void;
  text: (words: string) => void;
}

/**
 * htmlparser2's tokenizer without its parser, whose stack of open elements makes 100,000 nested ones quadratic.
 * `<iframe/>` counts as closed: feeds are often written by XML serializers.
 */
function tokenizeHtml(html: string, elements: Elements): void {
  let name = '';
  const ignore = () => {};
  const callbacks: TokenizerCallbacks = {
    onopentagname: (start, end) => {
      name = html.slice(start, end).toLowerCase();
      elements.open(name);
    },
    onselfclosingtag: () => elements.close(name),
    onclosetag: (start, end) => elements.close(html.slice(start, end).toLowerCase()),
    ontext: (start, end) => elements.text(html.slice(start, end)),
    ontextentity: (codePoint) => elements.text(String.fromCodePoint(codePoint)),
    oncdata: (start, end, endOffset) => elements.text(html.slice(start, end - endOffset)),
    onopentagend: ignore,
    onattribname: ignore,
    onattribdata: ignore,
    onattribentity: ignore,
    onattribend: ignore,
    oncomment: ignore,
    ondeclaration: ignore,
    onprocessinginstruction: ignore,
    onend: ignore,
  };
  const tokenizer = new Tokenizer({ decodeEntities: true, recognizeSelfClosing: true }, callbacks);
  tokenizer.write(html);
  tokenizer.end();
}

function breakFor(page: Page, name: string): void {
  if (BLOCKS.has(name)) endParagraph(page);
  else if (LINES.has(name)) endLine(page);
  else if (CELLS.has(name)) page.line += ' ';
  else if (name === 'br') breakLine(page);
}

function addText(page: Page, words: string): void {
  page.line += words;
  if (page.breaks > 0 && words.trim() !== '') page.breaks = 0;
}

/** Two `<br>` in a row are how many publishers write a new paragraph. */
function breakLine(page: Page): void {
  endLine(page);
  page.breaks += 1;
  if (page.breaks > 1) endParagraph(page);
}

function endLine(page: Page): void {
  const line = page.line.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
  if (line !== '') page.lines.push(line);
  page.line = '';
}

function endParagraph(page: Page): void {
  endLine(page);
  const paragraph = page.lines.join('\n');
  if (paragraph !== '' && !isPromotion(paragraph)) page.paragraphs.push(paragraph);
  page.lines = [];
}

function isPromotion(paragraph: string): boolean {
  return paragraph.length <= PROMOTION_LENGTH && (PROMOTION.test(paragraph) || SYNDICATION.test(paragraph));
}
