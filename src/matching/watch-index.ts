import type { Match } from '../model/watch.ts';
import { conditionOf } from './condition.ts';
import type { ArticleFields } from './fields.ts';
import { type Atom, createLexicon, type Lexicon } from './lexicon.ts';
import { parseQuery } from './query.ts';
import { atomsOf, type Compiled, compileCondition, verify } from './verify.ts';

/** What matching must know of a text besides the text. */
export interface MatchOptions extends ArticleFields {
  /** Where the title ends in the text; 0 when it has none. No phrase reaches from the title into the body. */
  titleEnd: number;
}

/** The watches that articles are matched against; adding and removing takes effect at once. */
export interface WatchIndex {
  /** Adds a watch, or replaces the one with this id. Throws QueryError, and then changes nothing. */
  add(watch: { id: string; query: string }): void;
  remove(id: string): void;
  /**
   * The watches that the text satisfies, oldest first, each with the spans of the text that did: none where only
   * fields were asked for, such as the feed.
   */
  match(text: string, options: MatchOptions): Match[];
  readonly size: number;
}

interface Filed {
  id: string;
  /** Matches come out in the order in which watches were added. */
  order: number;
  condition: Compiled;
  /** No text satisfies the watch without one of these; null stands for a text without any of its words. */
  triggers: (Atom | null)[];
  /** Texts that held a trigger and did not satisfy it, since it was filed. */
  misses: number;
}

/** Misses after which a watch is filed again by what was learned about its words meanwhile. */
const MISSES_BEFORE_REFILING = 16;

/**
 * An empty index. Each watch is filed under its rarest required words, and only the watches filed under a word
 * of the text are verified: at 1,000 watches that is about one per article instead of all. Those that ask for no
 * word, such as everything of a feed, are verified for every text.
 */
export function createWatchIndex(): WatchIndex {
  const lexicon = createLexicon();
  const watches = new Map<string, Filed>();
  const files = new Map<Atom | null, Set<Filed>>();
  let added = 0;

  function file(watch: Filed): void {
    watch.triggers = triggersOf(watch.condition, lexicon)?.atoms ?? [null];
    watch.misses = 0;
    for (const atom of watch.triggers) {
      const filed = files.get(atom) ?? new Set();
      files.set(atom, filed.add(watch));
    }
  }

  function unfile(watch: Filed): void {
    for (const atom of watch.triggers) {
      files.get(atom)?.delete(watch);
      if (files.get(atom)?.size === 0) files.delete(atom);
    }
  }

  function add(watch: { id: string; query: string }): void {
    const condition = conditionOf(parseQuery(watch.query).root);
    remove(watch.id);
    added += 1;
    const compiled = compileCondition(condition, lexicon);
    const filed = { id: watch.id, order: added, condition: compiled, triggers: [], misses: 0 };
    watches.set(watch.id, filed);
    file(filed);
  }

  function remove(id: string): void {
    const watch = watches.get(id);
    if (watch === undefined) return;
    unfile(watch);
    watches.delete(id);
    for (const atom of atomsOf(watch.condition)) lexicon.release(atom);
  }

  function noteMiss(watch: Filed): void {
    watch.misses += 1;
    if (watch.misses < MISSES_BEFORE_REFILING) return;
    unfile(watch);
    file(watch);
  }

  function match(text: string, options: MatchOptions): Match[] {
    const hits = lexicon.read(text, options.language);
    const candidates = new Set(files.get(null));
    for (const atom of hits.keys()) for (const watch of files.get(atom) ?? []) candidates.add(watch);
    const matches: Match[] = [];
    for (const watch of [...candidates].sort((a, b) => a.order - b.order)) {
      const found = { text, titleEnd: options.titleEnd, hits, article: options, watchId: watch.id };
      const spans = verify(watch.condition, found);
      if (spans === null) noteMiss(watch);
      else matches.push({ watchId: watch.id, spans });
    }
    return matches;
  }

  return {
    add,
    remove,
    match,
    get size() {
      return watches.size;
    },
  };
}

interface Triggers {
  atoms: Atom[];
  frequency: number;
}

/** The rarest atoms of which every satisfying text holds at least one; null when it may hold none. */
function triggersOf(condition: Compiled, lexicon: Lexicon): Triggers | null {
  switch (condition.kind) {
    case 'not':
    case 'property':
      return null;
    case 'term':
      return union(
        condition.spellings.map((spelling) => rarest(spelling.map((term) => single(term.atom, lexicon)))),
      );
    case 'any':
      return union(condition.items.map((item) => triggersOf(item, lexicon)));
    case 'all':
      return rarest(condition.items.map((item) => triggersOf(item, lexicon)));
  }
}

function single(atom: Atom, lexicon: Lexicon): Triggers {
  return { atoms: [atom], frequency: lexicon.frequency(atom) };
}

function union(choices: (Triggers | null)[]): Triggers | null {
  const known = choices.filter((choice) => choice !== null);
  if (known.length < choices.length) return null;
  return {
    atoms: [...new Set(known.flatMap((choice) => choice.atoms))],
    frequency: known.reduce((sum, choice) => sum + choice.frequency, 0),
  };
}

function rarest(choices: (Triggers | null)[]): Triggers | null {
  let best: Triggers | null = null;
  for (const choice of choices) {
    if (choice !== null && (best === null || choice.frequency < best.frequency)) best = choice;
  }
  return best;
}
