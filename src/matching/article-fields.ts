import type { Article } from '../model/article.ts';
import type { Fact, Place, PlaceFact } from '../model/fact.ts';
import type { MatchOptions } from './watch-index.ts';

/** One reading of an article, as far as watches ask for it. */
export interface ReadArticle
  extends Pick<Article, 'title' | 'text' | 'language' | 'outlet' | 'author' | 'tags'> {
  facts: readonly Fact[];
}

/** What fields can ask of an article; its places are those where the event was, and the country it is about. */
export function fieldsOf({ title, language, outlet, author, tags, facts }: ReadArticle): MatchOptions {
  const named = facts.filter((fact): fact is PlaceFact => fact.kind === 'place');
  const events = mainPlaces(named, title.length);
  const country = mainCountry(named);
  const places = country === null ? events : [...events, country];
  return { titleEnd: title.length, language, outlet, author, tags, places };
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
  const place = start < titleEnd + LEAD_CHARACTERS ? LEAD_FACTOR : 1;
  return ROLE_WEIGHT[value.role] * place * (scope === 'background' ? BACKGROUND_FACTOR : 1);
}

/** Its province, or itself. */
function areaOf({ country, admin, name, kind }: Place): string {
  return `${country}/${kind === 'country' ? '' : (admin ?? name)}`;
}

/** An article is about the country that most of its places lie in; where it was written counts as one of them. */
const MAIN_SHARE = 0.5;

function mainCountry(named: readonly PlaceFact[]): Place | null {
  const counts = new Map<string, number>();
  for (const { value } of named) {
    if (value.country !== null) counts.set(value.country, (counts.get(value.country) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [main] = [...counts].filter(([, count]) => count > total * MAIN_SHARE);
  if (main === undefined) return null;
  return { name: main[0], admin: null, country: main[0], kind: 'country' };
}
