/** One tag of a document, or a "<" that begins none. */
export interface Tag {
  kind: 'open' | 'close' | 'empty' | 'stray';
  /** The qualified name in lower case; empty for a stray "<". */
  name: string;
  /** Offsets into the document: `text.slice(start, end)` is the whole tag. */
  start: number;
  end: number;
}

const NAME = /[a-z_][\w:.-]*/iy;
/** What matters inside a tag: its end, a "<" that means it has none, and quoted values, which may hold both. */
const INSIDE_TAG = /[<>]|=\s*["']/g;

const SECTIONS: readonly [opening: string, closing: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/**
 * The tags of an XML document in order, with comments, CDATA, instructions and the DOCTYPE left out. Tolerates
 * anything and is linear: every character is looked at a bounded number of times, whatever is unclosed.
 * Ends early where a section has no end: the document was cut off there.
 */
export function* tagsOf(text: string): Generator<Tag> {
  let index = text.indexOf('<');
  while (index !== -1) {
    const sectionEnd = endOfSection(text, index);
    if (sectionEnd === -1) return;
    if (sectionEnd > index) {
      index = text.indexOf('<', sectionEnd);
      continue;
    }
    const tag = tagAt(text, index);
    yield tag;
    index = text.indexOf('<', tag.end);
  }
}

/** Where the section that begins at `index` ends; `index` itself when none begins, -1 when it has no end. */
function endOfSection(text: string, index: number): number {
  for (const [opening, closing] of SECTIONS) {
    if (text.startsWith(opening, index)) {
      const end = text.indexOf(closing, index + opening.length);
      return end === -1 ? -1 : end + closing.length;
    }
  }
  return text.startsWith('<!', index) ? endOfDeclaration(text, index) : index;
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

function tagAt(text: string, start: number): Tag {
  const isClose = text[start + 1] === '/';
  NAME.lastIndex = start + (isClose ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  const end = name === undefined ? -1 : endOfTag(text, start + 1 + name.length);
  if (name === undefined || end === -1) return { kind: 'stray', name: '', start, end: start + 1 };
  const kind = isClose ? 'close' : text[end - 2] === '/' ? 'empty' : 'open';
  return { kind, name: name.toLowerCase(), start, end };
}

function endOfTag(text: string, from: number): number {
  INSIDE_TAG.lastIndex = from;
  for (let match = INSIDE_TAG.exec(text); match; match = INSIDE_TAG.exec(text)) {
    const [found] = match;
    if (found === '>') return INSIDE_TAG.lastIndex;
    if (found === '<') return -1;
    const quote = text.indexOf(found.slice(-1), INSIDE_TAG.lastIndex);
    if (quote === -1) return -1;
    INSIDE_TAG.lastIndex = quote + 1;
  }
  return -1;
}
