import { readFileSync } from 'node:fs';
import type { Place } from '../model/fact.ts';
import { tokenize } from '../text/tokens.ts';

/** What a run of words can name. */
export interface PlaceName {
  /** Every place of that name, never empty. */
  places: readonly Place[];
  /** How many words it takes. */
  length: number;
  /** `demonym` for "Syrian": it tells a country, not where something happened. */
  form: 'name' | 'demonym';
  /** The name also means something else, so it counts only where its country is mentioned too. */
  needsContext: boolean;
}

/** The places of the world by their names. */
export interface Gazetteer {
  /** The longest name that begins at `words[at]`, or null. Words are forms of `tokenize`: folded, without 's. */
  find(words: readonly string[], at: number): PlaceName | null;
}

type Entry = Pick<PlaceName, 'form' | 'needsContext'> & { places: Place[] };

/** Languages whose country names can't be taken for English words. */
const COUNTRY_LANGUAGES = ['en', 'ar', 'ru'];
/** Codes that Intl.DisplayNames knows and that are no country: unions and private use. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']);

let loaded: Gazetteer | null = null;

/** The gazetteer of the shipped tables; read once per process, in about 80 ms. */
export function loadGazetteer(): Gazetteer {
  loaded ??= readGazetteer();
  return loaded;
}

function readGazetteer(): Gazetteer {
  const entries = new Map<string, Entry>();
  const longest = new Map<string, number>();
  const add = (name: string, place: Place, form: Entry['form'] = 'name') => {
    const needsContext = name.startsWith('?');
    const words = formsOf(needsContext ? name.slice(1) : name);
    const first = words[0];
    if (first === undefined) return;
    longest.set(first, Math.max(longest.get(first) ?? 0, words.length));
    addEntry(entries, words.join(' '), { places: [place], form, needsContext });
  };
  addCountries(add);
  addPlaces(add);
  return {
    find: (words, at) => {
      const reach = Math.min(longest.get(words[at] ?? '') ?? 0, words.length - at);
      for (let length = reach; length > 0; length -= 1) {
        const entry = entries.get(words.slice(at, at + length).join(' '));
        if (entry !== undefined) return { ...entry, length };
      }
      return null;
    },
  };
}

function addEntry(entries: Map<string, Entry>, key: string, entry: Entry): void {
  const known = entries.get(key);
  if (known === undefined) {
    entries.set(key, entry);
    return;
  }
  const [place] = entry.places;
  if (place !== undefined && !known.places.includes(place)) known.places.push(place);
  known.needsContext ||= entry.needsContext;
}

type Add = (name: string, place: Place, form?: Entry['form']) => void;

function addCountries(add: Add): void {
  const names = COUNTRY_LANGUAGES.map(
    (language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
  );
  const countries = new Map<string, Place>();
  for (const code of countryCodes()) {
    const spelled = names.map((language) => language.of(code)).flatMap(spellings);
    const country: Place = { name: spelled[0] ?? code, admin: null, country: code, kind: 'country' };
    countries.set(code, country);
    for (const name of spelled) add(name, country);
  }
  for (const [code = '', others = '', demonyms = ''] of rowsOf('countries.tsv')) {
    const country = countries.get(code);
    if (country === undefined) throw new Error(`countries.tsv: ${code} is no ISO 3166-1 code`);
    for (const name of listed(others)) add(name, country);
    for (const name of listed(demonyms)) add(name, country, 'demonym');
  }
}

function addPlaces(add: Add): void {
  for (const [country = '', kind = '', name = '', admin = '', others = ''] of rowsOf('places.tsv')) {
    if (kind !== 'settlement' && kind !== 'admin' && kind !== 'region')
      throw new Error(`places.tsv: ${name} is a "${kind}"; expected settlement, admin or region`);
    const place: Place = { name, admin: admin === '' ? null : admin, country, kind };
    add(name, place);
    for (const other of listed(others)) add(other, place);
  }
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

function listed(cell: string): string[] {
  return cell === '' ? [] : cell.split('|');
}

function rowsOf(file: string): string[][] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

function formsOf(name: string): string[] {
  return tokenize(name).map((token) => token.form);
}
