import { fold } from '../../text/tokens.ts';
import type { Word } from './words.ts';

/** One word of a pattern: any of these, or any word that begins with one of the stems. */
interface Step {
  isAny: boolean;
  words: ReadonlySet<string>;
  stems: readonly string[];
}

interface Phrase<Value> {
  steps: Step[];
  value: Value;
}

export interface Found<Value> {
  /** Index after the last word. */
  end: number;
  value: Value;
}

/**
 * Phrases of folded words with a value each. In a pattern `a|b` is either word, `stem*` any word that begins so, `_`
 * any word at all, and `word?` may be left out.
 */
export class PhraseBook<Value> {
  /** By the first word, and those whose first word is a stem by its first letter: most words begin no phrase. */
  readonly #byWord = new Map<string, Phrase<Value>[]>();
  readonly #byLetter = new Map<number, Phrase<Value>[]>();

  /** `lists` has patterns separated by commas or line breaks for each value. */
  constructor(lists: Iterable<readonly [patterns: string, value: Value]>) {
    for (const [patterns, value] of lists)
      for (const pattern of patterns.split(/\s*[,\n]\s*/))
        for (const steps of variants(pattern.trim().split(/\s+/))) this.#add({ steps, value });
    // The longest phrase that fits is the one meant.
    for (const index of [this.#byWord, this.#byLetter])
      for (const phrases of index.values()) phrases.sort((a, b) => b.steps.length - a.steps.length);
  }

  /** The longest phrase that begins at `words[at]`, or null. */
  at(words: readonly Word[], at: number): Found<Value> | null {
    const word = words[at];
    if (word === undefined) return null;
    let longest: Phrase<Value> | undefined;
    for (const form of word.forms) {
      longest = longer(longest, this.#byWord.get(form), words, at);
      longest = longer(longest, this.#byLetter.get(form.charCodeAt(0)), words, at);
    }
    return longest === undefined ? null : { end: at + longest.steps.length, value: longest.value };
  }

  /** Whether a phrase may begin with this word: much faster than looking for it. */
  mayBegin({ forms }: Word): boolean {
    return forms.some((form) => this.#byWord.has(form) || this.#byLetter.has(form.charCodeAt(0)));
  }

  /** Whether a phrase ends right before `words[at]`. */
  before(words: readonly Word[], at: number): boolean {
    return [1, 2, 3, 4].some((length) => at >= length && this.at(words, at - length)?.end === at);
  }

  #add(phrase: Phrase<Value>): void {
    const [first] = phrase.steps;
    for (const word of first?.words ?? []) addTo(this.#byWord, word, phrase);
    for (const letter of new Set(first?.stems.map((stem) => stem.charCodeAt(0))))
      addTo(this.#byLetter, letter, phrase);
  }
}

function addTo<Key, Value>(index: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [value]);
  else known.push(value);
}

/** The first of the phrases, longest first, that stands there, when it is longer than the one known. */
function longer<Value>(
  known: Phrase<Value> | undefined,
  phrases: readonly Phrase<Value>[] | undefined,
  words: readonly Word[],
  at: number,
): Phrase<Value> | undefined {
  for (const phrase of phrases ?? []) {
    if (known !== undefined && phrase.steps.length <= known.steps.length) return known;
    if (phrase.steps.every((step, offset) => fits(words[at + offset], step))) return phrase;
  }
  return known;
}

/** A book whose phrases need no value. */
export function phrases(patterns: string): PhraseBook<true> {
  return new PhraseBook([[patterns, true]]);
}

function fits(word: Word | undefined, { isAny, words, stems }: Step): boolean {
  if (word === undefined) return false;
  if (isAny) return !word.isMark;
  return word.forms.some((form) => words.has(form) || stems.some((stem) => form.startsWith(stem)));
}

/** The pattern with and without each of its optional words. */
function variants(pattern: string[]): Step[][] {
  const [first, ...rest] = pattern;
  if (first === undefined || first === '') return [[]];
  const tails = variants(rest);
  const step = stepOf(first.replace(/\?$/, ''));
  const withFirst = tails.map((tail) => [step, ...tail]);
  return first.endsWith('?') ? [...withFirst, ...tails] : withFirst;
}

function stepOf(pattern: string): Step {
  const alternatives = pattern.split('|');
  const stems = alternatives.filter((one) => one.endsWith('*')).map((one) => fold(one.slice(0, -1)));
  return {
    isAny: pattern === '_',
    words: new Set(alternatives.filter((one) => !one.endsWith('*')).map(fold)),
    stems,
  };
}
