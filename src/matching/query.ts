import { tokenize } from '../text/tokens.ts';
import { type FieldValues, fieldMeant, fieldNamed, isPart, readField, suggestedValues } from './fields.ts';
import { parse } from './grammar.js';
import {
  type FaultKind,
  faultOf,
  MAX_DEPTH,
  MAX_DISTANCE,
  MAX_LENGTH,
  MIN_PREFIX_LETTERS,
} from './query-faults.ts';
import { hintsFor, nameBeforeColon } from './query-hints.ts';
import { type NearNode, partsOf, type QueryNode, type TermNode } from './query-tree.ts';

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

/** Words between two sides when NEAR has no number: a long clause. */
const USUAL_DISTANCE = 5;

/**
 * Reads a watch query. Throws QueryError with the position of the first thing that cannot be read. Without `values`
 * every topic and place is taken as given.
 */
export function parseQuery(query: string, values: FieldValues = {}): Query {
  if (query.length > MAX_LENGTH) refuse('tooLong', MAX_LENGTH, '');
  // One space for each white-space unit: the grammar stays simple and offsets stay those of the source.
  const root = parse(query.replaceAll(/\s/g, ' '), {
    maxDepth: MAX_DEPTH,
    maxDistance: MAX_DISTANCE,
    usualDistance: USUAL_DISTANCE,
    fieldNamed,
    fault: refuse,
  });
  if (root === null) return refuse('empty', 0, '');
  checkNode(root, query, values);
  const loose = negativePart(root);
  if (loose !== null) refuse('onlyExclusions', loose.start, '');
  return { source: query, root, hints: hintsFor(root, query) };
}

/** Throws the QueryError of that kind. */
export function refuse(kind: FaultKind, position: number, text: string): never {
  const { message, remedy } = faultOf(kind, text);
  throw new QueryError(message, position, remedy);
}

function checkNode(node: QueryNode, source: string, values: FieldValues): void {
  if ('text' in node) checkTerm(node, source, values);
  if (node.kind === 'near') checkSides(node);
  for (const part of partsOf(node)) checkNode(part, source, values);
}

function checkTerm(node: TermNode, source: string, values: FieldValues): void {
  const { text, field, start } = node;
  if (tokenize(text).length === 0) refuse('emptyTerm', start, text);
  if (field !== undefined && !isPart(field)) checkValue(node, values);
  else if (node.kind === 'word') checkWord(node);
  const name = node.kind === 'word' ? nameBeforeColon(node, source) : null;
  if (name !== null && fieldMeant(name) !== null) refuse('field', start, name);
}

function checkValue({ field, text, start }: TermNode, values: FieldValues): void {
  if (field === undefined || isPart(field) || readField(field, text, values) !== null) return;
  const nearest = suggestedValues(field, text, values).map((value) => `${field}:${value}`);
  const { message, remedy } = faultOf('value', `${field}:${text}`);
  throw new QueryError(
    message,
    start,
    nearest.length === 0 ? remedy : `Did you mean ${nearest.join(' or ')}?`,
  );
}

function checkWord({ text, exact, end }: TermNode): void {
  const start = end - text.length;
  if (/^O?NEAR\//.test(text)) refuse('nearNumber', start, text);
  const star = text.search(/\*(?=.*[\p{L}\p{N}])/u);
  if (star >= 0) refuse('wildcard', start + star, text);
  if (!isPrefix(text)) return;
  if (exact) refuse('exactWildcard', start + text.indexOf('*'), text);
  if (!hasEnoughLetters(text)) refuse('shortPrefix', start, text);
}

/** True for a word that stands for every word beginning with it: `raid*`. */
export function isPrefix(text: string): boolean {
  return /[\p{L}\p{M}\p{N}]\*+$/u.test(text);
}

/** A Korean syllable is two or three letters; in scripts without spaces every word is a beginning. */
function hasEnoughLetters(text: string): boolean {
  const last = tokenize(text).at(-1);
  const letters = (last?.form ?? '').normalize('NFD').match(/[\p{L}\p{N}]/gu) ?? [];
  return (
    letters.length >= MIN_PREFIX_LETTERS ||
    /^[\p{Script=Han}\p{scx=Kana}\p{Script=Thai}]/u.test(last?.form ?? '')
  );
}

/** NEAR measures between occurrences: only words and phrases have some, and a choice of those. */
function checkSides({ items }: NearNode): void {
  for (const side of items) checkSide(side);
}

function checkSide(side: QueryNode): void {
  if (side.kind === 'any') for (const item of side.items) checkSide(item);
  else if (side.kind === 'all') refuse('nearAll', side.start, '');
  else if (!('text' in side) || (side.field !== undefined && !isPart(side.field))) {
    refuse('nearSide', side.start, '');
  }
}

/** The part that could match an article by what is not in it; null when every match needs some word. */
function negativePart(node: QueryNode): QueryNode | null {
  if ('item' in node) return node;
  const parts = partsOf(node).map(negativePart);
  if (node.kind === 'all' && parts.includes(null)) return null;
  return parts.find((part) => part !== null) ?? null;
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
