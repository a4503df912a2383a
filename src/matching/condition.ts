import type { PropertyName } from './fields.ts';
import type { QueryNode, TermNode } from './query.ts';
import { joinedSpelling, type Spelling, spellingsOf } from './spellings.ts';

/** What must hold of an article, with every spelling of every word worked out. */
export type Condition =
  | { kind: 'term'; spellings: Spelling[]; inTitle: boolean }
  | { kind: 'property'; field: PropertyName; value: string }
  | { kind: 'all' | 'any'; items: Condition[] }
  | { kind: 'not'; item: Condition };

/** The condition that a query puts on an article. */
export function conditionOf(node: QueryNode): Condition {
  if ('text' in node) return termCondition(node);
  if ('item' in node) return { kind: 'not', item: conditionOf(node.item) };
  const items = node.kind === 'all' ? requiredItems(node.items) : node.items.map(conditionOf);
  return { kind: node.kind, items };
}

function termCondition(node: TermNode): Condition {
  const { field, text } = node;
  if (field !== undefined && field !== 'title') return { kind: 'property', field, value: text };
  return { kind: 'term', spellings: spellingsOf(node), inTitle: field === 'title' };
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
  if (first?.kind !== 'word' || second?.kind !== 'word' || first.field !== second.field) return null;
  const [left, right] = [conditionOf(first), conditionOf(second)];
  const spelling = joinedSpelling(first, second);
  if (left.kind !== 'term' || spelling === null) return null;
  const joined: Condition = { ...left, spellings: [spelling] };
  return { kind: 'any', items: [{ kind: 'all', items: [left, right] }, joined] };
}
