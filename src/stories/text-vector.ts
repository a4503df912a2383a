import type { Fingerprint } from '../model/story.ts';
import type { Rarity } from './shared-terms.ts';

/** The words of one text, or the middle of several, as one comparison weighs them. */
export interface TextVector {
  weights: Map<string, number>;
  names: Set<string>;
  leading: string[];
  numbers: string[];
  /** Euclidean length of all weights, and of those that are neither names nor numbers. */
  length: number;
  wordsLength: number;
}

/** How alike two texts are, from 0 to 1: in all, and in what are neither names nor numbers. */
export interface Cosines {
  all: number;
  words: number;
}

/** The text of an article, each word as telling as it is rare among the candidates. */
export function textVector(print: Fingerprint, rarity: Rarity): TextVector {
  // What an older version stored has no text, and is judged by places, days and its few terms.
  const text = print.text ?? { terms: [], weights: [], names: [], leading: [] };
  const weights = new Map<string, number>();
  for (const [index, term] of text.terms.entries()) {
    weights.set(term, (text.weights[index] ?? 0) * rarity(term));
  }
  return measured({ weights, names: new Set(text.names), leading: text.leading });
}

/** The middle of several texts. */
export function meanVector(vectors: TextVector[]): TextVector {
  const [only] = vectors;
  if (only !== undefined && vectors.length === 1) return only;
  const weights = new Map<string, number>();
  for (const vector of vectors) {
    for (const [term, weight] of vector.weights) {
      weights.set(term, (weights.get(term) ?? 0) + weight / vectors.length);
    }
  }
  const names = new Set(vectors.flatMap((vector) => [...vector.names]));
  return measured({ weights, names, leading: [...new Set(vectors.flatMap(({ leading }) => leading))] });
}

/** How alike two texts are. */
export function cosines(one: TextVector, other: TextVector): Cosines {
  let [all, words] = [0, 0];
  for (const [term, weight] of one.weights) {
    const product = weight * (other.weights.get(term) ?? 0);
    if (product === 0) continue;
    all += product;
    if (!one.names.has(term) && !other.names.has(term) && !isNumber(term)) words += product;
  }
  return {
    all: part(all, one.length * other.length),
    words: part(words, one.wordsLength * other.wordsLength),
  };
}

/** `share / whole`; 0 where there is nothing. */
export function part(share: number, whole: number): number {
  return whole === 0 ? 0 : share / whole;
}

function measured(text: Pick<TextVector, 'weights' | 'names' | 'leading'>): TextVector {
  let [square, wordsSquare] = [0, 0];
  const numbers: string[] = [];
  for (const [term, weight] of text.weights) {
    square += weight * weight;
    if (isNumber(term)) numbers.push(term);
    else if (!text.names.has(term)) wordsSquare += weight * weight;
  }
  return { ...text, numbers, length: Math.sqrt(square), wordsLength: Math.sqrt(wordsSquare) };
}

function isNumber(term: string): boolean {
  const first = term.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}
