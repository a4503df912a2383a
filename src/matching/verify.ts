import type { Span } from '../model/article.ts';
import type { Condition } from './condition.ts';
import { type ArticleFields, type FieldTest, readField } from './fields.ts';
import type { Atom, Hits, Lexicon } from './lexicon.ts';
import { isAllCapitals, type Spelling } from './spellings.ts';
import { isOnePhrase, type Unit } from './text-units.ts';

/** A condition whose terms are atoms of a lexicon. */
export type Compiled =
  | { kind: 'term'; spellings: CompiledTerm[][]; inTitle: boolean }
  | { kind: 'property'; test: FieldTest }
  | { kind: 'all' | 'any'; items: Compiled[] }
  | { kind: 'not'; item: Compiled };

interface CompiledTerm {
  atom: Atom;
  capitals: boolean;
}

/** One text with the atoms found in it, and what the owner of a watch knows of its article. */
export interface FoundText {
  text: string;
  titleEnd: number;
  hits: Hits;
  article: ArticleFields;
  watchId: string;
}

/** The condition with its terms taken from the lexicon. */
export function compileCondition(condition: Condition, lexicon: Lexicon): Compiled {
  if (condition.kind === 'not') return { kind: 'not', item: compileCondition(condition.item, lexicon) };
  if (condition.kind === 'property') {
    // parseQuery refuses values that mean nothing.
    return { kind: 'property', test: readField(condition.field, condition.value) ?? (() => false) };
  }
  if (condition.kind !== 'term') {
    return { kind: condition.kind, items: condition.items.map((item) => compileCondition(item, lexicon)) };
  }
  const compileSpelling = (spelling: Spelling) =>
    spelling.map((term) => ({ atom: lexicon.take(term), capitals: term.capitals }));
  return { ...condition, spellings: condition.spellings.map(compileSpelling) };
}

/** Every atom that the condition took, as often as it took it. */
export function atomsOf(condition: Compiled): Atom[] {
  if (condition.kind === 'not') return atomsOf(condition.item);
  if (condition.kind === 'property') return [];
  if (condition.kind === 'term') return condition.spellings.flat().map((term) => term.atom);
  return condition.items.flatMap(atomsOf);
}

/**
 * The spans that satisfy the condition, in order and merged where they overlap; null when it does not hold.
 * Only words that are required or one of several choices give spans, never what is excluded.
 */
export function verify(condition: Compiled, found: FoundText): Span[] | null {
  const spans = collect(condition, found);
  return spans === null ? null : mergeSpans(spans);
}

function collect(condition: Compiled, found: FoundText): Span[] | null {
  switch (condition.kind) {
    case 'not':
      return collect(condition.item, found) === null ? [] : null;
    case 'all':
      return collectAll(condition.items, found);
    case 'any':
      return collectAny(condition.items, found);
    case 'property':
      return condition.test(found.article, found.watchId) ? [] : null;
    case 'term': {
      const spans = condition.spellings.flatMap((spelling) => occurrences(spelling, found));
      const wanted = condition.inTitle ? spans.filter((span) => span.end <= found.titleEnd) : spans;
      return wanted.length > 0 ? wanted : null;
    }
  }
}

function collectAll(items: Compiled[], found: FoundText): Span[] | null {
  const spans: Span[] = [];
  for (const item of items) {
    const own = collect(item, found);
    if (own === null) return null;
    spans.push(...own);
  }
  return spans;
}

function collectAny(items: Compiled[], found: FoundText): Span[] | null {
  const satisfied = items.map((item) => collect(item, found)).filter((spans) => spans !== null);
  return satisfied.length > 0 ? satisfied.flat() : null;
}

function occurrences(spelling: CompiledTerm[], found: FoundText): Span[] {
  const [head, ...tail] = spelling;
  if (head === undefined) return [];
  const spans: Span[] = [];
  for (const unit of found.hits.get(head.atom) ?? []) {
    const last = follow(tail, unit, found);
    if (last === null || (head.capitals && !isAllCapitals(found.text.slice(unit.start, unit.end)))) continue;
    spans.push({ start: unit.start, end: last.end });
  }
  return spans;
}

/** The unit that ends the phrase which goes on after this one with these terms, or null. */
function follow(terms: CompiledTerm[], unit: Unit, found: FoundText): Unit | null {
  const [term, ...rest] = terms;
  if (term === undefined) return unit;
  for (const next of unitsAt(found.hits.get(term.atom) ?? [], unit.next)) {
    if (!isOnePhrase(found.text, found.titleEnd, unit, next)) return null;
    const last = follow(rest, next, found);
    if (last !== null) return last;
  }
  return null;
}

/** The units that begin with this token; `units` are in order of their first token. */
function unitsAt(units: Unit[], first: number): Unit[] {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle]?.first ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (units[end]?.first === first) end += 1;
  return units.slice(low, end);
}

function mergeSpans(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
