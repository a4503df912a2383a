import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';
import { isCommonShortWord, isOrdinaryWord } from './ordinary-words.ts';

/** What plain words may mean, besides themselves. */
export interface Meanings {
  /** Topics by what users call them. */
  topics: readonly { name: string; title: string; also: readonly string[] }[];
  /** Whether these words name a place. */
  isPlace(words: string): boolean;
  /** Whether the first place lies in the second one. */
  isInside(inner: string, outer: string): boolean;
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
  'a an and about against around at between by concerning for from in inside into near news of off on or over that the to with within'.split(
    ' ',
  ),
);

/** An attack of any kind, when the words after it say by whom or on what. */
const ATTACK = 'attack';
const ANY_ATTACK = 'terrorist-attack';

const LIST = new RegExp(`${COMMA.source}(?:and\\s+)?|\\s+and\\s+`, 'iu');

/** What is done in an attack, for "attacks by X" and "attacks on X": X is near such a word. */
const DEEDS =
  'attack* | assault* | ambush* | bomb* | kill* | murder* | kidnap* | abduct* | claim* | blew | burn* | destroy* | fire* | raid* | shot | dynamit* | blam* | responsib* | perpetrat*';
/** Words for somebody's violent death: who is killed is near one. */
const DEATHS =
  'kill* | murder* | assassinat* | massacre* | slay* | slain | dead | died | death | deaths | executed | execution | executions | shot';
const DEATH = /^(?:killings?|murders?|assassinations?|massacres?|slayings?|deaths?|executions?)$/i;
/** Words between a deed and who is told by name; a description stands farther off. */
const NAME_REACH = 6;
const DESCRIPTION_REACH = 10;

/** Who is called by many names, for "attacks by X": any of a group's words stands for the others. */
const ACTORS: readonly { names: RegExp; words: string }[] = [
  {
    names: /^(?:drug|narcotics|cocaine) (?:traffickers?|cartels?|gangs?|lords?|barons?|dealers?|mafias?)$/i,
    words:
      'traffickers | cartel | mafia | narcoterrorists | narcos | "drug lords" | "drug barons" | "drug dealers" | "drug gangs" | "drug trafficking"',
  },
  { names: /^(?:rebels?|guerrillas?|insurgents?)$/i, words: 'rebel | guerrilla | insurgent' },
  {
    names: /^(?:gunmen|gunman|armed men|armed groups?|assailants|attackers)$/i,
    words: 'gunman | gunmen | "armed men" | "armed group" | assailants | attackers',
  },
  {
    names: /^(?:militants?|terrorists?|extremists?|jihadists?|jihadis?)$/i,
    words: 'militant | terrorist | extremist | jihadist | jihadi',
  },
  { names: /^(?:soldiers?|troops|army|military)$/i, words: 'soldier | troops | army | military' },
  {
    names: /^(?:police|policem[ae]n|police officers?|officers)$/i,
    words: 'police | policeman | policemen | officers',
  },
];

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
    const typedItems = alternatives(typed, knowledge).map((item) => understandItem(item, knowledge));
    const items = withoutSurroundings(typedItems, meanings);
    if (items.every(({ isAsTyped }) => isAsTyped)) return null;
    const parts = items.flatMap((item) => item.parts);
    return { query: shared(items) ?? choiceOf(items.map(({ query }) => query)), parts };
  };
}

/** "Aleppo, Syria" is Aleppo. */
function withoutSurroundings(items: Item[], { isInside }: Meanings): Item[] {
  return items.filter(({ parts }, at) => {
    const [outer, ...others] = parts;
    const inner = items[at - 1]?.parts.at(-1);
    const isPlaceAlone = outer?.as === 'place' && others.length === 0;
    return !(isPlaceAlone && inner?.as === 'place' && isInside(inner.value, outer.value));
  });
}

/** "kidnappings, murders and bombings in Colombia": the place of the last one is that of all; null for any other list. */
function shared(items: readonly Item[]): string | null {
  const last = items.at(-1)?.parts ?? [];
  const places = last.filter(({ as }) => as === 'place');
  const own = last.filter(({ as }) => as !== 'place');
  const isDeed = ({ parts: [first, ...others] }: Item) =>
    first !== undefined && others.length === 0 && (first.as === 'topic' || DEATH.test(first.words));
  if (items.length < 2 || places.length === 0 || own.length !== 1 || !items.slice(0, -1).every(isDeed))
    return null;
  const deeds = [...items.slice(0, -1).map(({ query }) => query), asQuery(own, false)];
  return `(${deeds.join(' OR ')}) ${asQuery(places, false)}`;
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

/** What was done, to whom or by whom, and where else: "killing", "of", "the two priests", "in the capital". */
const DEED = /^(.*?)\s+(by|of|on|against)\s+(?:the\s+)?(.+)$/i;

/** A query, or a part of it between commas, and whether nothing in it was understood. */
interface Item extends Understood {
  isAsTyped: boolean;
}

/** "kidnappings in Colombia", "attacks by the ELN in Colombia": who does it, or suffers it, stands near what was done. */
function understandItem(item: string, knowledge: Knowledge): Item {
  const [, before = '', by = ''] =
    /^(.+?\s(?:on|of|against|in)\s.+?)\s+by\s+(?:the\s+)?(.+)$/i.exec(item) ?? [];
  if (by !== '') {
    const [named, elsewhere] = beforeConnecting(by);
    const rest = understandItem(`${before} ${elsewhere}`.trim(), knowledge);
    const deeds = deedsLike(before.split(/\s/)[0] ?? '');
    const query = `${rest.query} ${nearDeed(named, deeds, knowledge)}`;
    if (!rest.isAsTyped)
      return { ...rest, query, parts: [...rest.parts, { words: named, as: 'words', value: named }] };
  }
  const parts = listed(item, knowledge).flatMap((one) => partsOf(one, knowledge));
  const isAnyPlace = /\sand\s/i.test(item) && !/\bbetween\b/i.test(item);
  const plain = { query: asQuery(parts, isAnyPlace, isAnyPlace), parts };
  const told = toldDeed(item, parts, knowledge);
  if (told === null) return { ...plain, isAsTyped: parts.every(isWords) };
  const { named, deeds, others } = told;
  const query = [asQuery(others, isAnyPlace), nearDeed(named, deeds, knowledge)].filter(Boolean).join(' ');
  return { query, parts: [...others, { words: named, as: 'words', value: named }], isAsTyped: false };
}

/** Who did or suffered a deed, by which words deeds are told, and what else is asked for. */
interface ToldDeed {
  named: string;
  deeds: string;
  others: Understanding[];
}

/** Null when the item names nobody, or means them already: "attacks on bridges" is a topic. */
function toldDeed(item: string, parts: readonly Understanding[], knowledge: Knowledge): ToldDeed | null {
  const [, asked = '', link = '', rest = ''] = DEED.exec(item) ?? [];
  const isDeath = DEATH.test(asked.trim());
  const deed = listed(asked, knowledge).flatMap((one) => partsOf(one, knowledge));
  const topics = topicsOf(deed);
  if (topics.length === 0 && !isDeath) return null;
  const [named, elsewhere] = beforeConnecting(rest);
  const others = [...(topics.length > 0 ? deed : []), ...partsOf(elsewhere, knowledge)];
  const deeds = isDeath ? DEATHS : deedsLike(asked);
  if (link.toLowerCase() === 'by') return named === '' ? null : { named, deeds, others };
  const isOwnTopic = topicsOf(parts).some((topic) => !topics.includes(topic));
  if (isOwnTopic || !(isDeath || topics.includes(ANY_ATTACK))) return null;
  const objects = named.split(AND_OR).map((one) => partsOf(one, knowledge));
  const who = objects.map((object) =>
    object
      .filter(isWords)
      .map(({ value }) => value)
      .join(' '),
  );
  const places = objects.flat().filter((part) => !isWords(part));
  const people = who.filter(Boolean).join(' and ');
  return people === '' ? null : { named: people, deeds, others: [...others, ...places] };
}

function topicsOf(parts: readonly Understanding[]): string[] {
  return parts.filter(({ as }) => as === 'topic').map(({ value }) => value);
}

/** "the ELN and FARC in Colombia": the names before the first word that only connects, and the rest. */
function beforeConnecting(text: string): [string, string] {
  const words = text.split(/\s+/);
  const end = words.findIndex((word) => CONNECTING.has(word.toLowerCase()) && !/^(?:and|or)$/i.test(word));
  return end < 0 ? [text, ''] : [words.slice(0, end).join(' '), words.slice(end).join(' ')];
}

/** The words for deeds, with the one that was typed: "arrests" by X are told by "arrested". */
function deedsLike(asked: string): string {
  const own = `${stems(asked).split(' ').at(-1)}*`;
  return DEEDS.includes(own) ? DEEDS : `${DEEDS} | ${own}`;
}

function isWords({ as }: Understanding): boolean {
  return as === 'words';
}

const AND_OR = /\s+(?:and|or)\s+/i;

/** Any of several names; a name of several words is one phrase; those of a description stand together, in any order. */
function nearDeed(names: string, deeds: string, knowledge: Knowledge): string {
  const choices = names.split(AND_OR).map((name) => nameNearDeed(name, deeds, knowledge));
  return choices.length === 1 ? (choices[0] ?? '') : `(${choices.join(' OR ')})`;
}

function nameNearDeed(typed: string, deeds: string, { meanings }: Knowledge): string {
  const named = typed.replace(/^\d+\s+(?=\S)/, '');
  const group = ACTORS.find(({ names }) => names.test(named));
  const near = (what: string, reach: number) => `(${what} NEAR/${reach} (${deeds}))`;
  if (group !== undefined) return near(`(${group.words})`, DESCRIPTION_REACH);
  const words = named.split(' ');
  const head = words.at(-1) ?? '';
  if (words.length === 1 || /^\p{Lu}/u.test(head)) return near(quoted(named), NAME_REACH);
  const together = words.slice(0, -1).map((word) => `(${quoted(word)} NEAR/2 ${quoted(head)})`);
  const described = [...together, near(quoted(head), DESCRIPTION_REACH)].join(' ');
  const members = membersOf(words[0] ?? '', meanings);
  return members === null ? described : `((${described}) OR ${near(members, DESCRIPTION_REACH)})`;
}

/** "Houthi fighters" are also "the Houthis": a name before a noun stands for its members in the plural, but no country. */
function membersOf(modifier: string, { isPlace }: Meanings): string | null {
  return !isPlace(modifier) && /^\p{Lu}\p{Ll}+[^s]$/u.test(modifier) ? `"${modifier}s"` : null;
}

/** "the ELN (National Liberation Army)" is the ELN; "raid (Idlib OR Atme)" is a query. */
function withoutApposition(query: string): string {
  const apposition = /(?<=(?:^|\s)\p{Lu}\S*)\s*\((\p{Lu}[^()]*)\)/u;
  return query.trim().replace(apposition, (all, inner: string) => (LANGUAGE.test(inner) ? all : ''));
}

/** The items of a list, each with the words that the first one begins with: "attacks on A, B and C". */
function listed(text: string, knowledge: Knowledge): string[] {
  const [first = '', ...others] = text.split(LIST).filter(Boolean);
  const hasAndInName = ({ as, words }: Understanding) => as === 'place' && /\sand\s/i.test(words);
  if (others.length === 0 || partsOf(text, knowledge).some(hasAndInName)) return [text];
  const head = /^(.*\s(?:on|against|of|in|to)\s)/i.exec(first)?.[1] ?? '';
  const isTopic = (words: string) => knowledge.topics.has(stems(words));
  return [first, ...others.map((item) => (!isTopic(item) && isTopic(head + item) ? head + item : item))];
}

/** All of it; any of its topics (and of the deaths listed with them), and any of its places when `isAnyPlace`. */
function asQuery(parts: Understanding[], isAnyPlace: boolean, isList = false): string {
  const isDeath = ({ as, words }: Understanding) => isList && as === 'words' && DEATH.test(words);
  const values = (kind: Understanding['as']) =>
    parts.filter((part) => part.as === kind && !isDeath(part)).map(({ value }) => value);
  const named = new Set(values('topic').map((value) => `topic:${value}`));
  const topics = [...named, ...parts.filter(isDeath).map(({ value }) => value)];
  const places = [
    ...new Set(values('place').map((value) => `place:${quoted(value)} OR lead:${quoted(value)}`)),
  ];
  const grouped =
    isAnyPlace && places.length > 1 ? [`(${places.join(' OR ')})`] : places.map((place) => `(${place})`);
  const choice = topics.length > 1 ? [`(${topics.join(' OR ')})`] : topics;
  return [...choice, ...new Set(values('words')), ...grouped].join(' ');
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

interface Part {
  understanding: Understanding;
  /** How many words it takes. */
  length: number;
}

function partAt(words: string[], at: number, knowledge: Knowledge): Part {
  for (let length = Math.min(MAX_RUN, words.length - at); length > 1; length -= 1) {
    const isCutShort = CONNECTING.has((words[at + length - 1] ?? '').toLowerCase());
    const understanding = isCutShort ? null : meaningOf(words, at, length, knowledge);
    if (understanding !== null) return { understanding, length };
  }
  const word = words[at] ?? '';
  const understanding = meaningOf(words, at, 1, knowledge) ?? { words: word, as: 'words', value: word };
  return { understanding, length: 1 };
}

/** What the words in a row from there on mean together, or null. */
function meaningOf(
  words: readonly string[],
  at: number,
  length: number,
  { topics, meanings }: Knowledge,
): Understanding | null {
  const run = words.slice(at, at + length).join(' ');
  const topic = isOtherAttack(words, at, length) ? undefined : topicNamed(run, topics);
  if (topic !== undefined) return { words: run, as: 'topic', value: topic };
  if (WATERS.test(run)) return { words: run, as: 'words', value: quoted(run) };
  const isPlace =
    namesPlace(run, meanings) && !isPersonal(run, words[at + length] ?? '', { topics, meanings });
  return isPlace ? { words: run, as: 'place', value: run } : null;
}

/** A sea or gulf is no place that an event lies in, whatever town has its name. */
const WATERS =
  /^(?:(?:gulf|sea|strait|straits|horn) of (?:the )?\p{L}+|\p{Lu}\p{L}+ (?:sea|ocean|gulf|strait|straits|canal|river|desert))$/iu;

/** A heart attack, a shark attack. */
function isOtherAttack(words: readonly string[], at: number, length: number): boolean {
  const before = words[at - 1] ?? '';
  const isBare = length === 1 && stems(words[at] ?? '') === ATTACK;
  return isBare && /^\p{Ll}/u.test(before) && !CONNECTING.has(before);
}

/** The first name of somebody: "George Floyd". */
function isPersonal(run: string, next: string, { topics, meanings }: Knowledge): boolean {
  const isName = [run, next].every((word) => /^\p{Lu}\p{Ll}+$/u.test(word));
  const isKnown = isOrdinaryWord(next.toLowerCase()) || topicNamed(next, topics) !== undefined;
  return isName && !isKnown && !meanings.isPlace(next);
}

function topicNamed(run: string, topics: ReadonlyMap<string, string>): string | undefined {
  const key = stems(run);
  return topics.get(key === ATTACK ? stems(ANY_ATTACK) : key);
}

/** Up to four capitals are a word or an acronym ("US", "WHO"), and "of" is no village. */
function namesPlace(run: string, { isPlace }: Meanings): boolean {
  const lower = run.toLowerCase();
  const [first = ''] = lower.replace(/^the (?=.)/, '').split(' ');
  const isWord = /^\p{Lu}[\p{Lu}.]{0,3}$/u.test(run) || CONNECTING.has(first) || isCommonShortWord(lower);
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
