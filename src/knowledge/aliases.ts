import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { tokenize } from '../text/tokens.ts';

/** One place or group under all its names. */
export interface Alias {
  /** Our name for it, which is the first of its spellings. */
  name: string;
  kind: 'place' | 'group';
  spellings: readonly AliasSpelling[];
}

interface AliasSpelling {
  text: string;
  /** Only means it when written just so: IS. */
  isExact: boolean;
}

/** The table of aliases by their spellings. */
export interface Aliases {
  /** What this is a spelling of; null when it is none. Case, diacritics and hyphens make no difference, except for exact ones. */
  named(text: string): Alias | null;
  /** The most words that a spelling has. */
  longest: number;
}

interface Meaning extends AliasSpelling {
  alias: Alias;
}

const SECTIONS = ['version', 'places', 'groups'];

/** Reads the table of the file. Throws Error with the line and the remedy. */
export function readAliases(path: string): Aliases {
  return parseAliases(readFileSync(path, 'utf8'), path);
}

/** The same for a text; `path` is what errors name. */
export function parseAliases(text: string, path: string): Aliases {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fail = (offset: number, problem: string): never => {
    throw new Error(`${path}, line ${lines.linePos(offset).line}: ${problem}`);
  };
  const [broken] = document.errors;
  if (broken !== undefined) fail(broken.pos[0], `not valid YAML: ${broken.message}`);
  const meanings = new Map<string, Meaning>();
  for (const [section, entries] of pairsOf(document.contents, fail)) {
    if (!SECTIONS.includes(section.text)) {
      fail(section.offset, `I do not know "${section.text}": write ${SECTIONS.join(', ')}`);
    }
    if (section.text === 'version') continue;
    const kind = section.text === 'places' ? 'place' : 'group';
    for (const [name, list] of pairsOf(entries, fail)) addAlias(meanings, { name, kind, list, fail });
  }
  return aliasesOf(meanings);
}

type Fail = (offset: number, problem: string) => never;

interface Written {
  text: string;
  offset: number;
}

function addAlias(
  meanings: Map<string, Meaning>,
  { name, kind, list, fail }: { name: Written; kind: Alias['kind']; list: unknown; fail: Fail },
): void {
  const others = isSeq(list)
    ? list.items.map((item) => writtenIn(item, fail))
    : fail(name.offset, `${name.text} needs a list, such as [Edlib, Idleb]`);
  const spellings = [name, ...others].map(({ text }) => ({
    text: text.replace(/^=/, ''),
    isExact: text.startsWith('='),
  }));
  const alias = { name: name.text, kind, spellings };
  for (const [at, { offset }] of [name, ...others].entries()) {
    const spelling = spellings[at];
    if (spelling !== undefined) addMeaning(meanings, { ...spelling, alias, offset, fail });
  }
}

function addMeaning(
  meanings: Map<string, Meaning>,
  { offset, fail, ...meaning }: Meaning & { offset: number; fail: Fail },
): void {
  for (const key of keysOf(meaning.text)) {
    const known = meanings.get(key);
    if (known !== undefined && known.alias !== meaning.alias) {
      fail(offset, `"${meaning.text}" is a spelling of ${known.alias.name} too: keep it in one place`);
    }
    if (known === undefined) meanings.set(key, meaning);
  }
  if (keysOf(meaning.text).length === 0) fail(offset, `"${meaning.text}" has no letter: take it out`);
}

function aliasesOf(meanings: Map<string, Meaning>): Aliases {
  return {
    named: (text) => {
      const meaning = meanings.get(keysOf(text)[0] ?? '');
      if (meaning === undefined || (meaning.isExact && meaning.text !== text)) return null;
      return meaning.alias;
    },
    longest: Math.max(0, ...[...meanings.keys()].map((key) => key.split(' ').length)),
  };
}

/** The folded words of a name, and the same in one word where a hyphen joins them. */
function keysOf(name: string): string[] {
  const forms = tokenize(name).map((token) => token.form);
  if (forms.length === 0) return [];
  return name.includes('-') ? [forms.join(' '), forms.join('')] : [forms.join(' ')];
}

function pairsOf(node: unknown, fail: Fail): [Written, unknown][] {
  if (!isMap(node))
    return fail((node as Node | null)?.range?.[0] ?? 0, 'write lines of the form "name: list"');
  return node.items.map((pair) => [writtenIn(pair.key, fail), pair.value]);
}

function writtenIn(node: unknown, fail: Fail): Written {
  const offset = (node as Node | null)?.range?.[0] ?? 0;
  if (!isScalar(node) || (typeof node.value !== 'string' && typeof node.value !== 'number')) {
    return fail(offset, 'write a name here, in quotes if it is true, false, null or has signs');
  }
  return { text: String(node.value), offset };
}
