import type { CuratedPlace } from '../../src/knowledge/curated-places.ts';
import type { Place } from '../../src/model/fact.ts';
import { isKept, type Spelling, spellingsOf, weightOf } from './candidates.ts';
import type { Lexicon, Row } from './sources.ts';
import { bareAdminName, keyOf, shownName } from './spellings.ts';

/** A place of GeoNames, under the name and in the province that our own tables give it. */
export interface KnownPlace {
  place: Place;
  population: number;
  country: string;
  spellings: Spelling[];
}

/** What is called what in a country by our own tables: they are right wherever they say something. */
export class CuratedIndex {
  readonly #byKey = new Map<string, CuratedPlace[]>();

  constructor(curated: readonly CuratedPlace[]) {
    for (const one of curated)
      for (const { name } of one.names) {
        const key = `${one.place.country} ${keyOf(name)}`;
        this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), one]);
      }
  }

  named(country: string, key: string): readonly CuratedPlace[] {
    return this.#byKey.get(`${country} ${key}`) ?? [];
  }
}

/** Our names for GeoNames' provinces by their code: that of our own table where it knows one by that name. */
export function nameAdmins(
  names: ReadonlyMap<string, string>,
  places: readonly CuratedPlace[],
  curated: CuratedIndex,
): Map<string, string> {
  const used = new Map(
    places.flatMap(({ place: { country, admin } }) =>
      admin === null ? [] : [[`${country} ${keyOf(admin)}`, admin]],
    ),
  );
  const named = new Map<string, string>();
  for (const [code, full] of names) {
    const country = code.slice(0, 2);
    const bare = bareAdminName(full, country);
    const ours = [keyOf(full), keyOf(bare)].flatMap((key) => [
      ...curated.named(country, key).flatMap(({ place }) => (place.kind === 'admin' ? [place.name] : [])),
      ...(used.has(`${country} ${key}`) ? [used.get(`${country} ${key}`) ?? ''] : []),
    ]);
    named.set(code, ours[0] ?? bare);
  }
  return named;
}

/**
 * Which row of GeoNames each curated settlement is: the most populous one that is called so in the same province, its
 * own name first. A province that GeoNames has not may be anywhere.
 */
export function matchCurated(
  rows: readonly Row[],
  curated: CuratedIndex,
  admins: ReadonlyMap<string, string>,
): Map<Row, CuratedPlace> {
  const provinces = new Set([...admins].map(([code, name]) => `${code.slice(0, 2)} ${name}`));
  const mayBe = ({ place: { kind, admin, country } }: CuratedPlace, row: Row) =>
    kind === 'settlement' && (admin === admins.get(row.adminCode) || !provinces.has(`${country} ${admin}`));
  const best = new Map<CuratedPlace, { row: Row; weight: number }>();
  for (const row of rows) {
    const own = new Set([keyOf(row.name), keyOf(row.asciiName)]);
    for (const key of new Set([...own, ...row.alternates.map(keyOf)])) {
      const weight = weightOf(row, own.has(key));
      for (const one of curated.named(row.country, key))
        if (mayBe(one, row) && weight > (best.get(one)?.weight ?? 0)) best.set(one, { row, weight });
    }
  }
  return new Map([...best].map(([one, { row }]) => [row, one]));
}

/** The settlements to keep, each with the spellings that our own tables do not have. */
export function settlementsOf(
  rows: readonly Row[],
  matched: ReadonlyMap<Row, CuratedPlace>,
  admins: ReadonlyMap<string, string>,
  lexicon: Lexicon,
): KnownPlace[] {
  return rows
    .filter((row) => isKept(row) || matched.has(row))
    .map((row) => ({
      place: matched.get(row)?.place ?? {
        name: shownName(row.name, row.country),
        admin: admins.get(row.adminCode) ?? null,
        country: row.country,
        kind: 'settlement',
      },
      population: row.population,
      country: row.country,
      spellings: spellingsOf(row, lexicon),
    }));
}

/** The places of our own tables: the table needs them only for the keys of sound. */
export function curatedAsKnown(places: readonly CuratedPlace[]): KnownPlace[] {
  return places
    .filter(({ place }) => place.kind !== 'region')
    .map(({ place, names }) => ({
      place,
      population: 0,
      country: place.country ?? '',
      spellings: names.map(({ name }) => ({ key: keyOf(name), isOwn: name === place.name })),
    }));
}

/** Governorates, provinces and states, with the spellings of the seat that they are named after. */
export function adminsOf(
  names: ReadonlyMap<string, string>,
  admins: ReadonlyMap<string, string>,
  rows: readonly Row[],
  lexicon: Lexicon,
): KnownPlace[] {
  const rowsOf = Map.groupBy(rows, (row) => row.adminCode);
  return [...names].map(([code, full]) => {
    const country = code.slice(0, 2);
    const inside = rowsOf.get(code) ?? [];
    const population = inside.reduce((sum, row) => sum + row.population, 0);
    const bare = bareAdminName(full, country);
    const asTown = {
      name: bare,
      asciiName: full,
      alternates: [],
      feature: 'ADM1',
      country,
      adminCode: code,
      population,
    };
    const seats = inside.filter(
      (row) =>
        /^PPL[AC]$/u.test(row.feature) &&
        [row.name, row.asciiName].some((name) => keyOf(name) === keyOf(bare)),
    );
    return {
      place: { name: admins.get(code) ?? bare, admin: null, country, kind: 'admin' },
      population,
      country,
      spellings: [asTown, ...seats].flatMap((row) => spellingsOf(row, lexicon)),
    };
  });
}
