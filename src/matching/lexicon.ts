import { areTogether, isBigram } from '../text/bigrams.ts';
import { withoutClitics } from '../text/clitics.ts';
import type { Token } from '../text/tokens.ts';
import { Atoms } from './atoms.ts';
import { Numbering } from './columns.ts';
import { PageWords } from './page-words.ts';
import type { Signals } from './signals.ts';
import { isWrittenSo, type Letters, type Term } from './spellings.ts';
import { StemIndex } from './stem-index.ts';
import { isJoined, type Unit } from './text-units.ts';
import { UNKNOWN, WordTable } from './word-table.ts';

/** What is known of the words of a language: in the table, 1 stands for no atoms, else twice a signal, or an odd list. */
interface Known {
  table: WordTable;
  lists: (readonly number[])[];
  numbers: Numbering;
}

/** Distinct words remembered per language: a month of news has about 100,000. */
const MAX_KNOWN_WORDS = 200_000;
const NO_ATOMS: readonly number[] = [];
const NOTHING = 1;

/** The words that watches look for, each of them a signal, and how a text finds them. */
export class Lexicon {
  readonly #signals: Signals;
  readonly #atoms = new Atoms();
  readonly #inflections = new StemIndex(() => this.#atoms.stemmed());
  #prefixes = 0;
  #bigrams = 0;
  // What each word of a text satisfies. Most words of an article were met before, and asking anew costs 3 times more.
  readonly #known = new Map<string | null, Known>();
  readonly #words = new PageWords();
  readonly #unit: Unit = { start: 0, end: 0, first: 0, next: 0 };

  constructor(signals: Signals) {
    this.#signals = signals;
  }

  /** The signal of a term: the same one each time, until it was released as often as it was taken. */
  take({ form, how, letters }: Term): number {
    const isSame = (signal: number) =>
      this.#atoms.how(signal) === how && this.#atoms.letters(signal) === letters;
    const known = this.#atoms.withForm(form).find(isSame);
    if (known !== undefined) {
      this.#signals.keep(known);
      return known;
    }
    const atom = { form, how, letters, signal: this.#signals.create(guessFrequency(form)) };
    this.#atoms.add(atom);
    if (how === 'stem') this.#inflections.add(atom);
    if (how === 'prefix') this.#prefixes += 1;
    if (isBigram(form)) this.#bigrams += 1;
    this.#forget(atom);
    return atom.signal;
  }

  /** True when the signal is a word's and was released. */
  release(signal: number): boolean {
    const atom = this.#atoms.get(signal);
    if (atom === null) return false;
    if (!this.#signals.release(signal)) return true;
    this.#atoms.remove(signal);
    if (atom.how === 'stem') this.#inflections.remove(atom);
    if (atom.how === 'prefix') this.#prefixes -= 1;
    if (isBigram(atom.form)) this.#bigrams -= 1;
    this.#forget(atom);
    return true;
  }

  /** Begins the next article and turns on the words that the text holds. `language` is ISO 639-1 or null. */
  read(text: string, titleEnd: number, language: string | null): void {
    const words = this.#words;
    words.read(text);
    this.#signals.nextArticle(words.count);
    const known = this.#knownIn(language);
    const loudEnd = isTitleLoud(text, titleEnd) ? titleEnd : 0;
    const { start, end, low, high } = words.columns;
    const { table } = known;
    for (let word = 0; word < words.count; word += 1) {
      const key = low[word] as number;
      let value = table.get(key, high[word] as number, key > 0 ? '' : words.form(word));
      if (value === UNKNOWN) value = this.#learn(known, words.form(word), language);
      if (value !== NOTHING) this.#note(known, value, { word, length: 1, text, loudEnd });
      if (isJoined(text, end[word] as number, start[word + 1] as number, word + 1 < words.count)) {
        this.#noteJoined(known, word, { text, loudEnd, language });
      }
    }
    if (this.#bigrams > 0) this.#readBigrams(text, loudEnd);
  }

  /** "counter-terrorism" is one word too, and so is "hand-to-hand". */
  #noteJoined(
    known: Known,
    word: number,
    { text, loudEnd, language }: { text: string; loudEnd: number; language: string | null },
  ): void {
    const words = this.#words;
    const { start, end } = words.columns;
    let form = words.form(word);
    for (let length = 2; length <= 3; length += 1) {
      const last = word + length - 1;
      if (!isJoined(text, end[last - 1] as number, start[last] as number, last < words.count)) return;
      form += words.form(last);
      let value = known.table.getForm(form);
      if (value === UNKNOWN) value = this.#learn(known, form, language);
      if (value !== NOTHING) this.#note(known, value, { word, length, text, loudEnd });
    }
  }

  /**
   * Every two characters of a script without spaces that stand together are a word. They are not remembered as other
   * words are: news has more of them, and most are looked for by nobody.
   */
  #readBigrams(text: string, loudEnd: number): void {
    const words = this.#words;
    let left: Token | null = null;
    for (let word = 0; word < words.count; word += 1) {
      const right = words.unspaced(word);
      if (left !== null && right !== null && areTogether(text, left, right))
        this.#noteBigram(left.form + right.form, this.#take(word - 1, 2), text, loudEnd);
      left = right;
    }
  }

  #noteBigram(form: string, unit: Unit, text: string, loudEnd: number): void {
    for (const signal of this.#atoms.withForm(form)) {
      const letters = this.#atoms.letters(signal);
      if (letters === 'any' || isMeant(letters, unit, text, loudEnd)) this.#signals.note(signal, unit, 0);
    }
  }

  /** The unit at hand, on these words. */
  #take(word: number, length: number): Unit {
    const { start, end } = this.#words.columns;
    const unit = this.#unit;
    unit.start = start[word] as number;
    unit.end = end[word + length - 1] as number;
    unit.first = word;
    unit.next = word + length;
    return unit;
  }

  #note(
    { lists }: Known,
    value: number,
    { word, length, text, loudEnd }: { word: number; length: number; text: string; loudEnd: number },
  ): void {
    const unit = this.#take(word, length);
    if ((value & 1) === 0) {
      this.#signals.note(value >> 1, unit, 0);
      return;
    }
    for (const signal of lists[value >> 1] as readonly number[]) {
      const letters = this.#atoms.letters(signal);
      if (letters === 'any' || isMeant(letters, unit, text, loudEnd)) this.#signals.note(signal, unit, 0);
    }
  }

  #learn({ table, lists, numbers }: Known, form: string, language: string | null): number {
    const atoms = this.#satisfiedBy(form, language);
    const [only] = atoms;
    let value = NOTHING;
    if (atoms.length === 1 && only !== undefined && this.#atoms.letters(only) === 'any') value = 2 * only;
    else if (atoms.length > 0) {
      const list = numbers.take();
      lists[list] = atoms;
      value = 2 * list + 1;
    }
    table.set(form, value);
    return value;
  }

  /** Where no other word of a text can satisfy the atom, only this one is looked up anew. */
  #forget({ how, form }: Term): void {
    if (how !== 'form' || !/^[a-z0-9.]*$/.test(form)) {
      this.#known.clear();
      return;
    }
    for (const { table, lists, numbers } of this.#known.values()) {
      const value = table.getForm(form);
      table.set(form, UNKNOWN);
      if (value === NOTHING || (value & 1) === 0) continue;
      lists[value >> 1] = NO_ATOMS;
      numbers.giveBack(value >> 1);
    }
  }

  #knownIn(language: string | null): Known {
    const known = this.#known.get(language);
    if (known !== undefined && known.table.size < MAX_KNOWN_WORDS) return known;
    const fresh: Known = { table: new WordTable(), lists: [NO_ATOMS], numbers: new Numbering() };
    // Neither list 0 nor signal 0, which is no word's, would be told from nothing.
    fresh.numbers.take();
    this.#known.set(language, fresh);
    return fresh;
  }

  #satisfiedBy(form: string, language: string | null): readonly number[] {
    const readings = [form, ...withoutClitics(form)];
    const found = new Set(readings.flatMap((reading) => this.#satisfiedAs(reading, language)));
    return found.size === 0 ? NO_ATOMS : [...found];
  }

  #satisfiedAs(form: string, language: string | null): number[] {
    return [
      ...this.#atoms.withForm(form).filter((signal) => this.#atoms.how(signal) === 'form'),
      ...this.#inflections.find(form, language),
      ...this.#beginningsOf(form),
    ];
  }

  #beginningsOf(form: string): readonly number[] {
    if (this.#prefixes === 0) return NO_ATOMS;
    const found: number[] = [];
    for (let length = 1; length <= form.length; length += 1) {
      for (const signal of this.#atoms.withForm(form.slice(0, length))) {
        if (this.#atoms.how(signal) === 'prefix') found.push(signal);
      }
    }
    return found;
  }
}

/** Lucene Monitor's guess: each letter makes a word a quarter rarer. */
function guessFrequency(form: string): number {
  return Math.exp(-0.3 * form.length);
}

/** A title wholly in capitals tells nothing about a word in capitals, where there is a body that can. */
function isTitleLoud(text: string, titleEnd: number): boolean {
  const title = text.slice(0, titleEnd);
  return title.includes(' ') && title === title.toUpperCase() && text.length > titleEnd + 2;
}

function isMeant(letters: Letters, unit: Unit, text: string, loudEnd: number): boolean {
  if (letters === 'capitals' && unit.end <= loudEnd) return false;
  return isWrittenSo(letters, text.slice(unit.start, unit.end));
}
