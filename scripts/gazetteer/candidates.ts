import type { Lexicon, Row } from './sources.ts';
import { doubtOf, keyOf, usableAlternates, withOtherArticle } from './spellings.ts';

/** A spelling of a settlement or province that the gazetteer will know. */
export interface Spelling {
  key: string;
  /** Whether it is the name GeoNames gives it, and not one of its alternates. */
  isOwn: boolean;
}

/** Where we keep every settlement: conflict and its neighbours. */
export const WATCHED = new Set(
  `SY IQ LB PS IL JO YE LY SD SS SO ET ER DJ ML NE BF NG TD CF CD CM UG BI RW KE MZ TN DZ EG BJ TG CI GN SN MR UA RU BY
  MD GE AM AZ XK TR IR SA AF PK TJ KG BD LK MM CO VE EC PE BO HT SV GT HN NI`
    .trim()
    .split(/\s+/),
);
/** Elsewhere only settlements of this many people are kept, and capitals of country or province. */
const TOWN = 5000;
/** An alternate name that could mean something else is only believed of a city of this many people. */
const CITY = 500_000;
/** What a settlement of conflict areas counts for when GeoNames does not know its people (two of three in Syria). */
const UNKNOWN_POPULATION = 2000;

export function isKept(row: Row): boolean {
  if (WATCHED.has(row.country)) return true;
  return (
    row.feature !== 'PPLX' && (row.population >= TOWN || row.feature === 'PPLC' || row.feature === 'PPLA')
  );
}

/** Its spellings without those that readers would take for something else. */
export function spellingsOf(row: Row, lexicon: Lexicon): Spelling[] {
  const keys = new Map<string, boolean>();
  const add = (name: string, isOwn: boolean) => {
    const key = keyOf(name);
    if (isTrusted(key, isOwn, row, lexicon)) keys.set(key, isOwn || keys.get(key) === true);
  };
  for (const name of [row.name, row.asciiName]) {
    add(name, true);
    for (const other of withOtherArticle(name, row.country)) add(other, false);
  }
  for (const name of usableAlternates(row)) {
    add(name, false);
    for (const other of withOtherArticle(name, row.country)) add(other, false);
  }
  return [...keys].map(([key, isOwn]) => ({ key, isOwn }));
}

/** How many people a place must have for a name that could mean something else to mean it. */
function isTrusted(key: string, isOwn: boolean, row: Row, lexicon: Lexicon): boolean {
  if (key === '') return false;
  const doubt = doubtOf(key, lexicon);
  if (doubt === 'none') return true;
  if (doubt === 'refused' || (row.feature === 'ADM1' && (doubt === 'word' || doubt === 'foreign')))
    return false;
  if (!isOwn) return doubt !== 'word' && row.population >= CITY;
  const isWatched = WATCHED.has(row.country);
  const needed = {
    word: key.includes(' ') ? 100_000 : 500_000,
    person: isWatched ? 50_000 : 100_000,
    foreign: isWatched ? 20_000 : 100_000,
    proper: isWatched ? 20_000 : 100_000,
    short: 10_000,
  };
  return row.population >= needed[doubt];
}

/** How likely a name means this place, next to others of the same name: its people, a tenth for an alternate name. */
export function weightOf(row: Pick<Row, 'population' | 'country'>, isOwn: boolean): number {
  const unknown = WATCHED.has(row.country) ? UNKNOWN_POPULATION : 1;
  return Math.max(row.population, unknown) * (isOwn ? 1 : 0.1);
}
