import { isUnspaced } from '../text/bigrams.ts';
import { scanWords, type Token, type WordSink } from '../text/tokens.ts';
import { type Column, createColumns, growColumns } from './columns.ts';

/** Characters that fit into a key as they are. */
const PACKED = 8;

/**
 * The words of one text in columns, each with a key by which a table finds it: the characters themselves for ASCII
 * words of up to 8, which three of four words are; a hash, marked by being negative, for longer ones; none for words
 * that hold other letters. Making a string and an object of each word takes longer than looking all of them up.
 */
export class PageWords implements WordSink {
  readonly columns: Record<'start' | 'end' | 'low' | 'high', Column> = createColumns(
    'start',
    'end',
    'low',
    'high',
  );
  count = 0;
  #text = '';
  readonly #forms: (string | null)[] = [];
  readonly #key = new Int32Array(2);

  /** Takes the words of this text instead of those of the last one. */
  read(text: string): void {
    this.#text = text;
    this.count = 0;
    scanWords(text, this);
  }

  plain(start: number, end: number): void {
    packInto(this.#key, this.#text, start, end);
    this.#add(start, end, null);
  }

  spelled(start: number, end: number, form: string): void {
    keyInto(this.#key, form);
    this.#add(start, end, form);
  }

  /** The folded spelling of a word. */
  form(word: number): string {
    const { start, end } = this.columns;
    return this.#forms[word] ?? this.#text.slice(start[word], end[word]).toLowerCase();
  }

  /** The word when it is a character of a script without spaces, else null. ASCII words, which have a key, are none. */
  unspaced(word: number): Token | null {
    const { start, end, low } = this.columns;
    if (low[word] !== 0) return null;
    const token = { start: start[word] as number, end: end[word] as number, form: this.form(word) };
    return isUnspaced(token) ? token : null;
  }

  #add(start: number, end: number, form: string | null): void {
    const word = this.count;
    this.count += 1;
    if (word >= this.columns.start.length) growColumns(this.columns, word + 1);
    const { columns } = this;
    columns.start[word] = start;
    columns.end[word] = end;
    columns.low[word] = this.#key[0] as number;
    columns.high[word] = this.#key[1] as number;
    this.#forms[word] = form;
  }
}

/** Writes the key of a folded word: 0 and 0 when it holds more than ASCII letters and digits. */
export function keyInto(key: Int32Array, form: string): void {
  if (/^[a-z0-9]+$/.test(form)) packInto(key, form, 0, form.length);
  else key.fill(0);
}

/** The first four characters, and the next four; the marked and mixed hashes of longer words. */
function packInto(key: Int32Array, text: string, start: number, end: number): void {
  let low = 0;
  let high = 0;
  const packed = Math.min(end, start + PACKED);
  for (let at = start, shift = 0; at < packed; at += 1, shift += 8) {
    const character = smallLetter(text.charCodeAt(at));
    if (shift < 32) low |= character << shift;
    else high |= character << (shift - 32);
  }
  if (packed < end) {
    for (let at = packed; at < end; at += 1) {
      const character = smallLetter(text.charCodeAt(at));
      low = Math.imul(low ^ character, 0x01000193);
      high = Math.imul(high, 31) + character;
    }
    low |= 0x80000000;
  }
  key[0] = low;
  key[1] = high;
}

function smallLetter(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit;
}
