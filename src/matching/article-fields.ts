import { loadGazetteer } from '../knowledge/places.ts';
import type { Article } from '../model/article.ts';
import type { Fact, Place, PlaceFact } from '../model/fact.ts';
import { type Token, tokenize } from '../text/tokens.ts';
import type { ArticleFields } from './fields.ts';
import type { MatchOptions } from './watch-index.ts';

/** One reading of an article, as far as watches ask for it. */
export interface ReadArticle
  extends Pick<Article, 'title' | 'text' | 'language' | 'outlet' | 'author' | 'tags'> {
  facts: readonly Fact[];
}

/**
 * What fields can ask of an article; its places are those where the event was, and the country it is about. They are
 * worked out when a watch asks for one, which takes as long as matching.
 */
export function fieldsOf(read: ReadArticle, feedLabels?: ArticleFields['feedLabels']): MatchOptions {
  const { title, language, outlet, author, tags } = read;
  let located: Located | null = null;
  const locate = () => {
    located ??= locationsOf(read);
    return located;
  };
  return {
    titleEnd: title.length,
    ...{ language, outlet, author, tags, feedLabels },
    get places() {
      return locate().places;
    },
    get mentioned() {
      return locate().mentioned;
    },
  };
}

interface Located {
  places: Place[];
  mentioned: Place[];
}

function locationsOf(read: ReadArticle): Located {
  const named = read.facts.filter((fact): fact is PlaceFact => fact.kind === 'place');
  const events = mainPlaces(named, read.title.length);
  const country = mainCountry(named, read);
  const mentioned = named.map(({ value }) => value).filter((place) => !events.includes(place));
  return { places: country === null ? events : [...events, country], mentioned };
}

/** What a mention of a place weighs by its role, and how much less or more by where it stands. */
const ROLE_WEIGHT = { event: 3, mention: 1, dateline: 0.5 } as const;
const BACKGROUND_FACTOR = 0.3;
const LEAD_FACTOR = 4;
const LEAD_CHARACTERS = 500;

/** An event elsewhere is told in passing when its province has less than this share of the weight of the main one. */
const PASSING_SHARE = 0.7;
/** A province with less weight tells nothing where no place is that of an event. */
const MIN_WEIGHT = 2;

/**
 * Where the event was, without the places of other events that are told in passing. An article that tells no event
 * place, or only a country, is about the province that it names most.
 */
function mainPlaces(named: readonly PlaceFact[], titleEnd: number): Place[] {
  const weights = new Map<string, number>();
  for (const fact of named) {
    const area = areaOf(fact.value);
    weights.set(area, (weights.get(area) ?? 0) + weightOf(fact, titleEnd));
  }
  const weight = ({ value }: PlaceFact) => weights.get(areaOf(value)) ?? 0;
  const isCountry = ({ value }: PlaceFact) => value.kind === 'country';
  const events = named.filter(({ value }) => value.role === 'event');
  const located = events.filter((event) => !isCountry(event));
  const isTold = located.length > 0;
  const local = isTold ? located : named.filter((place) => !isCountry(place) && weight(place) >= MIN_WEIGHT);
  const most = Math.max(0, ...local.map(weight));
  const main = local.filter((place) => weight(place) >= most * (isTold ? PASSING_SHARE : 1));
  return [...events.filter(isCountry), ...main].map(({ value }) => value);
}

function weightOf({ value, start, scope }: PlaceFact, titleEnd: number): number {
  return (
    ROLE_WEIGHT[value.role] * leadFactor(start, titleEnd) * (scope === 'background' ? BACKGROUND_FACTOR : 1)
  );
}

function leadFactor(start: number, titleEnd: number): number {
  return start < titleEnd + LEAD_CHARACTERS ? LEAD_FACTOR : 1;
}

/** Its province, or itself. */
function areaOf({ country, admin, name, kind }: Place): string {
  return `${country}/${kind === 'country' ? '' : (admin ?? name)}`;
}

/** An article is about the country that has most of what tells one; where it was written counts too. */
const MAIN_SHARE = 0.5;
/** What "Syrian" weighs against a place in Syria. Measured from 0 to 1: the best, and the least for what is only said of people. */
const DEMONYM_WEIGHT = 0.3;

function mainCountry(named: readonly PlaceFact[], { title, text }: ReadArticle): Place | null {
  const weights = new Map<string, number>();
  const add = (country: string | null, weight: number, start: number) => {
    if (country === null) return;
    weights.set(country, (weights.get(country) ?? 0) + weight * leadFactor(start, title.length));
  };
  for (const { value, start } of named) add(value.country, 1, start);
  const tokens = tokenize(text);
  for (const { country, start } of demonyms(text, tokens)) add(country, DEMONYM_WEIGHT, start);
  const opening = tokens.slice(tokens.findIndex(({ start }) => start >= title.length));
  const start = opening[0]?.start ?? 0;
  if (!named.some((fact) => fact.start === start)) add(datelineCountry(text, opening), 1, start);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const [main] = [...weights].filter(([, weight]) => weight > total * MAIN_SHARE);
  if (main === undefined) return null;
  return { name: main[0], admin: null, country: main[0], kind: 'country' };
}

/** "Syrian" and "Syrians": they tell a country, but no place. */
function* demonyms(
  text: string,
  tokens: readonly Token[],
): Generator<{ country: string | null; start: number }> {
  const gazetteer = loadGazetteer();
  const forms = tokens.map(({ form }) => form);
  for (const [at, { start }] of tokens.entries()) {
    if (!/^\p{Lu}/u.test(text.slice(start, start + 2))) continue;
    const found = gazetteer.find(forms, at);
    if (found?.form === 'demonym') yield { country: found.places[0]?.country ?? null, start };
  }
}

const MAX_NAME_WORDS = 6;

/** What follows the place where a report was written: ", June 23 (Reuters) -". */
const DATELINE_REST = /^(?:, [^.;:]{1,40}?)?(?: ?\([^()]{1,40}\))? ?(?:--|[-–—]) /u;

/** A dateline names the likeliest place of a name that could be many: "San Salvador, June 23 -". */
function datelineCountry(text: string, opening: readonly Token[]): string | null {
  const words = opening.slice(0, MAX_NAME_WORDS);
  const forms = words.map(({ form }) => form);
  const found = loadGazetteer().find(forms, 0);
  const end = found === null ? 0 : (words[found.length - 1]?.end ?? 0);
  return DATELINE_REST.test(text.slice(end, end + 120)) ? (found?.places[0]?.country ?? null) : null;
}
