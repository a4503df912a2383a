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

/** Whatever has a meaning in the watch language is no plain word; a comma in a list and a name in brackets are. */
const LANGUAGE = /["“”„‟«»|*=:]|(?:^|\s)[-−–—]\S|(?:^|\s)\(|\b(?:OR|AND|NOT|O?NEAR(?:\/\d+)?)\b/u;

/** Words between what matters: "kidnappings in Colombia", "attacks by the ELN". */
const CONNECTING = new Set(
  'a an and about against around at by concerning for from in inside into near news of on or over that the to with within'.split(
    ' ',
  ),
);

/** An attack of any kind, when the words after it say by whom or on what. */
const ATTACK = 'attack';
const ANY_ATTACK = 'terrorist-attack';

/** What somebody does who attacks, for "attacks by X": X is near such a word. */
const DEEDS =
  'attack* | assault* | ambush* | bomb* | kill* | murder* | kidnap* | abduct* | claim* | blew | burn* | destroy* | fire* | raid* | shot | dynamit* | blam* | responsib* | perpetrat*';

/**
 * Reads plain words as topics where they name some, and as places where they name some; what is left must be in the
 * text. Several topics in a list ("attacks on pipelines, power lines and bridges") are a choice. Null for a query that
 * uses the watch language, and for one in which nothing is understood: it is taken as it is.
 */
export function understandPlainWords(query: string, meanings: Meanings): Understood | null {
  const typed = withoutApposition(query);
  if (LANGUAGE.test(typed)) return null;
  const knowledge = { topics: topicNames(meanings), meanings };
  const [asked = '', actor] = typed.split(/\s+by\s+(?:the\s+)?/i, 2);
  const parts = listed(asked, knowledge).flatMap((item) => partsOf(item, knowledge));
  if (actor !== undefined && parts.some(({ as }) => as === 'topic')) return byActor(parts, actor);
  const whole = actor === undefined ? parts : partsOf(typed, knowledge);
  return whole.every(({ as }) => as === 'words') ? null : { query: asQuery(whole), parts: whole };
}

/** "the ELN (National Liberation Army)" is the ELN. */
function withoutApposition(query: string): string {
  return query.trim().replace(/(?<=\S)\s*\(\p{Lu}[^()]*\)/u, '');
}

/** The items of a list, each with the words that the first one begins with: "attacks on A, B and C". */
function listed(text: string, knowledge: Knowledge): string[] {
  const [first = '', ...others] = text.split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+/i).filter(Boolean);
  if (others.length === 0) return [text];
  const head = /^(.*\s(?:on|against|of|in|to)\s)/i.exec(first)?.[1] ?? '';
  const isTopic = (words: string) => knowledge.topics.has(stems(words));
  return [first, ...others.map((item) => (!isTopic(item) && isTopic(head + item) ? head + item : item))];
}

function byActor(parts: Understanding[], actor: string): Understood {
  const name = { words: actor, as: 'words' as const, value: actor };
  const words = actor.split(/\s+/).filter((word) => !CONNECTING.has(word.toLowerCase()));
  const named = words.length > 1 ? `"${words.join(' ')}"` : words.join('');
  return { query: `${asQuery(parts)} (${named} NEAR/8 (${DEEDS}))`, parts: [...parts, name] };
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
  const words = text.split(/[\s,]+/).filter(Boolean);
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
    const topic = topics.get(stems(run)) ?? (stems(run) === ATTACK ? ANY_ATTACK : undefined);
    if (topic !== undefined) return { understanding: { words: run, as: 'topic', value: topic }, length };
    if (namesPlace(run, meanings)) return { understanding: { words: run, as: 'place', value: run }, length };
  }
  const word = words[at] ?? '';
  return { understanding: { words: word, as: 'words', value: word }, length: 1 };
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
