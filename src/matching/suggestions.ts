import type { Span } from '../model/article.ts';
import { tokenize } from '../text/tokens.ts';

/** A word that stands in many articles that match and in few others. */
export interface Suggestion {
  /** As most of the articles write it. */
  word: string;
  /** How many of the articles that match have it, and how many of the others. */
  matching: number;
  others: number;
}

/** Fewer articles tell nothing about words. */
const MIN_MATCHING = 3;
const MIN_OTHERS = 30;
/** A word says something of a query when it is so many times as frequent in what matches. */
const MIN_LIFT = 4;
/** And when at least one of so many articles that match has it. */
const MIN_SHARE = 1 / 6;
const MIN_LETTERS = 4;

interface Count {
  matching: number;
  others: number;
  /** How often each way to write it was met in what matches. */
  written: Map<string, number>;
}

/** Counts in how many articles words stand, to find those that a query might ask for too. */
export class WordCounts {
  readonly #counts = new Map<string, Count>();
  #matching = 0;
  #others = 0;

  /** `spans` are the words that the query found; null for an article that does not match. */
  add(text: string, spans: readonly Span[] | null): void {
    if (spans === null) this.#others += 1;
    else this.#matching += 1;
    const known = new Set<string>();
    for (const { form, start, end } of tokenize(text)) {
      if (known.has(form) || form.length < MIN_LETTERS || /\d/.test(form)) continue;
      if (spans?.some((span) => start < span.end && end > span.start)) continue;
      known.add(form);
      this.#note(form, spans === null ? null : text.slice(start, end));
    }
  }

  /** The most telling words first. */
  suggestions(limit: number): Suggestion[] {
    if (this.#matching < MIN_MATCHING || this.#others < MIN_OTHERS) return [];
    const telling = [...this.#counts.values()].filter((count) => this.#isTelling(count));
    return telling
      .sort((one, other) => this.#weight(other) - this.#weight(one))
      .slice(0, limit)
      .map(({ matching, others, written }) => ({ word: mostOf(written), matching, others }));
  }

  #note(form: string, written: string | null): void {
    const count = this.#counts.get(form) ?? { matching: 0, others: 0, written: new Map() };
    this.#counts.set(form, count);
    if (written === null) count.others += 1;
    else {
      count.matching += 1;
      count.written.set(written, (count.written.get(written) ?? 0) + 1);
    }
  }

  #isTelling(count: Count): boolean {
    const isOften = count.matching >= Math.max(MIN_MATCHING, this.#matching * MIN_SHARE);
    return isOften && this.#lift(count) >= MIN_LIFT;
  }

  #lift({ matching, others }: Count): number {
    return matching / this.#matching / ((others + 1) / (this.#others + 1));
  }

  #weight(count: Count): number {
    return count.matching * Math.log(this.#lift(count));
  }
}

function mostOf(written: ReadonlyMap<string, number>): string {
  const [most] = [...written].sort(([, one], [, other]) => other - one);
  return most?.[0] ?? '';
}
