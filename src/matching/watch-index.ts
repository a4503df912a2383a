import type { Span } from '../model/article.ts';
import type { Doubt, Match } from '../model/watch.ts';
import { type Column, createColumns, growColumns, grown, Numbering } from './columns.ts';
import { type Condition, conditionOf, type Knowledge } from './condition.ts';
import { NEAR_MISS_DOUBT } from './doubts.ts';
import { Engine } from './engine.ts';
import { type Found, type Page, pointsOff } from './evaluate.ts';
import type { ArticleFields } from './fields.ts';
import { NameTable } from './name-table.ts';
import { distinctReasons, type Reason, reasonsFor } from './reasons.ts';
import { NONE } from './signals.ts';

/** What matching must know of a text besides the text. */
export interface MatchOptions extends ArticleFields {
  /** Where the title ends in the text; 0 when it has none. No phrase reaches from the title into the body. */
  titleEnd: number;
}

/** A watch that the text satisfies, by its slot. */
interface Hit {
  slot: number;
  match: Omit<Match, 'watchId'>;
}

/**
 * The watches that articles are matched against; adding and removing takes effect at once. Each watch is filed under
 * its rarest required words, and only the watches filed under a word of the text are verified: at 1,000 watches that
 * is about one per article instead of all. Those that ask for no word, such as everything of a feed, are verified for
 * every text. Queries that say the same are one rule.
 */
export class WatchIndex {
  readonly #knowledge: Knowledge;
  readonly #engine = new Engine();
  readonly #numbers = new Numbering();
  /** Slots of watches by their ids. */
  readonly #ids = new NameTable();
  readonly #queries: string[] = [];
  /** One row per watch; the watches of one rule are a chain that begins in `#firsts`. */
  readonly #columns = createColumns('rule', 'order', 'next');
  #firsts: Column = new Int32Array(0);
  #added = 0;

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
  }

  get size(): number {
    return this.#ids.size;
  }

  /**
   * Adds a watch, or replaces the one with this id; `condition` is what to look for instead of what the query says.
   * Throws QueryError, and then changes nothing.
   */
  add(
    { id, query }: { id: string; query: string },
    condition: Condition = conditionOf(query, this.#knowledge),
  ): void {
    this.remove(id);
    const rule = this.#engine.take(condition);
    const slot = this.#numbers.take();
    growColumns(this.#columns, slot + 1);
    this.#firsts = grown(this.#firsts, rule + 1);
    this.#added += 1;
    this.#ids.add(slot, id);
    this.#queries[slot] = query;
    this.#columns.rule[slot] = rule;
    this.#columns.order[slot] = this.#added;
    this.#columns.next[slot] = this.#firsts[rule] as number;
    this.#firsts[rule] = slot;
  }

  remove(id: string): void {
    const [slot] = this.#ids.numbers(id);
    if (slot === undefined) return;
    const rule = this.#columns.rule[slot] as number;
    this.#unlink(rule, slot);
    this.#engine.release(rule);
    this.#ids.remove(slot);
    this.#queries[slot] = '';
    this.#numbers.giveBack(slot);
  }

  /**
   * The watches that the text satisfies, and its near-misses, oldest first, each with the spans of the text that did:
   * none where only fields were asked for, such as the feed. Watches with the same query share their spans.
   */
  match(text: string, options: MatchOptions): Match[] {
    const page = { text, titleEnd: options.titleEnd, article: options };
    const hits: Hit[] = [];
    this.#engine.read(page, (rule) => {
      const before = hits.length;
      if (this.#engine.isOwned(rule)) this.#tryEachWatch(rule, page, hits);
      else this.#tryOnce(rule, page, hits);
      return hits.length > before;
    });
    const { order } = this.#columns;
    hits.sort((a, b) => (order[a.slot] as number) - (order[b.slot] as number));
    return hits.map(({ slot, match }) => ({ watchId: this.#idOf(slot), ...match }));
  }

  /** Why the watch matches the text, in the order of the text; empty when it does not or there is no such watch. */
  explain(id: string, text: string, options: MatchOptions): Reason[] {
    const [slot] = this.#ids.numbers(id);
    if (slot === undefined) return [];
    const page = { text, titleEnd: options.titleEnd, article: options };
    this.#engine.read(page, () => true);
    const condition = conditionOf(this.#queries[slot] as string, this.#knowledge);
    const rule = this.#columns.rule[slot] as number;
    return distinctReasons(reasonsFor(condition, rule, { engine: this.#engine, page, watchId: id }));
  }

  #idOf(slot: number): string {
    return this.#ids.name(slot) ?? '';
  }

  #tryOnce(rule: number, page: Page, hits: Hit[]): void {
    const first = this.#firsts[rule] as number;
    if (!this.#engine.satisfies(rule, page, '')) return;
    const match = this.#match(page);
    for (let slot = first; slot !== NONE; slot = this.#columns.next[slot] as number)
      hits.push({ slot, match });
  }

  #tryEachWatch(rule: number, page: Page, hits: Hit[]): void {
    const first = this.#firsts[rule] as number;
    for (let slot = first; slot !== NONE; slot = this.#columns.next[slot] as number) {
      const isHit = this.#engine.satisfies(rule, page, this.#idOf(slot));
      if (isHit) hits.push({ slot, match: this.#match(page) });
    }
  }

  /** What the engine has just found satisfied. */
  #match(page: Page): Hit['match'] {
    const points = pointsOff(this.#engine.doubts);
    return {
      spans: mergedSpans(this.#engine.found),
      rank: Math.max(0, 100 - points),
      isNearMiss: points >= NEAR_MISS_DOUBT,
      doubts: this.#doubts(page),
    };
  }

  #doubts(page: Page): Doubt[] {
    const { doubts } = this.#engine;
    const said: Doubt[] = [];
    for (let at = 0; at < doubts.length; at += 4) {
      const [, number = NONE, start = NONE, end = NONE] = doubts.slice(at, at + 4);
      if (start === NONE) {
        said.push({ tells: null, found: this.#engine.passingValue(number, page) ?? '', span: null });
        continue;
      }
      const found = page.text.slice(start, end);
      said.push({ tells: this.#engine.guardName(number), found, span: { start, end } });
    }
    return said;
  }

  #unlink(rule: number, slot: number): void {
    const { next } = this.#columns;
    let before = this.#firsts[rule] as number;
    if (before === slot) {
      this.#firsts[rule] = next[slot] as number;
      return;
    }
    while (next[before] !== slot) before = next[before] as number;
    next[before] = next[slot] as number;
  }
}

/** An empty index, for queries about the world as `knowledge` has it. */
export function createWatchIndex(knowledge: Knowledge = {}): WatchIndex {
  return new WatchIndex(knowledge);
}

/** The spans in order and merged where they overlap. */
function mergedSpans(found: Found): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < found.length; at += 4) {
    spans.push({ start: found[at] as number, end: found[at + 1] as number });
  }
  if (spans.length < 2) return spans;
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}
