import type { FieldName } from './fields.ts';
import type { FaultKind } from './query-faults.ts';
import type { QueryNode } from './query-tree.ts';

/** What query.ts gives the generated parser. */
export interface GrammarOptions {
  /** How many brackets may be open at once: the parser and all who walk its tree are recursive. */
  maxDepth: number;
  /** How many words NEAR may leave between its sides, and how many it does when the query gives no number. */
  maxDistance: number;
  usualDistance: number;
  /** The field of that name; null when the word before a colon is just a word. */
  fieldNamed(name: string): FieldName | null;
  /** Called at the first thing that cannot be read; throws. */
  fault(kind: FaultKind, position: number, text: string): never;
}

/** The tree of a query without tabs and line ends, or null when it holds nothing at all. */
export function parse(source: string, options: GrammarOptions): QueryNode | null;
