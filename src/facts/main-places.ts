import type { Span } from '../model/article.ts';
import type { Place, PlaceFact } from '../model/fact.ts';
import { evidenceAt, type Sentence } from './sentence.ts';

/** What tells a country and is no place where something can happen: "Syrian", or a dateline's name that could be many. */
export interface CountryHint extends Span {
  country: string;
  sentence: Sentence;
  kind: 'demonym' | 'dateline';
}

/** What a mention of a place weighs by its role, and how much less or more by where it stands. */
const ROLE_WEIGHT = { event: 3, passing: 3, mention: 1, dateline: 0.5 } as const;
const BACKGROUND_FACTOR = 0.3;
const LEAD_FACTOR = 4;
const LEAD_CHARACTERS = 500;

/** An event elsewhere is told in passing when its province has less than this share of the weight of the main one. */
const PASSING_SHARE = 0.7;
/** A province with less weight tells nothing where no place is that of an event. */
const MIN_WEIGHT = 2;

/** An article is about the country that has most of what tells one; where it was written counts too. */
const MAIN_SHARE = 0.5;
/** What a place tells of the country by its role: measured from 0.1 to 1 for the dateline, and to 3 for an event. */
const COUNTRY_WEIGHT = { event: 2, passing: 2, mention: 1, dateline: 0.7 } as const;
/** What a hint weighs against a mention. For "Syrian" measured from 0 to 1: the best, and the least for what is only said of people. */
const HINT_WEIGHT = { demonym: 0.3, dateline: 1 } as const;

/**
 * The places with their last word on where the event was: those of other events that are told in passing are only
 * mentioned, an article that tells no event place is about the province that it names most, and the country that it
 * is about is where its event was, told by the words that told it. `titleEnd` is where the body begins.
 */
export function settleMainPlaces(
  named: readonly PlaceFact[],
  hints: readonly CountryHint[],
  titleEnd: number,
): PlaceFact[] {
  const main = new Set(mainPlaces(named, titleEnd));
  const settled = named.map((fact) => withRole(fact, main.has(fact)));
  const country = mainCountry(named, hints, titleEnd);
  return country === null ? settled : withCountry(settled, hints, country);
}

function withRole(fact: PlaceFact, isMain: boolean): PlaceFact {
  const { role } = fact.value;
  const isTold = role === 'event';
  if (isTold === isMain) return fact;
  const settled = isMain ? ({ role: 'event', toldBy: 'article' } as const) : ({ role: 'passing' } as const);
  return { ...fact, value: { ...fact.value, ...settled } };
}

function mainPlaces(named: readonly PlaceFact[], titleEnd: number): PlaceFact[] {
  const weights = new Map<string, number>();
  for (const fact of named) {
    const area = areaOf(fact.value);
    weights.set(area, (weights.get(area) ?? 0) + weightOf(fact, titleEnd));
  }
  // The town where a report was written is the event's in 18 of 100 reports that tell no other; its country is more often.
  const inText = new Set(
    named.filter(({ value }) => value.role !== 'dateline').map(({ value }) => areaOf(value)),
  );
  const weight = ({ value }: PlaceFact) => weights.get(areaOf(value)) ?? 0;
  const events = named.filter(({ value }) => value.role === 'event');
  const located = events.filter((event) => !isCountry(event));
  // What only a pattern tells may be anywhere: the article as a whole still says in which province.
  const [unresolved, told] = [located.filter(isUnresolved), located.filter((event) => !isUnresolved(event))];
  const isTold = told.length > 0;
  const local = isTold
    ? told
    : named.filter(
        (place) =>
          !isCountry(place) &&
          !isUnresolved(place) &&
          inText.has(areaOf(place.value)) &&
          weight(place) >= MIN_WEIGHT,
      );
  const most = Math.max(0, ...local.map(weight));
  const isMain = (place: PlaceFact) => weight(place) >= most * (isTold ? PASSING_SHARE : 1);
  // Beside an event elsewhere it is there; by itself it is where the article is.
  const quarters = unresolved.filter((quarter) => {
    const beside = told.filter(({ sentence }) => sentence.start === quarter.sentence.start);
    return beside.length === 0 || beside.some(isMain);
  });
  return [...events.filter(isCountry), ...local.filter(isMain), ...quarters];
}

function isUnresolved({ value }: PlaceFact): boolean {
  return value.kind === 'unresolved';
}

function isCountry({ value }: PlaceFact): boolean {
  return value.kind === 'country';
}

function weightOf({ value, start, scope }: PlaceFact, titleEnd: number): number {
  const factor = scope === 'background' ? BACKGROUND_FACTOR : 1;
  return ROLE_WEIGHT[value.role] * leadFactor(start, titleEnd) * factor;
}

function leadFactor(start: number, titleEnd: number): number {
  return start < titleEnd + LEAD_CHARACTERS ? LEAD_FACTOR : 1;
}

/** Its province, or itself. */
function areaOf({ country, admin, name, kind }: Place): string {
  return `${country}/${kind === 'country' ? '' : (admin ?? name)}`;
}

/** ISO 3166-1 alpha-2, or null when no country has most of the weight. */
function mainCountry(
  named: readonly PlaceFact[],
  hints: readonly CountryHint[],
  titleEnd: number,
): string | null {
  const weights = new Map<string, number>();
  const add = (country: string | null, weight: number, start: number) => {
    if (country === null) return;
    weights.set(country, (weights.get(country) ?? 0) + weight * leadFactor(start, titleEnd));
  };
  for (const { value, start } of named) add(value.country, COUNTRY_WEIGHT[value.role], start);
  for (const { country, kind, start } of hints) add(country, HINT_WEIGHT[kind], start);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const [main] = [...weights].filter(([, weight]) => weight > total * MAIN_SHARE);
  return main?.[0] ?? null;
}

/** With the main country as a place of the event, unless a place of the event lies in it already. */
function withCountry(settled: PlaceFact[], hints: readonly CountryHint[], country: string): PlaceFact[] {
  const ofIt = settled.filter(({ value }) => value.country === country);
  if (ofIt.some(({ value }) => value.role === 'event')) return settled;
  const told = ofIt.find((fact) => isCountry(fact) && fact.scope === 'event');
  if (told !== undefined) return settled.map((fact) => (fact === told ? withRole(fact, true) : fact));
  const place = {
    name: COUNTRY_NAMES.of(country) ?? country,
    admin: null,
    country,
    kind: 'country',
  } as const;
  const value = { ...place, role: 'event', toldBy: 'article' } as const;
  const hint = hints.find((one) => one.country === country);
  if (hint !== undefined) return [...settled, { kind: 'place', ...evidenceAt(hint.sentence, hint), value }];
  return [...settled, ...ofIt.slice(0, 1).map((fact) => ({ ...fact, value }))];
}

const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region' });
