import { stem } from '../text/stem.ts';

/** Most stems have one word: a set for each would take as much memory as all the rest. */
type OneOrMore = number | number[];

/** A word that is found by its inflections. */
interface StemmedWord {
  form: string;
  signal: number;
}

/**
 * Signals of words that are found by their inflections. Stems depend on the language of the text, which no query
 * knows, so the words are stemmed for a language when its first text comes.
 */
export class StemIndex {
  readonly #words: () => Iterable<StemmedWord>;
  readonly #stemsByLanguage = new Map<string | null, Map<string, OneOrMore>>();

  /** `words` gives all that were added and not removed. */
  constructor(words: () => Iterable<StemmedWord>) {
    this.#words = words;
  }

  add(word: StemmedWord): void {
    for (const [language, stems] of this.#stemsByLanguage) addStem(stems, word, language);
  }

  remove({ form, signal }: StemmedWord): void {
    for (const [language, stems] of this.#stemsByLanguage) {
      const key = stem(form, language);
      const left = listOf(stems.get(key)).filter((one) => one !== signal);
      if (left.length === 0) stems.delete(key);
      else stems.set(key, left);
    }
  }

  /** The words of which the folded form is an inflection, in a text of this language. */
  find(form: string, language: string | null): readonly number[] {
    return listOf(this.#stemsOf(language).get(stem(form, language)));
  }

  #stemsOf(language: string | null): Map<string, OneOrMore> {
    const known = this.#stemsByLanguage.get(language);
    if (known !== undefined) return known;
    const stems = new Map<string, OneOrMore>();
    for (const word of this.#words()) addStem(stems, word, language);
    this.#stemsByLanguage.set(language, stems);
    return stems;
  }
}

function addStem(
  stems: Map<string, OneOrMore>,
  { form, signal }: StemmedWord,
  language: string | null,
): void {
  const key = stem(form, language);
  const known = stems.get(key);
  stems.set(key, known === undefined ? signal : [...listOf(known), signal]);
}

function listOf(signals: OneOrMore | undefined): number[] {
  if (signals === undefined) return [];
  return typeof signals === 'number' ? [signals] : signals;
}
