import { readFileSync } from 'node:fs';
import type { Place } from '../model/fact.ts';

/** A country or place of the tables we write by hand, with everything it is called. */
export interface CuratedPlace {
  place: Place;
  names: CuratedName[];
  /** For a region: what it consists of, as `SY/Idlib` or `SY/Idlib/Atme`; otherwise empty. */
  parts: string[];
}

interface CuratedName {
  name: string;
  form: 'name' | 'demonym';
  /** The name also means something else: it counts only where its country is told too. */
  needsContext: boolean;
}

/** Languages whose country names can't be taken for English words. */
const COUNTRY_LANGUAGES = ['en', 'ar', 'ru'];
/** Codes that Intl.DisplayNames knows and that are no country: unions and private use. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']);

/** The countries of the world by Node's own ICU and countries.tsv; read anew at each call. */
export function readCountries(): CuratedPlace[] {
  const names = COUNTRY_LANGUAGES.map(
    (language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
  );
  const countries = new Map<string, CuratedPlace>();
  for (const code of countryCodes()) {
    const spelled = names.map((language) => language.of(code)).flatMap(spellings);
    const place: Place = { name: spelled[0] ?? code, admin: null, country: code, kind: 'country' };
    countries.set(code, { place, names: spelled.map((name) => curatedName(name)), parts: [] });
  }
  for (const [code = '', others = '', demonyms = ''] of rowsOf('countries.tsv')) {
    const country = countries.get(code);
    if (country === undefined) throw new Error(`countries.tsv: ${code} is no ISO 3166-1 code`);
    country.names.push(
      ...listed(others).map((name) => curatedName(name)),
      ...listed(demonyms).map((name) => curatedName(name, 'demonym')),
    );
  }
  return [...countries.values()];
}

/** The capital of a country, and what it is called by the country: "Syrian capital". */
export interface Capital {
  name: string;
  country: string;
  called: string[];
}

/** The capitals of countries.tsv; read anew at each call. */
export function readCapitals(): Capital[] {
  const english = new Intl.DisplayNames('en', { type: 'region' });
  return rowsOf('countries.tsv').flatMap(([country = '', others = '', demonyms = '', name = '']) => {
    const owners = [english.of(country) ?? country, ...listed(others), ...listed(demonyms)];
    const called = owners.filter((owner) => !owner.startsWith('?')).map((owner) => `${owner} capital`);
    return name === '' ? [] : [{ name, country, called }];
  });
}

/** The places of places.tsv; read anew at each call. */
export function readCuratedPlaces(): CuratedPlace[] {
  return rowsOf('places.tsv').map(
    ([country = '', kind = '', name = '', admin = '', others = '', parts = '']) => {
      if (kind !== 'settlement' && kind !== 'admin' && kind !== 'region')
        throw new Error(`places.tsv: ${name} is a "${kind}"; expected settlement, admin or region`);
      const spelled = listed(others);
      // A spelling "?Palma" says how the name itself is to be taken.
      if (!spelled.includes(`?${name}`)) spelled.unshift(name);
      return {
        place: { name, admin: admin === '' ? null : admin, country, kind },
        names: spelled.map((other) => curatedName(other)),
        parts: listed(parts).map((part) => (/^[A-Z]{2}(?:\/|$)/u.test(part) ? part : `${country}/${part}`)),
      };
    },
  );
}

/** Every ISO 3166-1 alpha-2 code that Node's ICU knows; replaced ones canonicalize to another code. */
function* countryCodes(): Generator<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  for (const first of letters)
    for (const second of letters) {
      const code = first + second;
      const isCurrent = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
      if (isCurrent && !NO_COUNTRY.has(code) && names.of(code) !== undefined) yield code;
    }
}

/** "Congo - Kinshasa", "Myanmar (Burma)" and "Bosnia & Herzegovina" are spellings of lists, not of sentences. */
function spellings(name: string | undefined): string[] {
  if (name === undefined) return [];
  const bare = name.replace(/ \(.*\)$/, '');
  return bare.includes('&') ? [bare.replace(' & ', ' and ')] : [bare];
}

function curatedName(spelling: string, form: CuratedName['form'] = 'name'): CuratedName {
  const needsContext = spelling.startsWith('?');
  return { name: needsContext ? spelling.slice(1) : spelling, form, needsContext };
}

function listed(cell: string): string[] {
  return cell === '' ? [] : cell.split('|');
}

function rowsOf(file: string): string[][] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}
