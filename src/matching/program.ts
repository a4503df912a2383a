import type { Condition, PropertyCondition, TermCondition } from './condition.ts';
import { type Guard, SIGN_KINDS } from './doubts.ts';
import type { Spelling, Term } from './spellings.ts';

/**
 * A condition as numbers, 20 to 60 bytes for most watches: an operator, then how many numbers the node takes where
 * that depends, then what it needs, nodes last.
 */
export const OP = {
  /** signal: a word, phrase or topic. */
  SIGNAL: 0,
  /** signal: a property of the article, looked at when it is asked for. */
  PROPERTY: 1,
  /** signal: a property that depends on whose watch it is. */
  OWNED: 2,
  /** length, node */
  NOT: 3,
  /** length, nodes */
  ALL: 4,
  ANY: 5,
  /** length, distance, 1 when ordered, two nodes */
  NEAR: 6,
  /** length, where it must stand (PART), then for each spelling how many words it has, and those signals. */
  TERM: 7,
  /** length, node, DOUBT nodes of figures, then a node beside which the DOUBT nodes after it do not count */
  GUARDED: 8,
  /** length, place in SIGN_KINDS, 1 when only words of the title must be told of, number of a name, node */
  DOUBT: 9,
} as const;

/** Where a term must stand. */
export const PART = { text: 0, title: 1, lead: 2 } as const;

/** A condition that stands for one signal. */
export type SignalCondition = TermCondition | PropertyCondition | (Condition & { kind: 'topic' });

/** How the signals of a program come about; each call uses the signal once more. */
export interface SignalSource {
  word(term: Term): number;
  /** The signal of a term of several words or spellings, whose own program this is. */
  term(code: readonly number[]): number;
  property(condition: PropertyCondition): number;
  topic(condition: Condition & { kind: 'topic' }): number;
  /** The signal of the signs of a guard, or of news. */
  signs(condition: Condition): number;
  /** The number of a name. */
  name(name: string): number;
}

/** The program of a condition. `note` hears which signal stands for which part of what is asked for. */
export function compile(
  condition: Condition,
  source: SignalSource,
  note: (signal: number, condition: SignalCondition) => void = () => {},
): number[] {
  const leaf = (op: number, signal: number, of: SignalCondition): number[] => {
    note(signal, of);
    return [op, signal];
  };
  switch (condition.kind) {
    case 'term':
      return leaf(OP.SIGNAL, termSignal(condition, source), condition);
    case 'topic':
      return leaf(OP.SIGNAL, source.topic(condition), condition);
    case 'property': {
      const op = condition.field === 'feed' ? OP.OWNED : OP.PROPERTY;
      return leaf(op, source.property(condition), condition);
    }
    case 'not':
      return sized(OP.NOT, compile(condition.item, source));
    case 'near': {
      const sides = condition.items.flatMap((item) => compile(item, source, note));
      return sized(OP.NEAR, [condition.distance, Number(condition.ordered), ...sides]);
    }
    case 'guarded':
      return sized(OP.GUARDED, [...compile(condition.item, source, note), ...doubtsCode(condition, source)]);
    default: {
      const items = condition.items.flatMap((item) => compile(item, source, note));
      return sized(condition.kind === 'all' ? OP.ALL : OP.ANY, items);
    }
  }
}

/**
 * The condition with the topics in it spelled out, as topics are tried in no order. What else makes an article one of
 * a topic is a property; either will do.
 */
export function withoutTopics(condition: Condition): Condition {
  if (condition.kind === 'topic') {
    const { item, guards, news, property } = condition;
    return { kind: 'any', items: [{ kind: 'guarded', item: withoutTopics(item), guards, news }, property] };
  }
  if ('item' in condition) return { ...condition, item: withoutTopics(condition.item) };
  return 'items' in condition ? { ...condition, items: condition.items.map(withoutTopics) } : condition;
}

/** Where the node after this one begins. */
export function afterNode(code: Int32Array, at: number): number {
  return at + ((code[at] as number) < OP.NOT ? 2 : (code[at + 1] as number));
}

/** Where the first node of one that holds others begins. */
export function firstPart(code: Int32Array, at: number): number {
  if (code[at] === OP.DOUBT) return at + 5;
  return at + (code[at] === OP.NEAR ? 4 : 2);
}

/** Calls `visit` for each signal that the program uses, as often as it does. */
export function eachSignal(code: Int32Array, at: number, visit: (signal: number) => void): void {
  const op = code[at] as number;
  const end = afterNode(code, at);
  if (op < OP.NOT) visit(code[at + 1] as number);
  else if (op === OP.TERM) eachWord(code, at, visit);
  else
    for (let part = firstPart(code, at); part < end; part = afterNode(code, part))
      eachSignal(code, part, visit);
}

function eachWord(code: Int32Array, at: number, visit: (signal: number) => void): void {
  const end = afterNode(code, at);
  for (let spelling = at + 3; spelling < end; ) {
    const next = spelling + 1 + (code[spelling] as number);
    for (let word = spelling + 1; word < next; word += 1) visit(code[word] as number);
    spelling = next;
  }
}

/** A figure that a headline is made of tells of the whole article, unless that is hard news. */
function doubtsCode({ guards, news }: Condition & { kind: 'guarded' }, source: SignalSource): number[] {
  const doubts = (some: Guard[], isTitle: boolean) =>
    some.flatMap((guard) => doubtCode(guard, isTitle, source));
  const figures = guards.filter(({ kind }) => kind === 'figure');
  const others = guards.filter(({ kind }) => kind !== 'figure');
  const lift = news === null || guards.length === 0 ? [] : [OP.SIGNAL, source.signs(news)];
  return [...doubts(figures, false), ...lift, ...doubts(figures, true), ...doubts(others, false)];
}

function doubtCode({ name, kind, item }: Guard, isTitle: boolean, source: SignalSource): number[] {
  const sign = [OP.SIGNAL, source.signs(item)];
  return sized(OP.DOUBT, [SIGN_KINDS.indexOf(kind), Number(isTitle), source.name(name), ...sign]);
}

function sized(op: number, rest: number[]): number[] {
  return [op, rest.length + 2, ...rest];
}

function termSignal({ spellings, within }: TermCondition, source: SignalSource): number {
  const [only, ...others] = spellings[0]?.terms ?? [];
  const isOneWord = spellings.length === 1 && others.length === 0 && within === 'text';
  if (isOneWord && only !== undefined) return source.word(only);
  const words = ({ terms }: Spelling) => [terms.length, ...terms.map((term) => source.word(term))];
  return source.term(sized(OP.TERM, [PART[within], ...spellings.flatMap(words)]));
}
