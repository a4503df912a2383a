import { type FeedLabels, feedTest } from './feed-labels.ts';
import { languageCode, languageNamed } from './languages.ts';

/** What fields ask of an article, besides its words. */
export interface ArticleFields {
  /** ISO 639-1, or null when unknown: the script then decides how words are inflected. */
  language: string | null;
  /** What the owner of a watch calls the article's feed; without it no `feed:` holds. */
  feedLabels?: ((watchId: string) => FeedLabels | null) | undefined;
}

/** Whether an article has the value that a field asks for, as the owner of this watch sees it. */
export type FieldTest = (article: ArticleFields, watchId: string) => boolean;

/** What the values of a field mean; null for a value that means nothing. */
type FieldReader = (value: string) => FieldTest | null;

/** Fields that ask for something other than words of the text. */
const READERS = { feed: readFeed, lang: readLanguage } satisfies Record<string, FieldReader>;

/** A field that asks for something other than words of the text. */
export type PropertyName = keyof typeof READERS;

/** What can stand before a colon; `title` asks for words of the title. */
export type FieldName = 'title' | PropertyName;

/** How each field is used. */
export const FIELD_EXAMPLES: Record<FieldName, string> = {
  title: 'title:raid',
  feed: 'feed:reuters or feed:"Al Jazeera"',
  lang: 'lang:ar or lang:Arabic',
};

const NAMES = Object.keys(FIELD_EXAMPLES) as FieldName[];

/** The field of that name, in any case; null when there is none. */
export function fieldNamed(name: string): FieldName | null {
  return NAMES.find((field) => field === name.toLowerCase()) ?? null;
}

/**
 * The field that the name is a slip of the pen for, or null. More than one slip is not guessed: "time" and "line"
 * would be fields, and whoever watches for words with a colon is not to be refused.
 */
export function fieldMeant(name: string): FieldName | null {
  return NAMES.find((field) => isOneSlipApart(field, name.toLowerCase())) ?? null;
}

/** The test that the value of a field stands for; null when the value means nothing. */
export function readField(field: PropertyName, value: string): FieldTest | null {
  return READERS[field](value);
}

function readFeed(value: string): FieldTest {
  const isNamed = feedTest(value);
  return ({ feedLabels }, watchId) => {
    const labels = feedLabels?.(watchId) ?? null;
    return labels !== null && isNamed(labels);
  };
}

function readLanguage(value: string): FieldTest | null {
  const code = languageNamed(value);
  if (code === null) return null;
  return ({ language }) => language !== null && languageCode(language) === code;
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
