import type { Word } from './quantities.ts';
import {
  isAdverb,
  isAuxiliary,
  isConjunction,
  isDayWord,
  isDeterminer,
  isNumber,
  isParticiple,
  isPreposition,
  isPronoun,
  isVerb,
} from './word-classes.ts';

/** Words of a sentence from `start` to before `end` that name one thing or somebody. */
export interface Phrase {
  start: number;
  end: number;
}

/** Longer ones are sentences that were read wrongly, in words. */
const LONGEST = 16;
/** How far a bracket may reach, in words. */
const BRACKET_REACH = 12;

/** The phrase that begins at `from` and ends at `limit` at the latest, or null; what stands in brackets is part of it. */
export function phraseFrom(words: readonly Word[], from: number, limit = words.length): Phrase | null {
  let end = from;
  let hasNoun = false;
  while (end < Math.min(limit, from + LONGEST)) {
    const next = stepOver(words, end, hasNoun);
    if (next === end) break;
    hasNoun ||= next === end + 1 && isNounWord(words, end);
    end = next;
  }
  while (
    end > from &&
    (words[end - 1]?.lower === 'of' || isDeterminer(words, end - 1) || isQuote(words[end - 1]))
  )
    end -= 1;
  return hasNoun && end > from ? { start: from, end } : null;
}

function isQuote(word: Word | undefined): boolean {
  return /^["“”‘]$/.test(word?.text ?? '');
}

function isNounWord(words: readonly Word[], at: number): boolean {
  return /^[\p{L}\d]/u.test(words[at]?.text ?? '') && words[at]?.lower !== 'of' && !isDeterminer(words, at);
}

/** Where a phrase goes on after the word at `at`; `at` itself when it ends there. */
function stepOver(words: readonly Word[], at: number, hasNoun: boolean): number {
  const word = words[at];
  if (word === undefined) return at;
  if (word.text === '[' || (word.text === '(' && hasNoun)) return closing(words, at) ?? at;
  return goesOn(words, at, hasNoun) ? at + 1 : at;
}

function goesOn(words: readonly Word[], at: number, hasNoun: boolean): boolean {
  const { text = '', lower = '' } = words[at] ?? {};
  if (lower === 'of') return hasNoun && words[at + 1] !== undefined;
  if (text === '.') return isInitial(words[at - 1]);
  return /^(?:['’]s?|["“”‘])$/.test(text) ? hasNoun : !endsPhrase(words, at, hasNoun);
}

/** Index after the bracket that closes the one at `at`; null when none does soon. */
function closing(words: readonly Word[], at: number): number | null {
  for (let end = at + 1; end < Math.min(words.length, at + BRACKET_REACH); end += 1)
    if (/^[\])]$/.test(words[end]?.text ?? '')) return end + 1;
  return null;
}

function isInitial(word: Word | undefined): boolean {
  return /^(?:\p{Lu}|Mr|Mrs|Ms|Dr|Lt|Gen|Col|Maj|Capt|Sgt|St|Gov|Sen|Rep|Msgr|Jr|Eng|Cpl|Cmdr)$/u.test(
    word?.text ?? '',
  );
}

function endsPhrase(words: readonly Word[], at: number, hasNoun: boolean): boolean {
  if (!/^[\p{L}\d]/u.test(words[at]?.text ?? '')) return true;
  if (isDeterminer(words, at) || isCount(words, at)) return hasNoun && words[at - 1]?.lower !== 'of';
  const isOther =
    isPreposition(words, at) || isAuxiliary(words, at) || isAdverb(words, at) || isPronoun(words, at);
  return isOther || isDayWord(words, at) || isVerb(words, at, !hasNoun);
}

/** "After the blast *20* people died": a number before a plural, behind a noun without a capital. */
function isCount(words: readonly Word[], at: number): boolean {
  const [before, next] = [words[at - 1]?.text ?? '', words[at + 1]?.lower ?? ''];
  return (
    isNumber(words, at) &&
    /^\p{Ll}/u.test(before) &&
    !isDeterminer(words, at - 1) &&
    /s$|^(?:people|men|women|children)$/.test(next)
  );
}

/** The phrases of a list that begins at `from`: "two policemen, a guard and their driver"; an apposition is none of it. */
export function listFrom(words: readonly Word[], from: number): Phrase[] {
  const first = phraseFrom(words, from);
  if (first === null) return [];
  const rest = restOfList(words, first.end);
  const [second] = rest;
  // "Ana Ruiz, leader of a union, and Luis Paz": a name, what she is, and the next.
  const isApposition =
    rest.length > 1 && second !== undefined && isNamed(words, first) && isRole(words, second);
  return [first, ...(isApposition ? rest.slice(1) : rest)];
}

function isNamed(words: readonly Word[], { end }: Phrase): boolean {
  return /^\p{Lu}\p{Ll}/u.test(words[end - 1]?.text ?? '');
}

/** "Leader of a union", "a former judge": of one, and not by name. */
function isRole(words: readonly Word[], { start, end }: Phrase): boolean {
  const first = words[start]?.lower ?? '';
  const head = words.slice(start, end).findIndex(({ lower }) => lower === 'of');
  const noun = words[head > 0 ? start + head - 1 : end - 1];
  const isNew = isNumber(words, start) || /^(?:his|her|their|its|one|another|several|many|some)$/.test(first);
  return !isNew && /^\p{Ll}+$/u.test(noun?.text ?? '') && !/s$|men$|people$/.test(noun?.lower ?? '');
}

/** What an "and", or commas up to an "and", join to what ends at `at`. */
function restOfList(words: readonly Word[], end: number): Phrase[] {
  const at = afterAge(words, end);
  const comma = /^[,;]$/.test(words[at]?.lower ?? '') ? at + 1 : at;
  if (words[comma]?.lower === 'and') {
    const last = isVerbAfterAnd(words[comma + 1]) ? null : phraseFrom(words, comma + 1);
    return last === null ? [] : [last];
  }
  const member = comma > at ? phraseFrom(words, comma) : null;
  const rest = member === null ? [] : restOfList(words, member.end);
  return member === null || rest.length === 0 ? [] : [member, ...rest];
}

/** Past the age in "Ana Ruiz, 41". */
function afterAge(words: readonly Word[], at: number): number {
  const isAge = words[at]?.lower === ',' && /^\d{1,2}$/.test(words[at + 1]?.lower ?? '');
  return isAge && /^(?:[,;.]|and)$/.test(words[at + 2]?.lower ?? '.') ? at + 2 : at;
}

function isVerbAfterAnd(word: Word | undefined): boolean {
  return /^(?:also|later|then|that|left|took|set|shot|fled)$|[^e]ed$|ing$/.test(word?.lower ?? '');
}

/** Marks and words before which a subject can't reach. */
const CLAUSE_START =
  /^(?:[;:()"“”—–]|--|but|when|while|because|although|though|if|whether|where|how|since|before)$/;
/** How far before its verb a subject stands, in words. */
const SUBJECT_REACH = 30;

/** The subject, or subjects, of the verb at `verb`: "two men and a woman |were killed|"; empty when unsure. */
export function subjectsOf(words: readonly Word[], verb: number): Phrase[] {
  let end = verb;
  while (isAuxiliary(words, end - 1) || isAdverb(words, end - 1) || isClosingQuote(words, end - 1)) end -= 1;
  const clause = end;
  while (/^(?:who|which|that)$/.test(words[end - 1]?.lower ?? '')) end -= 1;
  end = beforeTime(words, end);
  const last = words[end - 1]?.lower === ',' ? end - 1 : end;
  // "Ana Ruiz, a critic of the army, |was shot|": what stands before the comma is an apposition.
  const [subjects, others] = [listUpTo(words, last), clauseSubjects(words, last)];
  const [first, second] = last < end ? [others, subjects] : [subjects, others];
  const found = first.length > 0 ? first : second;
  // "The attack on the bank and the shop, *which* |killed| two": of either, or of both.
  const isUnsure = last < end && words[clause - 1]?.lower === 'which' && isAfterAnd(words, found);
  if (found.length > 0) return isUnsure ? [] : found;
  return antecedentOf(words, last, words[clause - 1]?.lower ?? '');
}

function isAfterAnd(words: readonly Word[], [phrase]: Phrase[]): boolean {
  return words[(phrase?.start ?? 0) - 1]?.lower === 'and';
}

/** "It was told by Ana Ruiz, *who* |was shot|"; of "an attack on the group *that* |killed| two" the attack may be meant. */
function antecedentOf(words: readonly Word[], end: number, relative: string): Phrase[] {
  if (!/^(?:who|that)$/.test(relative)) return [];
  const antecedent = phraseUpTo(words, end);
  const governor = words[(antecedent?.start ?? 0) - 1]?.lower ?? '';
  const isUnsure = relative === 'that' && /^(?:against|on|in|at|of|near|and|or|,)$/.test(governor);
  return antecedent === null || isUnsure ? [] : [antecedent];
}

/** The second mark of "The “Red Front” claimed". */
function isClosingQuote(words: readonly Word[], at: number): boolean {
  const mark = words[at]?.text ?? '';
  return (
    mark === '”' || (mark === '"' && words.slice(0, at).filter(({ text }) => text === '"').length % 2 === 1)
  );
}

/** Before "this morning" or "on Monday" that ends at `end`. */
function beforeTime(words: readonly Word[], end: number): number {
  const [first = '', second = ''] = [words[end - 2]?.lower, words[end - 1]?.lower];
  const isPart = /^(?:morning|afternoon|evening|night|week|weekend|month|year)$/.test(second);
  if (isPart && /^(?:this|last|that)$/.test(first)) return end - 2;
  if (!/^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/.test(second)) return end;
  return /^(?:on|last)$/.test(first) ? end - 2 : end - 1;
}

/** The phrases that end right before `end`, last first, when they are governed by no preposition or "wearing". */
function listUpTo(words: readonly Word[], end: number, isAfterAnd = false): Phrase[] {
  const phrase = phraseUpTo(words, end);
  if (phrase === null) return [];
  const before = phrase.start - 1;
  const joint = words[before]?.lower;
  if (joint === 'and' && !hasVerb(words, before)) {
    const others = listUpTo(words, words[before - 1]?.text === ',' ? before - 1 : before, true);
    return others.length > 0 ? [phrase, ...others] : [];
  }
  if (joint === ',' && isAfterAnd) return [phrase, ...listUpTo(words, before, true)];
  const isGoverned =
    isParticiple(words, before) || (isPreposition(words, before) && !isConjunction(words, before));
  return isGoverned ? [] : [phrase];
}

/** The longest phrase that ends right before `end`, or null. */
export function phraseUpTo(words: readonly Word[], end: number): Phrase | null {
  let found: Phrase | null = null;
  for (let start = end - 1; start >= Math.max(0, end - LONGEST); start -= 1) {
    if (mayNotCross(words, start)) break;
    const phrase = /^(?:of|["“”‘])$/.test(words[start]?.lower ?? '') ? null : phraseFrom(words, start, end);
    if (phrase?.end === end) found = phrase;
  }
  return found === null ? null : withoutThat(words, found);
}

/** Marks between clauses, and "wearing masks", whose subject stands before it. */
function mayNotCross(words: readonly Word[], at: number): boolean {
  const isMark = /^[,;:.]$/.test(words[at]?.text ?? '') && !isInitial(words[at - 1]);
  return isMark || (at > 0 && isParticiple(words, at));
}

/** "…reported *that* the group": a conjunction before another determiner, a name or a plural. */
function withoutThat(words: readonly Word[], phrase: Phrase): Phrase {
  const next = phrase.start + 1;
  const isJoining =
    words[phrase.start]?.lower === 'that' &&
    (isDeterminer(words, next) ||
      isNumber(words, next) ||
      /^\p{Lu}|s$|^(?:men|women|people|former)$/u.test(words[next]?.text ?? ''));
  return isJoining && next < phrase.end ? { ...phrase, start: next } : phrase;
}

/** "Three policemen in the town |were killed|": the first phrases of the clause, past what stands before them. */
function clauseSubjects(words: readonly Word[], end: number): Phrase[] {
  const at = clauseBegin(words, end);
  const list = listFrom(words, at);
  const last = list.at(-1);
  return last !== undefined && at < end && isOpen(words, last.end, end) ? list : [];
}

/** Where the clause that ends at `end` begins after its adverbials: "On Monday, in Lima, *three policemen*". */
function clauseBegin(words: readonly Word[], end: number): number {
  let at = clauseStart(words, end);
  while (at < end) {
    if (isAdverb(words, at) || isDayWord(words, at) || /^[-–—,]$/.test(words[at]?.lower ?? '')) at += 1;
    else if (isPreposition(words, at)) at = phraseFrom(words, at + 1)?.end ?? at + 1;
    else return at;
  }
  return at;
}

function clauseStart(words: readonly Word[], end: number): number {
  for (let at = end - 1; at >= Math.max(0, end - SUBJECT_REACH); at -= 1) {
    const lower = words[at]?.lower ?? '';
    if (CLAUSE_START.test(lower) && lower !== '(') return at + 1;
    if (/^(?:that|after|as)$/.test(lower) && at < end - 1) return at + 1;
    if (lower === 'and' && hasVerb(words, at)) return at + 1;
  }
  return end > SUBJECT_REACH ? end : 0;
}

/** How far back a verb is looked for before an "and" that may join clauses, in words. */
const VERB_REACH = 14;

function hasVerb(words: readonly Word[], before: number): boolean {
  for (let at = before - 1; at >= Math.max(0, before - VERB_REACH); at -= 1) {
    const lower = words[at]?.lower ?? '';
    if (/^(?:[;:.]|which|who|that|when|where|while)$/.test(lower)) return false;
    if (lower === 'and' && words[at - 1]?.lower === ',') return false;
    if (isAuxiliary(words, at) || isVerb(words, at, false)) return true;
  }
  return false;
}

/** Between a subject and its verb only a place, an apposition, "wearing masks" or a relative clause may stand. */
function isOpen(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (/^(?:who|which|that)$/.test(words[at]?.lower ?? '')) return true;
    const isReduced = words[at - 1]?.lower === ',' || isParticiple(words, at);
    if (isAuxiliary(words, at) || (isVerb(words, at, false) && !isReduced)) return false;
  }
  return true;
}
