import type { Word } from './quantities.ts';
import { words } from './word-tables.ts';

const DETERMINERS =
  words(`a an the this that these those his her its their our my your some any all both each several
  many few another other no`);
const PREPOSITIONS =
  words(`in on at by with from for to into near as against during after before since until over under
  through across along around among between behind outside inside aboard towards toward upon without within about above
  below beside besides beyond despite due following amid according including via per off onto throughout while when where
  because if although though unless whether than that which who whom whose whoever but or nor so yet then and how why
  what`);
/** After these a clause begins, and its subject with it. */
const CONJUNCTIONS =
  words(`that when while where because if although though after before since until as but and or
  whether how whose which who than so yet`);
const AUXILIARIES =
  words(`is are was were be been being am has have had having do does did will would shall should can
  could may might must got get gets`);
const ADVERBS =
  words(`also not never only just still again already later earlier early late today yesterday tomorrow
  tonight overnight meanwhile there here back out up down away together too even once twice now soon ago else apart
  o'clock minutes hours first all both sometimes perhaps maybe`);
const PRONOUNS = words(
  'he she it they them him himself herself itself themselves we us i you me who everyone nobody none one ones',
);
/** Participles that stand before a noun without ending its phrase: "armed men". */
const BEFORE_NOUN =
  words(`armed unarmed unidentified hooded masked so-called heavily-armed heavily retired united
  wounded injured hired paid uniformed veiled unnamed disguised alleged suspected accused displaced exiled detained
  kidnapped abducted captured elected appointed renowned well-known jailed imprisoned occupied abandoned parked armored
  armoured loaded overcrowded crowded packed used named affiliated linked backed allied led married aged old-aged naked red
  sacred hundred`);
/** Verbs that no ending tells. */
const VERBS =
  words(`said says told took taken left came went began begun made gave given fell hit shot struck blew broke
  set put threw fought held kept led lost met ran saw sent stood won wrote tells say fled burst burn burnt became brought
  caught drove flew found got grew knew lay rose shook spoke stole swept tore wore opened know knows think thinks believe
  believes hope hopes fear fears want wants see find hear denies admits confirms indicates indicate shows show suggests
  suggest`);
const NOUNS_IN_ING =
  /^(?:building|trafficking|wedding|training|morning|evening|meeting|nursing|parking|shopping|banking|housing|sibling|king|ring|wing)s?$/;
const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/;
const MONTH =
  /^(?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|aug|sept|oct|nov|dec)$/;
const NUMBER = /^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/;

type Place = readonly [words: readonly Word[], at: number];

function lowerAt(...[words, at]: Place): string {
  return words[at]?.lower ?? '';
}

export function isDeterminer(...place: Place): boolean {
  return DETERMINERS.has(lowerAt(...place));
}

/** A preposition, or what joins clauses: no phrase goes on over it. */
export function isPreposition(...place: Place): boolean {
  return PREPOSITIONS.has(lowerAt(...place));
}

export function isConjunction(...place: Place): boolean {
  return CONJUNCTIONS.has(lowerAt(...place));
}

export function isAuxiliary(...place: Place): boolean {
  return AUXILIARIES.has(lowerAt(...place));
}

export function isNumber(...place: Place): boolean {
  return NUMBER.test(lowerAt(...place));
}

/** "Monday", "February". */
export function isDayWord(...[words, at]: Place): boolean {
  const { lower = '', text = '' } = words[at] ?? {};
  return WEEKDAY.test(lower) || (MONTH.test(lower) && /^\p{Lu}/u.test(text)) || lower === 'last';
}

/** Whether a word may stand between a subject and its verb: "was *seriously* wounded". */
export function isAdverb(...[words, at]: Place): boolean {
  const { lower = '', text = '' } = words[at] ?? {};
  return ADVERBS.has(lower) || /^\p{Ll}{3,}ly$/u.test(text);
}

/** "one" before a noun, or "of", is a number. */
export function isPronoun(...[words, at]: Place): boolean {
  const lower = lowerAt(words, at);
  const isNumber = lower === 'one' && (isNounNext(words, at) || lowerAt(words, at + 1) === 'of');
  return PRONOUNS.has(lower) && !isNumber;
}

/** A verb in the past; a participle before a noun ("armed men") is none, nor is what begins a phrase. */
export function isVerb(words: readonly Word[], at: number, isFirst: boolean): boolean {
  const { lower = '', text = '' } = words[at] ?? {};
  if (/^\p{Lu}/u.test(text)) return false;
  if (VERBS.has(lower)) return true;
  if (/\p{L}{2}ed$/u.test(lower)) {
    const mayPrecede = BEFORE_NOUN.has(lower) || lower.includes('-') || isFirst;
    return !(mayPrecede && isNounNext(words, at));
  }
  return !isFirst && isParticiple(words, at);
}

/** "wearing", "carrying". */
export function isParticiple(...place: Place): boolean {
  const lower = lowerAt(...place);
  return /\p{L}{3}ing$/u.test(lower) && !NOUNS_IN_ING.test(lower);
}

function isNounNext(words: readonly Word[], at: number): boolean {
  const next = at + 1;
  const isOther =
    isPreposition(words, next) ||
    isAdverb(words, next) ||
    isDeterminer(words, next) ||
    isAuxiliary(words, next) ||
    lowerAt(words, next) === 'of';
  return /^\p{L}/u.test(words[next]?.text ?? '') && !isOther;
}
