import type { Alias, Aliases } from '../knowledge/aliases.ts';
import type { Span } from '../model/article.ts';
import { type Guard, SIGN_KINDS, type SignKind } from './doubts.ts';
import {
  type FieldTest,
  type FieldValues,
  isPart,
  type PropertyName,
  passingTest,
  readField,
  topicKey,
} from './fields.ts';
import type { Understood } from './plain-words.ts';
import { isPrefix, parseQuery, refuse } from './query.ts';
import type { NearNode, QueryNode, TermNode } from './query-tree.ts';
import { aliasSpellings, joinedSpelling, type Spelling, spellingsOf } from './spellings.ts';

/** What the world is called, as far as queries name it; whatever is absent is not known. */
export interface Knowledge extends FieldValues {
  aliases?: Aliases | undefined;
  /** What topics are mistaken for. */
  guards?: readonly GuardQueries[] | undefined;
  /** A query for words of hard news, beside which only figures of speech count of those. */
  news?: string | undefined;
  /** What plain words mean; null where the words are what is meant. */
  understand?: ((query: string) => Understood | null) | undefined;
}

/** Words around those of a topic that tell of something else: sport, a film, an anniversary. */
export interface GuardQueries {
  /** What they tell of, for people. */
  title: string;
  /** The topic that they are about; null for all topics. */
  of: string | null;
  /** Queries for signs of each kind; null for none. */
  signs: Record<SignKind, string | null>;
}

/** What must hold of an article, with every spelling of every word worked out. */
export type Condition =
  | TermCondition
  | PropertyCondition
  | (Guarded & { kind: 'topic'; name: string; property: PropertyCondition })
  | (Guarded & { kind: 'guarded' })
  | { kind: 'all' | 'any'; items: Condition[] }
  | { kind: 'near'; items: Condition[]; distance: number; ordered: boolean }
  | { kind: 'not'; item: Condition };

/** What holds and is doubted where guards count; `news` is null where nothing lifts them. */
interface Guarded {
  item: Condition;
  guards: Guard[];
  news: Condition | null;
}

/** `asked` is the part of the query that it comes from, as typed. */
export interface TermCondition {
  kind: 'term';
  asked: string;
  spellings: Spelling[];
  /** Where it must stand. */
  within: 'text' | 'title' | 'lead';
}

export interface PropertyCondition {
  kind: 'property';
  asked: string;
  field: PropertyName;
  value: string;
  test: FieldTest;
  /** Whether an article only mentions the place asked for; null where no place is. */
  passing: FieldTest | null;
}

/** Each costs as much as the query itself, and nobody reads more reasons. */
const MAX_LOOSER = 8;

const readSignsOf = new WeakMap<Knowledge, Map<string, Condition>>();

interface Source {
  query: string;
  knowledge: Knowledge;
  /** Topics whose queries led here, outermost first. */
  within: readonly string[];
}

/** The condition that a query puts on an article. Throws QueryError. */
export function conditionOf(query: string, knowledge: Knowledge = {}): Condition {
  return readCondition(sourceOf(query, knowledge));
}

/** The condition without one of the things that it asks for or excludes. */
export interface Looser {
  /** What it is without, as typed. */
  without: string;
  isExclusion: boolean;
  condition: Condition;
}

/** For the first things that a query asks for together, the condition without each. Throws QueryError. */
export function looserConditions(query: string, knowledge: Knowledge): Looser[] {
  const source = sourceOf(query, knowledge);
  const { root } = parseQuery(source.query, knowledge);
  if (root.kind !== 'all') return [];
  const parts = requiredParts(root.items, source);
  const isExclusion = ({ item }: Part) => item.kind === 'not';
  const asked = parts.filter((part) => !isExclusion(part));
  const removable = parts.filter((part) => isExclusion(part) || asked.length > 1);
  return removable.slice(0, MAX_LOOSER).map((part) => ({
    without: source.query.slice(part.start, part.end),
    isExclusion: isExclusion(part),
    condition: { kind: 'all', items: parts.filter((other) => other !== part).map(({ item }) => item) },
  }));
}

/** What it is read as, where it is in plain words. */
function sourceOf(query: string, knowledge: Knowledge): Source {
  return { query: knowledge.understand?.(query)?.query ?? query, knowledge, within: [] };
}

function readCondition(source: Source): Condition {
  return conditionOfNode(parseQuery(source.query, source.knowledge).root, source);
}

function conditionOfNode(node: QueryNode, source: Source): Condition {
  if ('text' in node) return termCondition(node, source);
  switch (node.kind) {
    case 'not':
      return { kind: 'not', item: conditionOfNode(node.item, source) };
    case 'near':
      return nearCondition(node, source);
    case 'any':
      return { kind: 'any', items: node.items.map((item) => conditionOfNode(item, source)) };
    default:
      return { kind: 'all', items: requiredParts(node.items, source).map(({ item }) => item) };
  }
}

function nearCondition({ items, distance, ordered }: NearNode, source: Source): Condition {
  return { kind: 'near', items: items.map((item) => conditionOfNode(item, source)), distance, ordered };
}

function termCondition(node: TermNode, source: Source): Condition {
  const { field } = node;
  if (field === 'topic') return topicCondition(node, source);
  const asked = source.query.slice(node.start, node.end);
  if (field !== undefined && !isPart(field)) return propertyCondition(node, field, source);
  const typed = spellingsOf(node);
  const alias = isExpandable(node) ? (source.knowledge.aliases?.named(node.text) ?? null) : null;
  const spellings = alias === null ? typed : [...typed, ...othersThan(typed, alias)];
  return { kind: 'term', asked, spellings, within: field ?? 'text' };
}

function propertyCondition(node: TermNode, field: PropertyName, source: Source): PropertyCondition {
  const asked = source.query.slice(node.start, node.end);
  // parseQuery refuses values that mean nothing.
  const test = readField(field, node.text, source.knowledge) ?? (() => null);
  const passing = passingTest(field, node.text, source.knowledge);
  return { kind: 'property', asked, field, value: node.text, test, passing };
}

function topicCondition(node: TermNode, source: Source): Condition {
  const name = topicKey(node.text);
  const query = source.knowledge.topics?.get(name);
  const property = propertyCondition(node, 'topic', source);
  if (query === undefined) return property;
  if (source.within.includes(name)) refuse('topicLoop', node.start, name);
  const within = [...source.within, name];
  const item = readCondition({ ...source, query, within });
  const asked = (source.knowledge.guards ?? []).filter(({ of }) => of === null || of === name);
  const guards = asked.flatMap((one) => readGuard(one, source));
  const { news: signs } = source.knowledge;
  const news = signs === undefined ? null : readSigns(signs, source);
  return { kind: 'topic', name, property, item, guards, news };
}

function readGuard({ title, signs }: GuardQueries, source: Source): Guard[] {
  return SIGN_KINDS.flatMap((kind) => {
    const query = signs[kind];
    if (query === null) return [];
    return [{ name: title, kind, item: readSigns(query, source) }];
  });
}

/** Read once: every topic has the same ones, and to read them takes longer than to read the topic. */
function readSigns(query: string, source: Source): Condition {
  const known = readSignsOf.get(source.knowledge) ?? new Map<string, Condition>();
  readSignsOf.set(source.knowledge, known);
  const condition = known.get(query) ?? readCondition({ ...source, query });
  known.set(query, condition);
  return condition;
}

/** Quoted, exact and cut-off words are meant as they are. */
function isExpandable(node: TermNode): boolean {
  return node.kind === 'word' && !node.exact && !isPrefix(node.text);
}

function othersThan(typed: Spelling[], alias: Alias): Spelling[] {
  const known = new Set(typed.map(keyOf));
  const others: Spelling[] = [];
  for (const spelling of aliasSpellings(alias)) {
    if (!known.has(keyOf(spelling))) others.push(spelling);
    known.add(keyOf(spelling));
  }
  return others;
}

function keyOf({ terms }: Spelling): string {
  return terms.map(({ form, how, letters }) => `${how}${letters} ${form}`).join(' ');
}

/** What an ALL asks for, and the part of the query that does. */
interface Part extends Span {
  item: Condition;
}

/** Two words in a row may be one in the text, and several in a row may be one name. */
function requiredParts(nodes: QueryNode[], source: Source): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < nodes.length; ) {
    const node = nodes[at] as QueryNode;
    const run = namedRun(nodes, at, source) ?? joinedPair(nodes, at, source);
    const { item, length } = run ?? { item: conditionOfNode(node, source), length: 1 };
    parts.push({ item, start: node.start, end: (nodes[at + length - 1] as QueryNode).end });
    at += length;
  }
  return parts;
}

/** A word anywhere in the text, or in a part of it. */
type WordNode = TermNode & { field?: 'title' | 'lead' };

interface Run {
  item: Condition;
  /** How many nodes of the query it takes. */
  length: number;
}

/** The longest run of words that is one name in the table of aliases: Islamic State. */
function namedRun(nodes: QueryNode[], at: number, source: Source): Run | null {
  const { aliases } = source.knowledge;
  const words = aliases === undefined ? [] : wordsFrom(nodes, at).slice(0, aliases.longest);
  for (let length = words.length; length > 1; length -= 1) {
    const run = words.slice(0, length);
    const [first, last] = [run[0], run.at(-1)];
    const alias = aliases?.named(run.map((word) => word.text).join(' ')) ?? null;
    if (alias === null || first === undefined || last === undefined) continue;
    const asked = source.query.slice(first.start, last.end);
    const name: Condition = {
      kind: 'term',
      asked,
      spellings: othersThan([], alias),
      within: first.field ?? 'text',
    };
    const typed: Condition = { kind: 'all', items: run.map((word) => termCondition(word, source)) };
    return { item: { kind: 'any', items: [typed, name] }, length };
  }
  return null;
}

/** The words in a row from here on that may be parts of one name. */
function wordsFrom(nodes: QueryNode[], at: number): WordNode[] {
  const words: WordNode[] = [];
  for (const node of nodes.slice(at)) {
    if (!isPlainWord(node) || !isExpandable(node)) break;
    if (words[0] !== undefined && words[0].field !== node.field) break;
    words.push(node);
  }
  return words;
}

function isPlainWord(node: QueryNode): node is WordNode {
  return node.kind === 'word' && (node.field === undefined || isPart(node.field));
}

function joinedPair(nodes: QueryNode[], at: number, source: Source): Run | null {
  const [first, second] = [nodes[at], nodes[at + 1]];
  if (first?.kind !== 'word' || second?.kind !== 'word' || first.field !== second.field) return null;
  const [left, right] = [termCondition(first, source), termCondition(second, source)];
  const spelling = joinedSpelling(first, second);
  if (left.kind !== 'term' || spelling === null) return null;
  const asked = source.query.slice(first.start, second.end);
  const joined: Condition = { ...left, asked, spellings: [spelling] };
  return { item: { kind: 'any', items: [{ kind: 'all', items: [left, right] }, joined] }, length: 2 };
}
