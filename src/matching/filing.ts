import { type Column, createColumns, growColumns, grown, Numbering } from './columns.ts';
import type { Route } from './routes.ts';
import { NONE } from './signals.ts';

/** When a rule is tried: terms need the words, guards the terms, topics those two, and watches may need all. */
export const LEVEL = { TERM: 0, GUARD: 1, TOPIC: 2, WATCH: 3 } as const;

/**
 * Which rules an article's signals lead to: for each signal a chain of postings, so that adding and removing cost
 * the same at any size.
 */
export class Filing {
  readonly #numbers = new Numbering();
  readonly #heads: Column[] = Object.values(LEVEL).map(() => new Int32Array(0));
  #firstOfRule: Column = new Int32Array(0);
  /**
   * The rule that a posting is for, and a `guard`: a signal without which it need not be tried, or NONE. Then the
   * chain of postings of its signal, in which the first one has the signal itself, as `headOf`, for its `previous`;
   * and the next posting of the same rule.
   */
  readonly postings = createColumns('rule', 'guard', 'next', 'previous', 'sibling');

  /** The first posting under the signal, or NONE. */
  first(signal: number, level: number): number {
    return this.#heads[level]?.[signal] ?? NONE;
  }

  file(rule: number, level: number, routes: readonly Route[]): void {
    this.#firstOfRule = grown(this.#firstOfRule, rule + 1);
    this.#firstOfRule[rule] = NONE;
    for (const route of routes) this.#add(rule, level, route);
  }

  #add(rule: number, level: number, { signal, guard }: Route): void {
    const posting = this.#numbers.take();
    const { postings } = this;
    growColumns(postings, posting + 1);
    const next = this.first(signal, level);
    postings.rule[posting] = rule;
    postings.guard[posting] = guard;
    postings.previous[posting] = headOf(signal);
    postings.next[posting] = next;
    postings.sibling[posting] = this.#firstOfRule[rule] as number;
    if (next !== NONE) postings.previous[next] = posting;
    this.#firstOfRule[rule] = posting;
    this.#setFirst(signal, level, posting);
  }

  #setFirst(signal: number, level: number, posting: number): void {
    const heads = grown(this.#heads[level] as Column, signal + 1);
    heads[signal] = posting;
    this.#heads[level] = heads;
  }

  unfile(rule: number, level: number): void {
    const { postings } = this;
    let posting = this.#firstOfRule[rule] as number;
    while (posting !== NONE) {
      const [next, previous] = [postings.next[posting] as number, postings.previous[posting] as number];
      if (next !== NONE) postings.previous[next] = previous;
      if (previous < 0) this.#setFirst(headOf(previous), level, next);
      else postings.next[previous] = next;
      this.#numbers.giveBack(posting);
      posting = postings.sibling[posting] as number;
    }
    this.#firstOfRule[rule] = NONE;
  }
}

/** A signal as no posting's number, and back. */
function headOf(signal: number): number {
  return -1 - signal;
}
