import type { Span } from '../model/article.ts';
import type { FieldName } from './fields.ts';

/** A word as typed, or the content of a pair of quotation marks. */
export interface TermNode extends Span {
  kind: 'word' | 'phrase';
  text: string;
  /** What of the article it is about; absent for a word anywhere in the text. */
  field?: FieldName;
  /** Only as written, capitals and all: `=US`. */
  exact?: true;
  bracketed?: true;
}

/** `all` of the items or `any` of them; `bracketed` when the user grouped them. */
interface GroupNode extends Span {
  kind: 'all' | 'any';
  items: QueryNode[];
  bracketed?: true;
}

/** Two sides with at most `distance` words between them; `ordered`: the first one first. */
export interface NearNode extends Span {
  kind: 'near';
  items: [QueryNode, QueryNode];
  distance: number;
  ordered: boolean;
  bracketed?: true;
}

interface NotNode extends Span {
  kind: 'not';
  item: QueryNode;
  bracketed?: true;
}

/** One node of a query; its span is an offset into the query's source. */
export type QueryNode = TermNode | GroupNode | NearNode | NotNode;

/** The nodes directly below this one. */
export function partsOf(node: QueryNode): readonly QueryNode[] {
  if ('items' in node) return node.items;
  return 'item' in node ? [node.item] : [];
}
