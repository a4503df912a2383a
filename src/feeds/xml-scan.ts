/** One tag of a document, or a "<" that begins none. */
export interface Tag {
  kind: 'open' | 'close' | 'empty' | 'stray';
  /** The qualified name in lower case; empty for a stray "<". */
  name: string;
  /** Offsets into the document: `text.slice(start, end)` is the whole tag. */
  start: number;
  end: number;
  /** How far its end was looked for. */
  reach: number;
}

const NAME = /[a-z_][\w:.-]*/iy;
/** What matters inside a tag: its end, a "<" that means it has none, and quoted values, which may hold both. */
const INSIDE_TAG = /[<>]|=\s*["']/g;
const INSIDE_TAG_WITHOUT_QUOTES = /[<>]/g;

const SECTIONS: readonly [opening: string, closing: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

const EXCLAMATION = 0x21;
const SLASH = 0x2f;
const QUESTION = 0x3f;

/**
 * The tags of an XML document in order, with comments, CDATA, instructions and the DOCTYPE left out. Tolerates
 * anything and is linear: every character is looked at a bounded number of times, whatever is unclosed.
 * Ends early where a section has no end: the document was cut off there.
 */
export function* tagsOf(text: string): Generator<Tag> {
  // Each of 100,000 unclosed quotes may let its tag run to the end of the document: in the end they mean nothing.
  let patience = 2 * text.length;
  let index = text.indexOf('<');
  while (index !== -1) {
    const sectionEnd = endOfSection(text, index);
    if (sectionEnd === -1) return;
    if (sectionEnd > index) {
      index = text.indexOf('<', sectionEnd);
      continue;
    }
    const tag = tagAt(text, index, patience > 0);
    if (tag.kind === 'stray') patience -= tag.reach - index;
    yield tag;
    index = text.indexOf('<', tag.end);
  }
}

/** Where the section that begins at `index` ends; `index` itself when none begins, -1 when it has no end. */
function endOfSection(text: string, index: number): number {
  const second = text.charCodeAt(index + 1);
  if (second !== EXCLAMATION && second !== QUESTION) return index;
  for (const [opening, closing] of SECTIONS) {
    if (text.startsWith(opening, index)) {
      const end = text.indexOf(closing, index + opening.length);
      return end === -1 ? -1 : end + closing.length;
    }
  }
  return endOfDeclaration(text, index);
}

/** A DOCTYPE may hold declarations of its own between brackets. */
function endOfDeclaration(text: string, index: number): number {
  const end = text.indexOf('>', index);
  const subset = end === -1 ? -1 : text.slice(index, end).indexOf('[');
  if (subset === -1) return end === -1 ? -1 : end + 1;
  const subsetEnd = /\]\s*>/g;
  subsetEnd.lastIndex = index + subset;
  return subsetEnd.exec(text) ? subsetEnd.lastIndex : -1;
}

function tagAt(text: string, start: number, withQuotes: boolean): Tag {
  const isClose = text.charCodeAt(start + 1) === SLASH;
  NAME.lastIndex = isClose ? start + 2 : start + 1;
  const name = NAME.exec(text)?.[0].toLowerCase();
  if (name === undefined) return { kind: 'stray', name: '', start, end: start + 1, reach: start + 1 };
  const inside = withQuotes ? INSIDE_TAG : INSIDE_TAG_WITHOUT_QUOTES;
  inside.lastIndex = NAME.lastIndex;
  const { end, reach } = endOfTag(text, inside);
  if (end === -1) return { kind: 'stray', name: '', start, end: start + 1, reach };
  const kind = isClose ? 'close' : text.charCodeAt(end - 2) === SLASH ? 'empty' : 'open';
  return { kind, name, start, end, reach };
}

/** Where the tag ends, or -1, and how far that was looked for. */
function endOfTag(text: string, inside: RegExp): { end: number; reach: number } {
  for (let match = inside.exec(text); match; match = inside.exec(text)) {
    const [found] = match;
    const reach = inside.lastIndex;
    if (found === '>') return { end: reach, reach };
    if (found === '<') return { end: -1, reach };
    const quote = text.indexOf(found.slice(-1), reach);
    if (quote === -1) break;
    inside.lastIndex = quote + 1;
  }
  return { end: -1, reach: text.length };
}
