export interface SeenLink {
  label: string;
  url: string;
}

/** What a reader sees of a text, and where its links lead. */
export interface Rendered {
  text: string;
  links: SeenLink[];
  /** Addresses for which Discord would build a preview: not those in angle brackets. */
  previewed: string[];
}

/** `names` turns ids of mentions into what is shown: '@Ada', '#news'. */
export interface MarkdownOptions {
  names: (kind: '@' | '@&' | '#', id: string) => string;
  /** Embed titles and field names take styles, but no blocks and no links. */
  inlineOnly?: boolean;
}

interface Context extends MarkdownOptions {
  links: SeenLink[];
  previewed: string[];
}

interface Rule {
  pattern: RegExp;
  isLink?: boolean;
  show: (match: RegExpExecArray, context: Context) => string | null;
}

/** Renders Discord's markdown as a client does: markers gone, escapes resolved, masked links as their label. */
export function renderMarkdown(source: string, options: MarkdownOptions): Rendered {
  const context: Context = { ...options, links: [], previewed: [] };
  const text = options.inlineOnly ? renderInline(source, context) : renderBlocks(source, context);
  return { text, links: context.links, previewed: context.previewed };
}

/** Code blocks first, since nothing inside them is markdown; then line by line. */
function renderBlocks(source: string, context: Context): string {
  const parts = source.split(/(```(?:[\w+-]*\n)?[\s\S]+?```)/);
  return parts
    .map((part, index) => (index % 2 === 1 ? codeBlock(part) : renderLines(part, context)))
    .join('');
}

function codeBlock(source: string): string {
  return source.replace(/^```(?:[\w+-]*\n)?/, '').replace(/\n?```$/, '');
}

function renderLines(source: string, context: Context): string {
  const unmarked = source
    .replace(/^(?:#{1,3}|-#) +(?=\S)/gm, '')
    .replace(/^>(?:>>)? /gm, '')
    .replace(/^( *)[-*] +(?=\S)/gm, '$1• ');
  return renderInline(unmarked, context);
}

function renderInline(source: string, context: Context): string {
  let text = '';
  let at = 0;
  while (at < source.length) {
    const shown = firstRule(source, at, context);
    text += shown?.text ?? source[at];
    at = shown?.end ?? at + 1;
  }
  return text;
}

function firstRule(source: string, at: number, context: Context): { text: string; end: number } | null {
  for (const { pattern, isLink, show } of rules) {
    if (isLink && context.inlineOnly) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const end = pattern.lastIndex;
    const text = match && show(match, context);
    if (text !== null) return { text, end };
  }
  return null;
}

const styled = (match: RegExpExecArray, context: Context) => renderInline(match[1] ?? '', context);

/** In the order in which a client tries them. */
const rules: Rule[] = [
  { pattern: /\\([^0-9A-Za-z\s])/y, show: (match) => match[1] ?? '' },
  { pattern: /(`+)([\s\S]*?[^`])\1(?!`)/y, show: (match) => match[2] ?? '' },
  {
    pattern: /\[((?:\\.|[^[\]\\]|\[[^\]]*\])+)\]\((<?)([^\s<>]+?)(>?)(?:\s+"[^"]*")?\)/y,
    isLink: true,
    show: maskedLink,
  },
  {
    pattern: /<(https?:\/\/[^\s<>]+)>/y,
    isLink: true,
    show: (match, context) => bareLink(match[1], context, false),
  },
  {
    pattern: /https?:\/\/[^\s<]*[^\s<.,:;"')\]]/y,
    isLink: true,
    show: (match, context) => bareLink(match[0], context, true),
  },
  { pattern: /<@!?(\d+)>/y, show: (match, { names }) => names('@', match[1] ?? '') },
  { pattern: /<@&(\d+)>/y, show: (match, { names }) => names('@&', match[1] ?? '') },
  { pattern: /<#(\d+)>/y, show: (match, { names }) => names('#', match[1] ?? '') },
  { pattern: /<t:(-?\d+)(?::[tTdDfFRsS])?>/y, show: (match) => timestamp(Number(match[1])) },
  { pattern: /<a?(:\w+:)\d+>/y, show: (match) => match[1] ?? '' },
  { pattern: /<(\/[^:>]+):\d+>/y, show: (match) => match[1] ?? '' },
  { pattern: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, show: styled },
  { pattern: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, show: styled },
  { pattern: /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y, show: styled },
  { pattern: /(?<![A-Za-z0-9])_((?:__|\\[\s\S]|[^\\_])+?)_(?![A-Za-z0-9])/y, show: styled },
  { pattern: /~~((?:\\[\s\S]|[^\\])+?)~~/y, show: styled },
  { pattern: /\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, show: styled },
];

/** Discord masks no link whose label looks like an address itself. */
function maskedLink(match: RegExpExecArray, context: Context): string | null {
  const [, label = '', open, url = ''] = match;
  if (/https?:\/\//i.test(label) || !/^(?:https?|discord|mailto):/i.test(url)) return null;
  const text = renderInline(label, { ...context, links: [], previewed: [] });
  context.links.push({ label: text, url });
  if (!open) context.previewed.push(url);
  return text;
}

function bareLink(url = '', context: Context, isPreviewed: boolean): string {
  context.links.push({ label: url, url });
  if (isPreviewed) context.previewed.push(url);
  return url;
}

/** Readers see their own zone; here it is UTC, to the minute, whatever the style asked for. */
function timestamp(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
