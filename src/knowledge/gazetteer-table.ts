import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Place } from '../model/fact.ts';

/** What the table knows of a name. */
export interface TableEntry {
  /** The likeliest first. */
  places: Place[];
  needsContext: boolean;
  /** How many words the name has. */
  length: number;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const QUESTION_MARK = 0x3f;

/**
 * The names of gazetteer.txt.gz, searched where they lie by halving: a line a name, in order of their bytes. A tab ends
 * the name and sorts before the space of a longer one.
 */
export class GazetteerTable {
  readonly #bytes: Buffer;
  readonly #namesStart: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#namesStart = bytes.indexOf('\n\n') + 2;
  }

  /** The longest name that begins at `words[at]`, or null; words are folded. */
  find(words: readonly string[], at: number): TableEntry | null {
    let longest: { cell: number; length: number } | null = null;
    let name = '';
    for (let next = at; next < words.length; next += 1) {
      name += next === at ? words[next] : ` ${words[next]}`;
      const key = Buffer.from(name);
      let line = this.#firstFrom(key);
      if (!this.#startsWith(key, line)) break;
      if (this.#bytes[line + key.length] === TAB) {
        longest = { cell: line + key.length + 1, length: next - at + 1 };
        line = this.#lineEnd(line) + 1;
      }
      if (!this.#startsWith(key, line) || this.#bytes[line + key.length] !== SPACE) break;
    }
    return longest === null ? null : { ...this.#read(longest.cell), length: longest.length };
  }

  #read(cell: number): Omit<TableEntry, 'length'> {
    const needsContext = this.#bytes[cell] === QUESTION_MARK;
    const lines = this.#bytes.toString('latin1', needsContext ? cell + 1 : cell, this.#lineEnd(cell));
    return { places: lines.split(',').map((line) => this.#place(Number.parseInt(line, 36))), needsContext };
  }

  /** The place whose line begins at this byte. */
  #place(line: number): Place {
    const cells = this.#bytes.toString('utf8', line, this.#lineEnd(line)).split('\t');
    const [name = '', admin = '', country = '', kind = ''] = cells;
    return { name, admin: admin === '' ? null : admin, country, kind: kind === 'a' ? 'admin' : 'settlement' };
  }

  /** Where the first line begins that is not before `key`. */
  #firstFrom(key: Buffer): number {
    let low = this.#namesStart;
    let high = this.#bytes.length;
    while (low < high) {
      let line = (low + high) >>> 1;
      while (line > low && this.#bytes[line - 1] !== NEWLINE) line -= 1;
      if (this.#isBefore(line, key)) low = this.#lineEnd(line) + 1;
      else high = line;
    }
    return low;
  }

  #isBefore(line: number, key: Buffer): boolean {
    for (let index = 0; index < key.length; index += 1) {
      const difference = (this.#bytes[line + index] ?? 0) - (key[index] ?? 0);
      if (difference !== 0) return difference < 0;
    }
    return false;
  }

  #startsWith(key: Buffer, line: number): boolean {
    for (let index = 0; index < key.length; index += 1)
      if (this.#bytes[line + index] !== key[index]) return false;
    return true;
  }

  #lineEnd(at: number): number {
    let end = at;
    while (end < this.#bytes.length && this.#bytes[end] !== NEWLINE) end += 1;
    return end;
  }
}

/** More than the table's size unpacked: in one piece it takes half the memory of the pieces and their sum. */
const UNPACKED_BYTES = 8 * 1024 * 1024;

/** Reads the table we ship: 6 MB. */
export function readTable(): GazetteerTable {
  const packed = readFileSync(new URL('gazetteer.txt.gz', import.meta.url));
  return new GazetteerTable(gunzipSync(packed, { chunkSize: UNPACKED_BYTES }));
}
