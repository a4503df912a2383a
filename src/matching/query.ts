import type { Span } from '../model/article.ts';
import { tokenize } from '../text/tokens.ts';
import { FIELD_EXAMPLES, type FieldName, fieldMeant, fieldNamed, readField } from './fields.ts';
import { parse } from './grammar.js';

/** A word as typed, or the content of a pair of quotation marks. */
export interface TermNode extends Span {
  kind: 'word' | 'phrase';
  text: string;
  /** What of the article it is about; absent for a word anywhere in the text. */
  field?: FieldName;
  bracketed?: true;
}

/** `all` of the items or `any` of them; `bracketed` when the user grouped them. */
interface GroupNode extends Span {
  kind: 'all' | 'any';
  items: QueryNode[];
  bracketed?: true;
}

interface NotNode extends Span {
  kind: 'not';
  item: QueryNode;
  bracketed?: true;
}

/** One node of a query; its span is an offset into the query's source. */
export type QueryNode = TermNode | GroupNode | NotNode;

/** A watch query that was understood. */
export interface Query {
  source: string;
  root: QueryNode;
  /** Sentences for the user about what may not mean what they think. */
  hints: string[];
}

/** A watch query that cannot be read: what is wrong, where, and what to write instead. */
export class QueryError extends Error {
  override name = 'QueryError';
  /** Offset into the query, from 0 to its length. */
  position: number;
  /** What the user can do about it, as a sentence. */
  remedy: string;

  constructor(message: string, position: number, remedy: string) {
    super(message);
    this.position = position;
    this.remedy = remedy;
  }
}

/** Our limit: a boolean of 700 words takes 9,300 characters and 2 to 9 ms to parse. */
const MAX_LENGTH = 10_000;
/** Our limit: nobody reads more than a few brackets deep, and the parser is recursive. */
const MAX_DEPTH = 50;

type Fault = (text: string) => { message: string; remedy: string };

const FAULTS = {
  empty: () => ({
    message: 'There is nothing to watch for.',
    remedy: 'Write a few words, such as: Idlib raid',
  }),
  tooLong: () => ({
    message: `A query can have ${MAX_LENGTH} characters at most.`,
    remedy: 'Split it into several watches.',
  }),
  tooDeep: () => ({
    message: `Only ${MAX_DEPTH} brackets can be open at once.`,
    remedy: 'Take some brackets away.',
  }),
  strayBracket: () => ({
    message: 'This “)” closes nothing.',
    remedy: 'Take it away, or add “(” before it.',
  }),
  unclosedBracket: () => ({ message: 'This “(” is never closed.', remedy: 'Add “)” where the group ends.' }),
  emptyBrackets: () => ({
    message: 'There is nothing between these brackets.',
    remedy: 'Write words between them, or take them away.',
  }),
  unclosedQuote: () => ({
    message: 'This quotation mark is never closed.',
    remedy: 'Add a second one where the phrase ends.',
  }),
  emptyTerm: (text) => ({
    message: `There is no letter or digit to look for in “${text}”.`,
    remedy: 'Take it away, or write a word.',
  }),
  nothingBefore: (text) => ({
    message: `There is nothing before this “${text}”.`,
    remedy: 'Write a word on both sides, as in: Idlib OR Aleppo',
  }),
  nothingAfter: () => ({
    message: 'A word is missing here.',
    remedy: 'Write a word on both sides, as in: Idlib OR Aleppo',
  }),
  nothingAfterNot: () => ({
    message: 'What should be excluded is missing here.',
    remedy: 'Write it after NOT or directly after the minus, as in: Idlib -football',
  }),
  doubleNot: () => ({
    message: 'One exclusion follows another.',
    remedy: 'Exclude once, as in: Idlib -football',
  }),
  loneDash: (text) => ({
    message: `“${text}” stands alone.`,
    remedy: 'Take it away, or write it directly before a word to exclude that word: -football',
  }),
  onlyExclusions: () => ({
    message: 'This only says what to leave out, so that nearly everything would alert.',
    remedy: 'Add what to look for, as in: Idlib -football',
  }),
  wildcard: (text) => ({
    message: 'A * is not understood.',
    remedy: `Write the word alone, it finds its other forms too: ${text.replaceAll('*', '')}`,
  }),
  near: (text) => ({
    message: `“${text}” is not understood.`,
    remedy: 'Write a space to find both words anywhere, or put words that stand together in quotes.',
  }),
  field: (text) => ({
    message: `I do not know “${text}:”.`,
    remedy: `Did you mean ${fieldMeant(text)}:? To look for the word itself, put it in quotes.`,
  }),
  noValue: (text) => ({
    message: `What “${text}:” should be is missing here.`,
    remedy: `Write it directly after the colon, as in: ${exampleOf(text)}. A minus goes before the field.`,
  }),
  value: (text) => ({
    message: `“${text}” is not understood.`,
    remedy: `Write for example: ${exampleOf(text)}`,
  }),
} satisfies Record<string, Fault>;

/** The ways in which a query can be wrong. */
export type FaultKind = keyof typeof FAULTS;

/** Reads a watch query. Throws QueryError with the position of the first thing that cannot be read. */
export function parseQuery(query: string): Query {
  if (query.length > MAX_LENGTH) refuse('tooLong', MAX_LENGTH, '');
  // One space for each white-space unit: the grammar stays simple and offsets stay those of the source.
  const root = parse(query.replaceAll(/\s/g, ' '), { maxDepth: MAX_DEPTH, fieldNamed, fault: refuse });
  if (root === null) return refuse('empty', 0, '');
  checkTerms(root, query);
  const loose = negativePart(root);
  if (loose !== null) refuse('onlyExclusions', loose.start, '');
  return {
    source: query,
    root,
    hints: [...wordHints(root), ...groupHints(root, query), ...fieldHints(root, query)],
  };
}

/** How to use the field with which the text begins. */
function exampleOf(text: string): string {
  const field = fieldNamed(text.split(':', 1)[0] ?? '');
  return field === null ? '' : FIELD_EXAMPLES[field];
}

function refuse(kind: FaultKind, position: number, text: string): never {
  const { message, remedy } = FAULTS[kind](text);
  throw new QueryError(message, position, remedy);
}

function checkTerms(node: QueryNode, source: string): void {
  if ('text' in node) checkTerm(node, source);
  else for (const part of partsOf(node)) checkTerms(part, source);
}

function checkTerm(node: TermNode, source: string): void {
  const { kind, text, field, start, end } = node;
  if (tokenize(text).length === 0) refuse('emptyTerm', start, text);
  if (field !== undefined && field !== 'title') {
    if (readField(field, text) === null) refuse('value', start, `${field}:${text}`);
    return;
  }
  if (kind === 'phrase') return;
  if (/\w\*|\*\w/.test(text)) refuse('wildcard', end - text.length + text.indexOf('*'), text);
  if (/^O?NEAR(?:\/\d*)?$/.test(text)) refuse('near', start, text);
  const name = nameBeforeColon(node, source);
  if (name !== null && fieldMeant(name) !== null) refuse('field', start, name);
}

/** The letters that stand where the name of a field would: with a colon and a value, which is no path. */
function nameBeforeColon({ field, start }: TermNode, source: string): string | null {
  return field === undefined ? (/^([a-z]+)[:：][^\s/,|)]/i.exec(source.slice(start))?.[1] ?? null) : null;
}

/** The part that could match an article by what is not in it; null when every match needs some word. */
function negativePart(node: QueryNode): QueryNode | null {
  if ('item' in node) return node;
  const parts = partsOf(node).map(negativePart);
  if (node.kind === 'all' && parts.includes(null)) return null;
  return parts.find((part) => part !== null) ?? null;
}

function partsOf(node: QueryNode): QueryNode[] {
  if ('items' in node) return node.items;
  return 'item' in node ? [node.item] : [];
}

const OPERATOR_WORDS = new Map([
  ['or', 'to find either'],
  ['and', 'to find both, or just a space'],
  ['not', 'to exclude what follows'],
]);

function wordHints(node: QueryNode): string[] {
  const items = partsOf(node);
  const own = items.slice(1).flatMap((item) => (isPlainWord(item) ? operatorHint(item.text) : []));
  return [...own, ...items.flatMap(wordHints)];
}

function isPlainWord(node: QueryNode): node is TermNode {
  return node.kind === 'word' && node.field === undefined;
}

function operatorHint(word: string): string[] {
  const purpose = OPERATOR_WORDS.get(word);
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
  if ('text' in node) return unknownFieldHint(node, source);
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

/** "feed:reuters, bbc" looks like two feeds. */
function valueHint(before: QueryNode | undefined, node: QueryNode): string[] {
  if (before?.kind !== 'word' || before.field === undefined || !isPlainWord(node)) return [];
  const { field, text } = before;
  return [
    `“${node.text}” is read as a word to look for. If it belongs to ${field}: too, write ${field}:(${text} OR ${node.text}).`,
  ];
}

/** Characters of the query shown on each side of an error. */
const CONTEXT = 40;

/** The query with a caret under the error, the message and the remedy: four lines of fixed-width text. */
export function pointAt(query: string, error: QueryError): string {
  const start = Math.max(0, error.position - CONTEXT);
  const end = Math.min(query.length, error.position + CONTEXT);
  const before = `${start > 0 ? '…' : ''}${query.slice(start, error.position)}`.replaceAll(/\s/g, ' ');
  const after = `${query.slice(error.position, end)}${end < query.length ? '…' : ''}`.replaceAll(/\s/g, ' ');
  return [`${before}${after}`, `${' '.repeat(columns(before))}^`, error.message, error.remedy].join('\n');
}

/** Columns of a fixed-width font: two for East Asian characters and emoji, none for marks. */
function columns(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const isWide =
      /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
    width += isWide.test(segment) ? 2 : 1;
  }
  return width;
}
