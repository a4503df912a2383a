import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';
import { isCommonShortWord } from './ordinary-words.ts';

/** What plain words may mean, besides themselves. */
export interface Meanings {
  /** Topics by what users call them. */
  topics: readonly { name: string; title: string; also: readonly string[] }[];
  /** Whether these words name a place. */
  isPlace(words: string): boolean;
}

/** A part of a query in plain words, and what it was taken for. */
interface Understanding {
  /** As typed. */
  words: string;
  as: 'place' | 'topic' | 'words';
  /** The topic's name; the words themselves for the others. */
  value: string;
}

/** A query in plain words as it is watched for. */
export interface Understood {
  /** In the watch language, with `place:` and `topic:` for what was understood. */
  query: string;
  parts: Understanding[];
}

/**
 * Whatever has a meaning in the watch language is no plain word; a comma, which means "any" in both, and a name in
 * brackets are. "or" in small letters gets its hint instead.
 */
const LANGUAGE = /["“”„‟«»|*=:]|(?:^|\s)[-−–—]\S|(?:^|\s)\(|\b(?:OR|or|AND|NOT|O?NEAR(?:\/\d+)?)\b/u;
/** Between any of several; not the one in "1,000". */
const COMMA = /\s*(?:,(?!\d{3}(?!\d))|[،、])\s*/u;

/** Words between what matters: "kidnappings in Colombia", "attacks by the ELN". */
const CONNECTING = new Set(
  'a an and about against around at by concerning for from in inside into near news of on or over that the to with within'.split(
    ' ',
  ),
);

/** An attack of any kind, when the words after it say by whom or on what. */
const ATTACK = 'attack';
const ANY_ATTACK = 'terrorist-attack';

const LIST = new RegExp(`${COMMA.source}(?:and\\s+)?|\\s+and\\s+`, 'iu');

/** What somebody does who attacks, for "attacks by X": X is near such a word. */
const DEEDS =
  'attack* | assault* | ambush* | bomb* | kill* | murder* | kidnap* | abduct* | claim* | blew | burn* | destroy* | fire* | raid* | shot | dynamit* | blam* | responsib* | perpetrat*';

/** Reads a query, or gives null when it is taken as it is. */
type PlainWordsReader = (query: string) => Understood | null;

/**
 * A reader of plain words: as topics where they name some, and as places where they name some; what is left must be
 * in the text. A comma means any, as it always does; topics listed with "and" ("attacks on pipelines and bridges") are
 * a choice. It gives null for a query that uses the watch language, and for one in which nothing is understood.
 */
export function plainWordsReader(meanings: Meanings): PlainWordsReader {
  const knowledge = { topics: topicNames(meanings), meanings };
  return (query) => {
    const typed = withoutApposition(query);
    if (LANGUAGE.test(typed)) return null;
    const items = alternatives(typed, knowledge).map((item) => understandItem(item, knowledge));
    const parts = items.flatMap((item) => item.parts);
    if (parts.every(({ as }) => as === 'words')) return null;
    return { query: choiceOf(items.map((item) => item.query)), parts };
  };
}

/** What is between commas; "attacks on A, B and C" is one list of topics. */
function alternatives(typed: string, knowledge: Knowledge): string[] {
  const items = typed.split(COMMA).filter(Boolean);
  const isOneList = listed(typed, knowledge).every((item) => knowledge.topics.has(stems(item)));
  return items.length === 1 || isOneList ? [typed] : items;
}

function choiceOf(queries: string[]): string {
  const [only = '', ...others] = queries;
  if (others.length === 0) return only;
  return queries.map((query) => (/^\(.*\)$|^\S+$/.test(query) ? query : `(${query})`)).join(' OR ');
}

/** "kidnappings in Colombia", "attacks by the ELN in Colombia": who does it stands near what was done. */
function understandItem(item: string, knowledge: Knowledge): Understood {
  const [, asked = '', by = ''] = /^(.*?)\s+by\s+(?:the\s+)?(.+)$/i.exec(item) ?? [];
  const deed = listed(asked, knowledge).flatMap((one) => partsOf(one, knowledge));
  if (!deed.some(({ as }) => as === 'topic')) {
    const parts = listed(item, knowledge).flatMap((one) => partsOf(one, knowledge));
    return { query: asQuery(parts), parts };
  }
  const words = by.split(/\s+/);
  const end = words.findIndex((word) => CONNECTING.has(word.toLowerCase()));
  const actor = words.slice(0, end < 0 ? words.length : end).join(' ');
  const parts = [...deed, ...(end < 0 ? [] : partsOf(words.slice(end).join(' '), knowledge))];
  const name = { words: actor, as: 'words' as const, value: actor };
  return { query: `${asQuery(parts)} (${quoted(actor)} NEAR/8 (${DEEDS}))`, parts: [...parts, name] };
}

/** "the ELN (National Liberation Army)" is the ELN. */
function withoutApposition(query: string): string {
  return query.trim().replace(/(?<=\S)\s*\(\p{Lu}[^()]*\)/u, '');
}

/** The items of a list, each with the words that the first one begins with: "attacks on A, B and C". */
function listed(text: string, knowledge: Knowledge): string[] {
  const [first = '', ...others] = text.split(LIST).filter(Boolean);
  if (others.length === 0) return [text];
  const head = /^(.*\s(?:on|against|of|in|to)\s)/i.exec(first)?.[1] ?? '';
  const isTopic = (words: string) => knowledge.topics.has(stems(words));
  return [first, ...others.map((item) => (!isTopic(item) && isTopic(head + item) ? head + item : item))];
}

function asQuery(parts: Understanding[]): string {
  const topics = [...new Set(parts.filter(({ as }) => as === 'topic').map(({ value }) => `topic:${value}`))];
  const others = parts
    .filter(({ as }) => as !== 'topic')
    .map(({ as, value }) => (as === 'place' ? `(place:${quoted(value)} OR title:${quoted(value)})` : value));
  const choice = topics.length > 1 ? [`(${topics.join(' OR ')})`] : topics;
  return [...choice, ...new Set(others)].join(' ');
}

function quoted(value: string): string {
  return /^[\p{L}\p{N}-]+$/u.test(value) ? value : `"${value}"`;
}

interface Knowledge {
  topics: ReadonlyMap<string, string>;
  meanings: Meanings;
}

/** The longest runs of words that mean something, and the other words but those that only connect. */
function partsOf(text: string, knowledge: Knowledge): Understanding[] {
  const words = text.split(/\s+/).filter(Boolean);
  const parts: Understanding[] = [];
  for (let at = 0; at < words.length; ) {
    const { understanding, length } = partAt(words, at, knowledge);
    if (understanding.as !== 'words' || !CONNECTING.has(understanding.words.toLowerCase()))
      parts.push(understanding);
    at += length;
  }
  return parts;
}

const MAX_RUN = 8;

function partAt(
  words: string[],
  at: number,
  { topics, meanings }: Knowledge,
): { understanding: Understanding; length: number } {
  for (let length = Math.min(MAX_RUN, words.length - at); length > 0; length -= 1) {
    const run = words.slice(at, at + length).join(' ');
    const topic = topicNamed(run, topics);
    if (topic !== undefined) return { understanding: { words: run, as: 'topic', value: topic }, length };
    if (namesPlace(run, meanings)) return { understanding: { words: run, as: 'place', value: run }, length };
  }
  const word = words[at] ?? '';
  return { understanding: { words: word, as: 'words', value: word }, length: 1 };
}

function topicNamed(run: string, topics: ReadonlyMap<string, string>): string | undefined {
  const key = stems(run);
  return topics.get(key === ATTACK ? stems(ANY_ATTACK) : key);
}

/** All capitals are a word or an acronym ("US", "WHO"), and "of" is no village. */
function namesPlace(run: string, { isPlace }: Meanings): boolean {
  const lower = run.toLowerCase();
  const isWord = /^\p{Lu}[\p{Lu}.]*$/u.test(run) || CONNECTING.has(lower) || isCommonShortWord(lower);
  return !isWord && isPlace(run);
}

function topicNames({ topics }: Meanings): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, title, also } of topics) {
    for (const key of [name, title, ...also].map(stems)) if (!names.has(key)) names.set(key, name);
  }
  return names;
}

/** Words without their endings and without those that connect them. */
function stems(text: string): string {
  return tokenize(text)
    .map(({ form }) => form)
    .filter((form) => !CONNECTING.has(form))
    .map((form) => stem(form, 'en'))
    .join(' ');
}
