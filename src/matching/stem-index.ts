import { stem } from '../text/stem.ts';

/** Words that are found by their inflections. */
export interface StemIndex<T extends { form: string }> {
  add(word: T): void;
  remove(word: T): void;
  /** The words of which the folded form is an inflection, in a text of this language. */
  find(form: string, language: string | null): Iterable<T>;
}

/**
 * An empty index. Stems depend on the language of the text, which no query knows, so the words are stemmed for
 * a language when its first text comes.
 */
export function createStemIndex<T extends { form: string }>(): StemIndex<T> {
  const words = new Set<T>();
  const stemsByLanguage = new Map<string | null, Map<string, Set<T>>>();

  function stemsOf(language: string | null): Map<string, Set<T>> {
    const known = stemsByLanguage.get(language);
    if (known !== undefined) return known;
    const stems = new Map<string, Set<T>>();
    for (const word of words) addStem(stems, word, language);
    stemsByLanguage.set(language, stems);
    return stems;
  }

  function add(word: T): void {
    words.add(word);
    for (const [language, stems] of stemsByLanguage) addStem(stems, word, language);
  }

  function remove(word: T): void {
    words.delete(word);
    for (const [language, stems] of stemsByLanguage) removeStem(stems, word, language);
  }

  function find(form: string, language: string | null): Iterable<T> {
    return stemsOf(language).get(stem(form, language)) ?? [];
  }

  return { add, remove, find };
}

function addStem<T extends { form: string }>(
  stems: Map<string, Set<T>>,
  word: T,
  language: string | null,
): void {
  const key = stem(word.form, language);
  const words = stems.get(key) ?? new Set();
  stems.set(key, words.add(word));
}

function removeStem<T extends { form: string }>(
  stems: Map<string, Set<T>>,
  word: T,
  language: string | null,
): void {
  const key = stem(word.form, language);
  const words = stems.get(key);
  words?.delete(word);
  if (words?.size === 0) stems.delete(key);
}
