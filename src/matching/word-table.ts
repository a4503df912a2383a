import { keyInto } from './page-words.ts';

/** The word is not in the table. */
export const UNKNOWN = 0;

const ROW = 3;

/**
 * A whole number above 0 for each word, by the keys of PageWords. A Map from strings takes four times longer for the
 * words of a text: it has to make and hash each string first.
 */
export class WordTable {
  #rows = new Int32Array(ROW * 64);
  /** Forms of the rows with a hash for a key. */
  #forms: (string | undefined)[] = [];
  /** Words without a key. */
  readonly #others = new Map<string, number>();
  readonly #key = new Int32Array(2);
  #used = 0;

  get size(): number {
    return this.#used + this.#others.size;
  }

  /** The number of a word by its key, or UNKNOWN; `form` is needed only where the key is a hash or none. */
  get(low: number, high: number, form: string): number {
    if (low === 0) return this.#others.get(form) ?? UNKNOWN;
    return this.#rows[ROW * this.#rowOf(low, high, low < 0 ? form : undefined) + 2] as number;
  }

  getForm(form: string): number {
    const [low, high] = this.#keyOf(form);
    return this.get(low, high, form);
  }

  /** UNKNOWN forgets the word, though not its place. */
  set(form: string, value: number): void {
    const [low, high] = this.#keyOf(form);
    if (low === 0) {
      this.#others.set(form, value);
      return;
    }
    const known = low < 0 ? form : undefined;
    let row = this.#rowOf(low, high, known);
    if (this.#rows[ROW * row] === 0) {
      if (value === UNKNOWN) return;
      this.#used += 1;
      if (3 * ROW * this.#used > this.#rows.length) {
        this.#enlarge();
        row = this.#rowOf(low, high, known);
      }
    }
    this.#rows[ROW * row] = low;
    this.#rows[ROW * row + 1] = high;
    this.#rows[ROW * row + 2] = value;
    if (known !== undefined) this.#forms[row] = known;
  }

  #keyOf(form: string): [number, number] {
    keyInto(this.#key, form);
    return [this.#key[0] as number, this.#key[1] as number];
  }

  /** The row of the word, or the empty one where it belongs. */
  #rowOf(low: number, high: number, form: string | undefined): number {
    const rows = this.#rows;
    const capacity = rows.length / ROW;
    let row = mix(low, high) & (capacity - 1);
    for (;;) {
      const own = rows[ROW * row] as number;
      if (own === 0) return row;
      if (own === low && rows[ROW * row + 1] === high && (low > 0 || this.#forms[row] === form)) return row;
      row = (row + 1) & (capacity - 1);
    }
  }

  #enlarge(): void {
    const [rows, forms] = [this.#rows, this.#forms];
    this.#rows = new Int32Array(rows.length * 2);
    this.#forms = [];
    for (let at = 0; at < rows.length; at += ROW) {
      const [low, high, value] = [rows[at] as number, rows[at + 1] as number, rows[at + 2] as number];
      if (low === 0) continue;
      const form = forms[at / ROW];
      const row = this.#rowOf(low, high, form);
      this.#rows.set([low, high, value], ROW * row);
      if (form !== undefined) this.#forms[row] = form;
    }
  }
}

function mix(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
