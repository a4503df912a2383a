import { randomFrom } from './random.ts';

/** A watch and the same as a loop over regular expressions would test it. */
export interface GeneratedWatch {
  id: string;
  query: string;
  /** Sources of expressions that ignore case; every group needs one of its own. */
  groups: string[][];
}

export interface GeneratedArticle {
  title: string;
  text: string;
}

const VOCABULARY = 100_000;
/** Watches ask for words that fewer than 0.3 % of the articles hold, as those of the measured mix did. */
const TOO_COMMON = 5_300;
const SYLLABLES =
  'ba be bo da de do fa ga ha i ka ke ki la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te ti to u va ve za sha tra dor men kal ist ren'.split(
    ' ',
  );

/** How watches are drawn: as people do, many of them for the same words, or all of them different and of any words. */
export type Interest = 'shared' | 'scattered';

/**
 * News and watches in a language of made-up words that are as frequent as words are (Zipf 1949), a third of them names.
 * The mix of watches is that of `research/matching.md`: words, phrases, words in AND and OR, both in brackets with an
 * exclusion, beginnings of words, NEAR, titles, and booleans of 20 words. What people watch for is as unequal as words.
 */
export class GeneratedNews {
  readonly #random: () => number;
  readonly #words: string[];
  /** What can be watched for, the most popular first. */
  readonly #interests: string[];

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    this.#words = vocabulary(this.#random);
    this.#interests = this.#words.slice(TOO_COMMON).sort(() => this.#random() - 0.5);
  }

  articles(count: number): GeneratedArticle[] {
    return Array.from({ length: count }, () => {
      const title = this.#text(9);
      const sentences = Array.from(
        { length: 4 + Math.floor(this.#random() * 10) },
        () => `${this.#text(17)}.`,
      );
      return { title, text: `${title}\n\n${sentences.join(' ')}` };
    });
  }

  watches(count: number, interest: Interest): GeneratedWatch[] {
    const shapes: Shape[] = [];
    const known = new Set<string>();
    while (shapes.length < count) {
      const shape = watchOf(this.#random, (length) => this.#terms(length, interest));
      if (interest === 'shared' || !known.has(shape.query)) shapes.push(shape);
      known.add(shape.query);
    }
    return shapes.map((shape, at) => ({ id: `w${at}`, ...shape }));
  }

  #text(length: number): string {
    return Array.from({ length }, () => this.#words[rank(this.#random, 0, this.#words.length)]).join(' ');
  }

  #terms(length: number, interest: Interest): string[] {
    const pick = () =>
      interest === 'shared'
        ? this.#interests[rank(this.#random, 0, this.#interests.length)]
        : this.#words[rank(this.#random, TOO_COMMON, this.#words.length)];
    return Array.from({ length }, () => pick() ?? '');
  }
}

type Shape = Pick<GeneratedWatch, 'query' | 'groups'>;

function watchOf(random: () => number, terms: (length: number) => string[]): Shape {
  const shapes: [number, () => Shape][] = [
    [0.3, () => anyOf(terms(1))],
    [0.2, () => phrase(terms(2))],
    [0.2, () => allOf(terms(2 + Math.floor(random() * 2)))],
    [0.1, () => anyOf(terms(3))],
    [0.1, () => grouped(terms(2), terms(2), terms(1))],
    [0.03, () => beginning(terms(1))],
    [0.04, () => near(terms(2))],
    [0.01, () => inTitle(terms(1))],
    [0.02, () => grouped(terms(10), terms(10), terms(1))],
  ];
  const draw = random();
  let sum = 0;
  for (const [share, shape] of shapes) {
    sum += share;
    if (draw < sum) return shape();
  }
  return anyOf(terms(1));
}

function anyOf(words: string[]): Shape {
  return { query: words.join(' OR '), groups: [words.map(expression)] };
}

function allOf(words: string[]): Shape {
  return { query: words.join(' '), groups: words.map((word) => [expression(word)]) };
}

function phrase(words: string[]): Shape {
  return { query: `"${words.join(' ')}"`, groups: [[expression(words.join(' '))]] };
}

/** The exclusion is left to the engine: it makes the loop a little faster than it would be. */
function grouped(first: string[], second: string[], excluded: string[]): Shape {
  const groups = [first.map(expression), second.map(expression)];
  return { query: `(${first.join(' OR ')}) (${second.join(' OR ')}) -${excluded.join('')}`, groups };
}

function beginning([word = '']: string[]): Shape {
  const start = word.slice(0, Math.max(3, word.length - 2));
  return { query: `${start}*`, groups: [[`\\b${start}`]] };
}

function near([first = '', second = '']: string[]): Shape {
  const between = (a: string, b: string) => `\\b${a}\\W+(?:\\w+\\W+){0,5}?${b}\\b`;
  return { query: `${first} NEAR/5 ${second}`, groups: [[between(first, second), between(second, first)]] };
}

function inTitle([word = '']: string[]): Shape {
  return { query: `title:${word}`, groups: [[`^.*\\b${word}\\b`]] };
}

function expression(words: string): string {
  return `\\b${words}s?\\b`;
}

/** Zipf with exponent 1, cut off at both ends. */
function rank(random: () => number, from: number, to: number): number {
  const [low, high] = [Math.log(from + 1), Math.log(to + 1)];
  return Math.min(to - 1, Math.floor(Math.exp(low + random() * (high - low))) - 1);
}

function vocabulary(random: () => number): string[] {
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    const length = 3 + Math.floor(random() * 2);
    const word = Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
    words.add(random() < 0.33 ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word);
  }
  return [...words];
}
