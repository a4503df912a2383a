import { type Column, grown } from './columns.ts';

const NOBODY = -1;

/**
 * Numbers and their names; several may share one. A Map from names beside the names themselves would take 30 bytes
 * more for each.
 */
export class NameTable {
  readonly #names: (string | undefined)[] = [];
  #nexts: Column = new Int32Array(16);
  #buckets: Column = new Int32Array(16).fill(NOBODY);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  add(number: number, name: string): void {
    this.#names[number] = name;
    this.#nexts = grown(this.#nexts, number + 1);
    this.#count += 1;
    if (this.#count > this.#buckets.length) this.#enlarge();
    else this.#link(number, name);
  }

  remove(number: number): void {
    const bucket = this.#bucketOf(this.#names[number] ?? '');
    const next = this.#nexts[number] as number;
    let before = this.#buckets[bucket] as number;
    if (before === number) this.#buckets[bucket] = next;
    else {
      while (this.#nexts[before] !== number) before = this.#nexts[before] as number;
      this.#nexts[before] = next;
    }
    this.#names[number] = undefined;
    this.#count -= 1;
  }

  /** The name of a number that was added. */
  name(number: number): string | undefined {
    return this.#names[number];
  }

  /** The numbers of that name. */
  numbers(name: string): number[] {
    const found: number[] = [];
    let number = this.#buckets[this.#bucketOf(name)] as number;
    for (; number !== NOBODY; number = this.#nexts[number] as number) {
      if (this.#names[number] === name) found.push(number);
    }
    return found;
  }

  /** Every number that was added and not removed. */
  all(): number[] {
    return [...this.#names.keys()].filter((number) => this.#names[number] !== undefined);
  }

  #link(number: number, name: string): void {
    const bucket = this.#bucketOf(name);
    this.#nexts[number] = this.#buckets[bucket] as number;
    this.#buckets[bucket] = number;
  }

  #enlarge(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 2).fill(NOBODY);
    for (const [number, name] of this.#names.entries()) if (name !== undefined) this.#link(number, name);
  }

  /** FNV-1a, mixed so that the low bits tell names apart. */
  #bucketOf(name: string): number {
    let hash = 0x811c9dc5;
    for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
    return (hash ^ (hash >>> 15)) & (this.#buckets.length - 1);
  }
}
