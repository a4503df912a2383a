import type { Place } from '../model/fact.ts';
import { tokenize } from '../text/tokens.ts';
import { type CuratedPlace, readCapitals, readCountries, readCuratedPlaces } from './curated-places.ts';
import { type GazetteerTable, readTable, type TableEntry } from './gazetteer-table.ts';
import { isArabicArticle, SOUND_MARK, soundOf } from './romanization.ts';

/** What a run of words can name. */
export interface PlaceName {
  /** Every place of that name, the likeliest first, never empty. */
  places: readonly Place[];
  /** How many words it takes. */
  length: number;
  /** `demonym` for "Syrian": it tells a country, not where something happened. */
  form: 'name' | 'demonym';
  /** The name also means something else or little known places: it counts only where its country is mentioned too. */
  needsContext: boolean;
}

/** The places of the world by their names. */
export interface Gazetteer {
  /** The longest name that begins at `words[at]`, or null. Words are forms of `tokenize`: folded, without 's. */
  find(words: readonly string[], at: number): PlaceName | null;
  /** What a region without a border of its own consists of: `SY/Idlib` or `SY/Idlib/Atme`; empty for other places. */
  partsOf(region: Place): readonly string[];
}

type Entry = Pick<PlaceName, 'form' | 'needsContext'> & { places: Place[] };

let loaded: Gazetteer | null = null;

/** The gazetteer of the shipped tables; read once per process, in about 100 ms. */
export function loadGazetteer(): Gazetteer {
  loaded ??= readGazetteer();
  return loaded;
}

function readGazetteer(): Gazetteer {
  const curated = [...readCountries(), ...readCuratedPlaces()];
  const ours = new CuratedNames(curated);
  const table = readTable();
  for (const { name, country, called } of readCapitals()) {
    const words = wordsOf(name);
    const places = [ours.find(words, 0), table.find(words, 0)].flatMap((found) => found?.places ?? []);
    const place = places.find((one) => one.country === country && one.kind === 'settlement');
    if (place !== undefined) for (const words of called) ours.add(words, place);
  }
  const parts = new Map(
    curated.filter((one) => one.parts.length > 0).map((one) => [pathOf(one.place), one.parts]),
  );
  return {
    find: (words, at) => {
      const known = ours.find(words, at);
      const listed = table.find(words, at) ?? (known === null ? findBySound(table, words, at) : null);
      if (known === null) return listed && { ...listed, form: 'name' };
      if (listed === null || listed.length < known.length) return known;
      return listed.length > known.length ? { ...listed, form: 'name' } : joined(known, listed);
    },
    partsOf: (region) => parts.get(pathOf(region)) ?? [],
  };
}

/** How far a name may reach in words, articles included. */
const SOUND_REACH = 6;

/** Shorter words are prepositions: "on Assad" is not Ain al-Asad. */
const SHORTEST_SOUND_WORD = 3;

/** A name of several words that only its spelling keeps from being known: "Maaret al-Noman". */
function findBySound(table: GazetteerTable, words: readonly string[], at: number): TableEntry | null {
  if (isArabicArticle(words[at] ?? '')) return null;
  const sounds: string[] = [];
  const lengths: number[] = [];
  for (let next = at; next < Math.min(at + SOUND_REACH, words.length); next += 1) {
    const word = words[next] ?? '';
    if (isArabicArticle(word)) continue;
    if (word.length < SHORTEST_SOUND_WORD) break;
    sounds.push(sounds.length === 0 ? `${SOUND_MARK}${soundOf(word)}` : soundOf(word));
    lengths.push(next - at + 1);
  }
  const entry = table.find(sounds, 0);
  return entry && { ...entry, length: lengths[entry.length - 1] ?? entry.length };
}

/** Where a place is, from the country down: `SY`, `SY/Idlib`, `SY/Idlib/Atme`; what is not known stays empty. */
export function pathOf({ country, admin, name, kind }: Place): string {
  if (kind === 'country') return country ?? name;
  const isTown = kind === 'settlement' || kind === 'unresolved';
  return [country ?? '', ...(admin !== null || isTown ? [admin ?? ''] : []), name].join('/');
}

function joined(known: PlaceName, listed: TableEntry): PlaceName {
  const others = listed.places.filter((place) => !known.places.some((one) => isSame(one, place)));
  return { ...known, places: [...known.places, ...others] };
}

function isSame(one: Place, other: Place): boolean {
  return one.kind === other.kind && pathOf(one) === pathOf(other);
}

function wordsOf(name: string): string[] {
  return tokenize(name).map((token) => token.form);
}

/** The names of our own tables: of countries, and of places of conflict areas. */
class CuratedNames {
  readonly #entries = new Map<string, Entry>();
  /** How many words the longest name has that begins with a word. */
  readonly #longest = new Map<string, number>();

  constructor(curated: readonly CuratedPlace[]) {
    for (const { place, names } of curated)
      for (const { name, form, needsContext } of names) this.add(name, place, form, needsContext);
  }

  add(name: string, place: Place, form: PlaceName['form'] = 'name', needsContext = false): void {
    const words = wordsOf(name);
    const [first] = words;
    if (first === undefined) return;
    this.#longest.set(first, Math.max(this.#longest.get(first) ?? 0, words.length));
    this.#add(words.join(' '), { places: [place], form, needsContext });
  }

  find(words: readonly string[], at: number): PlaceName | null {
    const reach = Math.min(this.#longest.get(words[at] ?? '') ?? 0, words.length - at);
    for (let length = reach; length > 0; length -= 1) {
      const entry = this.#entries.get(words.slice(at, at + length).join(' '));
      if (entry !== undefined) return { ...entry, length };
    }
    return null;
  }

  #add(key: string, entry: Entry): void {
    const known = this.#entries.get(key);
    if (known === undefined) {
      this.#entries.set(key, entry);
      return;
    }
    // A country's name is its own: the Nigerian state of Niger is only "Niger State".
    if (known.places[0]?.kind === 'country' && entry.places[0]?.kind !== 'country') return;
    for (const place of entry.places) if (!known.places.includes(place)) known.places.push(place);
    known.needsContext ||= entry.needsContext;
  }
}
