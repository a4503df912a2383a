import { type FeedLabels, feedTest } from './feed-labels.ts';
import { parseQuery } from './query.ts';
import type { QueryNode } from './query-tree.ts';

/** Whether an article of a feed with these labels could satisfy the query, whatever its words are. Throws QueryError. */
export function mayConcern(query: string, labels: FeedLabels): boolean {
  return mayHold(parseQuery(query).root, labels);
}

function mayHold(node: QueryNode, labels: FeedLabels): boolean {
  if ('text' in node) return node.field !== 'feed' || feedTest(node.text)(labels);
  if ('item' in node) return !isFeed(node.item) || !mayHold(node.item, labels);
  const holds = node.items.map((item) => mayHold(item, labels));
  return node.kind === 'any' ? holds.some(Boolean) : holds.every(Boolean);
}

function isFeed(node: QueryNode): boolean {
  return 'text' in node && node.field === 'feed';
}
