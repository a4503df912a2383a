import type { Place } from '../model/fact.ts';
import { type Gazetteer, loadGazetteer, pathOf } from './places.ts';

/** Whether a place is another one or lies in it: Atme in Idlib in Syria, Mariupol in Donbas. */
export function isWithin(inner: Place, outer: Place): boolean {
  const areas = areasOf(outer);
  return areasOf(inner).every((path) => areas.some((area) => `${path}/`.startsWith(`${area}/`)));
}

/** The paths that make up a place: one, unless it is a region. */
function areasOf(place: Place): readonly string[] {
  const parts = place.kind === 'region' ? loadGazetteer().partsOf(place) : [];
  return parts.length > 0 ? parts : [pathOf(place)];
}

type Kinds = readonly Place['kind'][];

const PROVINCES: Kinds = ['admin', 'region'];
const TOWNS: Kinds = ['settlement'];
/** What people add to say which of a name they mean, in folded form. */
const KIND_WORDS = new Map<string, Kinds>([
  ...words('province governorate state oblast region department county district countryside', PROVINCES),
  ...words('محافظه ولايه область провинция provincia departamento estado', PROVINCES),
  ...words('city town village مدينه بلده قريه город', TOWNS),
]);

/**
 * What somebody means who types a place: "Idlib", "Idlib province", "city of Idlib", "Tripoli, Libya", "إدلب". Words
 * are forms of `tokenize`. Wide places stand before what lies in them; a name that nobody could place without more
 * gives all places of it, any other those of its likeliest country. Empty when it is no place.
 */
export function resolvePlace(typed: readonly string[]): Place[] {
  const gazetteer = loadGazetteer();
  const named = placesNamed(typed, gazetteer);
  if (named.length > 0) return widestFirst([...named, ...surroundings(typed, gazetteer)]);
  const { name, kinds } = withoutKind(typed);
  if (kinds !== null) {
    const places = resolvePlace(name);
    const fitting = places.filter((place) => kinds.includes(place.kind));
    return fitting.length > 0 ? fitting : places;
  }
  return qualified(typed);
}

/** The places whose name is all of `name`. */
function placesNamed(name: readonly string[], gazetteer: Gazetteer): Place[] {
  const found = gazetteer.find(name, 0);
  if (found === null || found.length !== name.length) return [];
  const [first] = found.places;
  return found.places.filter((place) => found.needsContext || place.country === first?.country);
}

/** The province around a city that has one of its own: who watches Damascus watches Rural Damascus too. */
function surroundings(name: readonly string[], gazetteer: Gazetteer): Place[] {
  return [...placesNamed(['rural', ...name], gazetteer), ...placesNamed([...name, 'countryside'], gazetteer)];
}

function withoutKind(typed: readonly string[]): { name: readonly string[]; kinds: Kinds | null } {
  const [first = '', second] = typed;
  const last = typed.at(-1) ?? '';
  if (typed.length < 2) return { name: typed, kinds: null };
  if (KIND_WORDS.has(last)) return { name: typed.slice(0, -1), kinds: KIND_WORDS.get(last) ?? null };
  if (first === 'the') return { name: typed.slice(1), kinds: [...PROVINCES, ...TOWNS, 'country'] };
  const skipped = second === 'of' || second === 'de' ? 2 : 1;
  return { name: typed.slice(skipped), kinds: KIND_WORDS.get(first) ?? null };
}

/** "Tripoli Libya": the places of a name that lie in what the last words name. */
function qualified(typed: readonly string[]): Place[] {
  for (let length = typed.length - 1; length > 0; length -= 1) {
    const outer = resolvePlace(typed.slice(length)).filter(({ kind }) => kind !== 'settlement');
    const found = loadGazetteer().find(typed, 0);
    if (outer.length === 0 || found?.length !== length) continue;
    const inside = found.places.filter((place) => outer.some((one) => isWithin(place, one)));
    if (inside.length > 0) return widestFirst(inside);
  }
  return [];
}

const WIDTH: Place['kind'][] = ['country', 'region', 'admin', 'settlement'];

function widestFirst(places: readonly Place[]): Place[] {
  const known = new Map(places.map((place) => [`${place.kind} ${pathOf(place)}`, place]));
  return [...known.values()].sort((a, b) => WIDTH.indexOf(a.kind) - WIDTH.indexOf(b.kind));
}

function words(list: string, kinds: Kinds): [string, Kinds][] {
  return list.split(' ').map((word) => [word, kinds]);
}
