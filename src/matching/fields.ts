import type { Place } from '../model/fact.ts';
import { countryNamed, countryNames } from './countries.ts';
import { type FeedLabels, feedTest } from './feed-labels.ts';
import { languageCode, languageNamed } from './languages.ts';
import { holdsInOrder, wordsOf } from './name-words.ts';
import { nearestNames } from './nearest.ts';

/** What fields ask of an article, besides its words. */
export interface ArticleFields {
  /** ISO 639-1, or null when unknown: the script then decides how words are inflected. */
  language: string | null;
  /** What the owner of a watch calls the article's feed; without it no `feed:` holds. */
  feedLabels?: ((watchId: string) => FeedLabels | null) | undefined;
  /** Who publishes it. */
  outlet?: string | null | undefined;
  author?: string | null | undefined;
  /** What its publisher filed it under. */
  tags?: readonly string[] | undefined;
  /** Where the event is. */
  places?: readonly Place[] | undefined;
  /** Places that it only mentions. */
  mentioned?: readonly Place[] | undefined;
  /** Topics that it is about for other reasons than its words. */
  topics?: readonly string[] | undefined;
}

/** What the values of fields mean, as far as that is knowledge; whatever is absent is not checked. */
export interface FieldValues {
  /** Queries of the topics by their names. */
  topics?: ReadonlyMap<string, string> | undefined;
  /** The test whether a place is the one of that name or lies in it; null for a name that no place has. */
  placeNamed?: ((name: string) => PlaceTest | null) | undefined;
}

export type PlaceTest = (place: Place) => boolean;

/** What of an article has the value that a field asks for, as the owner of this watch sees it; null when nothing has. */
export type FieldTest = (article: ArticleFields, watchId: string) => string | null;

/** What the values of a field mean; null for a value that means nothing. */
type FieldReader = (value: string, values: FieldValues) => FieldTest | null;

/** Fields that ask for something other than words of the text. */
const READERS = {
  source: (value) => namedIn(value, ({ outlet }) => [outlet]),
  feed: readFeed,
  lang: readLanguage,
  country: readCountry,
  place: readPlace,
  topic: readTopic,
  author: (value) => namedIn(value, ({ author }) => [author]),
  tag: (value) => namedIn(value, ({ tags }) => tags ?? []),
} satisfies Record<string, FieldReader>;

/** A field that asks for something other than words of the text. */
export type PropertyName = keyof typeof READERS;

/** A field that asks for words in a part of the text: the title, or the title and what comes first after it. */
type PartName = 'title' | 'lead';

/** What can stand before a colon. */
export type FieldName = PartName | PropertyName;

/** How each field is used. */
export const FIELD_EXAMPLES: Record<FieldName, string> = {
  title: 'title:raid',
  lead: 'lead:raid',
  source: 'source:reuters or source:"Al Jazeera"',
  feed: 'feed:reuters or feed:"Al Jazeera"',
  lang: 'lang:ar or lang:Arabic',
  country: 'country:SY or country:"South Sudan"',
  place: 'place:Idlib or place:"Deir ez-Zor"',
  topic: 'topic:air-strike',
  author: 'author:"Jane Doe"',
  tag: 'tag:syria',
};

const NAMES = Object.keys(FIELD_EXAMPLES) as FieldName[];

/** The field of that name, in any case; null when there is none. */
export function fieldNamed(name: string): FieldName | null {
  return NAMES.find((field) => field === name.toLowerCase()) ?? null;
}

/**
 * The field that the name is a slip of the pen for, or null. More than one slip is not guessed: "time" and "line"
 * would be fields, and whoever watches for words with a colon is not to be refused. Nor are three letters: "tax".
 */
export function fieldMeant(name: string): FieldName | null {
  const written = name.toLowerCase();
  const isLong = (field: string) => Math.max(field.length, written.length) > 3;
  // One slip from "lead" are "dead", "read" and "head".
  const isMeant = (field: FieldName) => field !== 'lead' && isLong(field) && isOneSlipApart(field, written);
  return NAMES.find(isMeant) ?? null;
}

/** The test that the value of a field stands for; null when the value means nothing. */
export function readField(field: PropertyName, value: string, values: FieldValues): FieldTest | null {
  return READERS[field](value, values);
}

/** The test whether an article only mentions the place that a field asks for; null for a field that asks for none. */
export function passingTest(field: PropertyName, value: string, values: FieldValues): FieldTest | null {
  if (field !== 'place' && field !== 'country') return null;
  const test = readField(field, value, values);
  return test && (({ language, mentioned }, watchId) => test({ language, places: mentioned }, watchId));
}

/** Whether a field asks for words of the text, in a part of it. */
export function isPart(field: FieldName | undefined): field is PartName {
  return field === 'title' || field === 'lead';
}

/** Values of the field that somebody may have meant by one that means nothing. */
export function suggestedValues(field: PropertyName, value: string, { topics }: FieldValues): string[] {
  if (field === 'topic') return nearestNames(topicKey(value), topics?.keys() ?? []);
  return field === 'country' ? nearestNames(value, countryNames()).map(quotedIfNeeded) : [];
}

/** The name of a topic however it is typed: "Air strike" is air-strike. */
export function topicKey(name: string): string {
  return wordsOf(name).join('-');
}

function readTopic(value: string, { topics }: FieldValues): FieldTest | null {
  const name = topicKey(value);
  if (topics !== undefined && !topics.has(name)) return null;
  return (article) => (article.topics?.includes(name) ? name : null);
}

function readFeed(value: string): FieldTest {
  const isNamed = feedTest(value);
  return ({ feedLabels }, watchId) => {
    const labels = feedLabels?.(watchId) ?? null;
    return labels !== null && isNamed(labels) ? (labels.names[0] ?? value) : null;
  };
}

function readLanguage(value: string): FieldTest | null {
  const code = languageNamed(value);
  if (code === null) return null;
  return ({ language }) => (language !== null && languageCode(language) === code ? code : null);
}

function readCountry(value: string): FieldTest | null {
  const code = countryNamed(value);
  if (code === null) return null;
  return placeIn((place) => place.country === code);
}

function readPlace(value: string, { placeNamed = placeByName }: FieldValues): FieldTest | null {
  const test = placeNamed(value);
  return test === null ? null : placeIn(test);
}

function placeIn(isMeant: PlaceTest): FieldTest {
  return ({ places }) => places?.find(isMeant)?.name ?? null;
}

/** Without a gazetteer, only what the place itself says. */
function placeByName(value: string): PlaceTest {
  const name = wordsOf(value).join(' ');
  const code = countryNamed(value);
  return (place) =>
    [place.name, place.admin].some((known) => known !== null && wordsOf(known).join(' ') === name) ||
    (code !== null && place.country === code);
}

/** The names in which the words of the value stand in order. */
function namedIn(
  value: string,
  namesOf: (article: ArticleFields) => readonly (string | null | undefined)[],
): FieldTest {
  const words = wordsOf(value);
  return (article) => namesOf(article).find((name) => name && holdsInOrder(wordsOf(name), words)) ?? null;
}

function quotedIfNeeded(value: string): string {
  return /[\s()]/.test(value) ? `"${value}"` : value;
}

/** One letter too many, too few or wrong, or two neighbours swapped: four of five typing errors (Damerau 1964). */
function isOneSlipApart(a: string, b: string): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [rest, other] = [a.slice(at), b.slice(at)];
  return (
    rest === other.slice(1) ||
    rest.slice(1) === other ||
    rest.slice(1) === other.slice(1) ||
    rest === other.charAt(1) + other.charAt(0) + other.slice(2)
  );
}
