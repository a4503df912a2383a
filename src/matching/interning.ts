import { type Column, createColumns, growColumns } from './columns.ts';
import { afterNode } from './program.ts';
import type { Rules } from './rules.ts';
import { NONE } from './signals.ts';

/**
 * Rules by their programs, so that the query of 1,000 teams is tried once. A hash table of numbers: a Map from
 * programs written as strings would take 90 bytes more for each watch.
 */
export class Interning {
  readonly #rules: Rules;
  readonly #columns = createColumns('next', 'uses');
  #buckets: Column = new Int32Array(16).fill(NONE);
  #count = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** The rule of this program, or NONE. */
  find(code: readonly number[]): number {
    const { next } = this.#columns;
    let rule = this.#buckets[this.#bucketOf(code)] as number;
    while (rule !== NONE && !this.#isSame(rule, code)) rule = next[rule] as number;
    return rule;
  }

  /** A rule with a program of its own, used once. */
  add(rule: number): void {
    growColumns(this.#columns, rule + 1);
    this.#columns.uses[rule] = 1;
    this.#count += 1;
    if (this.#count > this.#buckets.length) this.#enlarge();
    this.#link(rule);
  }

  keep(rule: number): void {
    const { uses } = this.#columns;
    uses[rule] = (uses[rule] as number) + 1;
  }

  /** Counts one use less; true when that was the last one. */
  release(rule: number): boolean {
    const { uses } = this.#columns;
    const left = (uses[rule] as number) - 1;
    uses[rule] = left;
    if (left > 0) return false;
    this.#unlink(rule);
    this.#count -= 1;
    return true;
  }

  #bucketOf(code: ArrayLike<number>): number {
    return hashOf(code) & (this.#buckets.length - 1);
  }

  #bucketOfRule(rule: number): number {
    const at = this.#rules.program(rule);
    return this.#bucketOf(this.#rules.code.subarray(at, afterNode(this.#rules.code, at)));
  }

  /** Programs tell their own length: none is the beginning of another. */
  #isSame(rule: number, code: readonly number[]): boolean {
    const at = this.#rules.program(rule);
    return code.every((number, offset) => this.#rules.code[at + offset] === number);
  }

  #link(rule: number): void {
    const { next } = this.#columns;
    const bucket = this.#bucketOfRule(rule);
    next[rule] = this.#buckets[bucket] as number;
    this.#buckets[bucket] = rule;
  }

  #unlink(rule: number): void {
    const { next } = this.#columns;
    const bucket = this.#bucketOfRule(rule);
    let before = this.#buckets[bucket] as number;
    if (before === rule) {
      this.#buckets[bucket] = next[rule] as number;
      return;
    }
    while (next[before] !== rule) before = next[before] as number;
    next[before] = next[rule] as number;
  }

  #enlarge(): void {
    const old = this.#buckets;
    const { next } = this.#columns;
    this.#buckets = new Int32Array(old.length * 2).fill(NONE);
    for (const head of old) {
      for (let rule = head; rule !== NONE; ) {
        const following = next[rule] as number;
        this.#link(rule);
        rule = following;
      }
    }
  }
}

/** FNV-1a over whole numbers, mixed so that the low bits tell programs apart. */
function hashOf(code: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < code.length; at += 1) hash = Math.imul(hash ^ (code[at] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
