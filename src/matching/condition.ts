import type { QueryNode } from './query.ts';
import { joinedSpelling, type Spelling, spellingsOf } from './spellings.ts';

/** What must hold of a text, with every spelling of every word worked out. */
export type Condition =
  | { kind: 'term'; spellings: Spelling[] }
  | { kind: 'all' | 'any'; items: Condition[] }
  | { kind: 'not'; item: Condition };

/** The condition that a query puts on a text. */
export function conditionOf(node: QueryNode): Condition {
  if ('text' in node) return { kind: 'term', spellings: spellingsOf(node) };
  if ('item' in node) return { kind: 'not', item: conditionOf(node.item) };
  const items = node.kind === 'all' ? requiredItems(node.items) : node.items.map(conditionOf);
  return { kind: node.kind, items };
}

/** Two words in a row may be one in the text: "counter terrorism" finds "counterterrorism". */
function requiredItems(nodes: QueryNode[]): Condition[] {
  const items: Condition[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const pair = joinedPair(nodes[at], nodes[at + 1]);
    const node = nodes[at];
    if (pair !== null) {
      items.push(pair);
      at += 1;
    } else if (node !== undefined) items.push(conditionOf(node));
  }
  return items;
}

function joinedPair(first: QueryNode | undefined, second: QueryNode | undefined): Condition | null {
  if (first?.kind !== 'word' || second?.kind !== 'word') return null;
  const spelling = joinedSpelling(first, second);
  if (spelling === null) return null;
  const apart: Condition = { kind: 'all', items: [conditionOf(first), conditionOf(second)] };
  return { kind: 'any', items: [apart, { kind: 'term', spellings: [spelling] }] };
}
