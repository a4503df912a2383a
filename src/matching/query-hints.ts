import { FIELD_EXAMPLES } from './fields.ts';
import { partsOf, type QueryNode, type TermNode } from './query-tree.ts';

const OPERATOR_WORDS = new Map([
  ['or', 'to find either'],
  ['and', 'to find both, or just a space'],
  ['not', 'to exclude what follows'],
]);

/** Sentences for the user about what may not mean what they think. */
export function hintsFor(root: QueryNode, source: string): string[] {
  return [...wordHints(root), ...groupHints(root, source), ...fieldHints(root, source)];
}

/** The letters that stand where the name of a field would: with a colon and a value, which is no path. */
export function nameBeforeColon({ field, start }: TermNode, source: string): string | null {
  return field === undefined ? (/^([a-z]+)[:：][^\s/,|)]/i.exec(source.slice(start))?.[1] ?? null) : null;
}

function wordHints(node: QueryNode): string[] {
  const items = partsOf(node);
  const own = items.slice(1).flatMap((item) => (isPlainWord(item) ? operatorHint(item.text) : []));
  return [...own, ...items.flatMap(wordHints)];
}

function isPlainWord(node: QueryNode): node is TermNode {
  return node.kind === 'word' && node.field === undefined;
}

function operatorHint(word: string): string[] {
  const isDistance = /^o?near\/\d+$/.test(word);
  const purpose = isDistance ? 'to find both so many words apart' : OPERATOR_WORDS.get(word);
  if (purpose === undefined) return [];
  return [`“${word}” is read as a word to look for. Write ${word.toUpperCase()} in capitals ${purpose}.`];
}

/** OR binds less than a space here, which is the opposite of what Google does: say so where it matters. */
function groupHints(node: QueryNode, source: string): string[] {
  const items = partsOf(node);
  const isLoose = (item: QueryNode) => item.kind === 'all' && !item.bracketed;
  const isMixed = node.kind === 'any' && items.some(isLoose) && !items.every(isLoose);
  const readings = items.map((item) => source.slice(item.start, item.end).trim());
  const own = isMixed
    ? [`This is read as: (${readings.join(') OR (')}). Add brackets if you meant otherwise.`]
    : [];
  return [...own, ...items.flatMap((item) => groupHints(item, source))];
}

function fieldHints(node: QueryNode, source: string): string[] {
  if ('text' in node) return [...unknownFieldHint(node, source), ...quotedStarHint(node)];
  const items = partsOf(node);
  const own = node.kind === 'any' ? items.slice(1).flatMap((item, at) => valueHint(items[at], item)) : [];
  return [...own, ...items.flatMap((item) => fieldHints(item, source))];
}

/** Fields are typed in small letters, so that "EU:n" and "Kurd:innen" are nothing to talk about. */
function unknownFieldHint(node: TermNode, source: string): string[] {
  const name = nameBeforeColon(node, source);
  if (name === null || name !== name.toLowerCase()) return [];
  const fields = Object.keys(FIELD_EXAMPLES).map((field) => `${field}:`);
  return [`“${name}:” is read as a word to look for. The fields are ${fields.join(', ')}.`];
}

function quotedStarHint({ kind, text }: TermNode): string[] {
  if (kind !== 'phrase' || !/[^\s*]\*/.test(text)) return [];
  return ['A * in quotes is not read. Write raid* without quotes to find every word that begins so.'];
}

/** "feed:reuters, bbc" looks like two feeds. */
function valueHint(before: QueryNode | undefined, node: QueryNode): string[] {
  if (before?.kind !== 'word' || before.field === undefined || !isPlainWord(node)) return [];
  const { field, text } = before;
  return [
    `“${node.text}” is read as a word to look for. If it belongs to ${field}: too, write ${field}:(${text} OR ${node.text}).`,
  ];
}
