import { SOUND_MARK } from '../../src/knowledge/romanization.ts';
import type { Place } from '../../src/model/fact.ts';
import { type Spelling, WATCHED, weightOf } from './candidates.ts';
import type { CuratedIndex, KnownPlace } from './merge.ts';
import type { Lexicon } from './sources.ts';
import { type Doubt, doubtOf, soundKeyOf } from './spellings.ts';

interface Candidate {
  place: Place;
  country: string;
  weight: number;
  isOwn: boolean;
  isCurated: boolean;
}

/** A place less likely than this next to the first of its name is left out, except where conflict is. */
const NEGLIGIBLE = 0.05;
const MOST_CANDIDATES = 8;

/** Every name with the places it may mean, the likeliest first. */
export function candidatesByName(
  known: readonly KnownPlace[],
  curated: CuratedIndex,
  taken: ReadonlySet<string>,
): Map<string, Candidate[]> {
  const byName = new Map<string, Candidate[]>();
  for (const one of known)
    for (const spelling of one.spellings) {
      const candidate = taken.has(spelling.key) ? null : candidateOf(one, spelling, curated);
      if (candidate === null) continue;
      push(byName, spelling.key, candidate);
      const sound = soundKeyOf(spelling.key, one.country);
      if (sound !== null) push(byName, sound, { ...candidate, isCurated: false });
    }
  const kept = [...byName].map(([key, candidates]) => [key, likeliest(candidates)] as const);
  return new Map(kept.filter(([, candidates]) => candidates.length > 0));
}

/** Null where our own tables say that the name is another place's. */
function candidateOf(
  { place, population, country }: KnownPlace,
  { key, isOwn: isMain }: Spelling,
  curated: CuratedIndex,
): Candidate | null {
  const ours = curated.named(country, key).map((one) => one.place);
  const isCurated = ours.includes(place);
  const isDecided = ours.some(({ kind }) => kind === place.kind || kind === 'region');
  if (isDecided && !isCurated) return null;
  // GeoNames' own names are all in Latin letters: in other scripts an alternate is as good.
  const isOwn = isMain || !/[a-z]/u.test(key);
  return { place, country, weight: weightOf({ population, country }, isOwn), isOwn, isCurated };
}

function push(byName: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const candidates = byName.get(key);
  if (candidates === undefined) byName.set(key, [candidate]);
  else candidates.push(candidate);
}

function likeliest(candidates: Candidate[]): Candidate[] {
  const sorted = candidates.toSorted((a, b) => b.weight - a.weight);
  const most = sorted[0]?.weight ?? 0;
  const seen = new Set<string>();
  const isNew = ({ place }: Candidate) => {
    const identity = [place.country, place.kind, place.admin, place.name].join('/');
    return !seen.has(identity) && seen.add(identity);
  };
  return sorted
    .filter(({ weight, country }) => weight >= most * NEGLIGIBLE || WATCHED.has(country))
    .filter(({ isCurated }) => !isCurated)
    .filter(isNew)
    .slice(0, MOST_CANDIDATES);
}

/** From how many people on a name is known everywhere, by how it may be mistaken; not listed: it never is. */
const KNOWN_POPULATION: Partial<Record<Doubt, number>> = { none: 100_000, proper: 500_000 };
/** Lists of Arabic and Russian words hold the great cities too. */
const KNOWN_IN_OTHER_SCRIPTS = 1_000_000;

/** Whether the name needs its country told: it is short, means something else, or no place of it is well known. */
function needsContext(key: string, candidates: readonly Candidate[], lexicon: Lexicon): boolean {
  const [first] = candidates;
  if (first === undefined || key.startsWith(SOUND_MARK) || !first.isOwn) return true;
  const isLatin = /[a-z]/u.test(key);
  const known =
    KNOWN_POPULATION[doubtOf(key, lexicon)] ?? (isLatin ? Number.POSITIVE_INFINITY : KNOWN_IN_OTHER_SCRIPTS);
  const rival = candidates.find(({ country }) => country !== first.country)?.weight ?? 0;
  return first.weight < (key.length < 5 ? Math.max(known, 500_000) : known) || first.weight < 5 * rival;
}

/**
 * The file's text: a head, a line a place, an empty line, a line a name in order of its bytes, with the bytes at which
 * its places' lines begin, in base 36.
 */
export function tableText(head: string, byName: ReadonlyMap<string, Candidate[]>, lexicon: Lexicon): string {
  const lines: string[] = [];
  const starts = new Map<string, number>();
  let end = Buffer.byteLength(head) + 1;
  const startOf = ({ name, admin, country, kind }: Place) => {
    const line = [name, admin ?? '', country ?? '', kind === 'admin' ? 'a' : 's'].join('\t');
    const start = starts.get(line) ?? end;
    if (start === end) {
      lines.push(line);
      starts.set(line, start);
      end += Buffer.byteLength(line) + 1;
    }
    return start.toString(36);
  };
  const names = [...byName]
    .map(([key, candidates]) => {
      const flag = needsContext(key, candidates, lexicon) ? '?' : '';
      return {
        key: Buffer.from(key),
        line: `${key}\t${flag}${candidates.map(({ place }) => startOf(place)).join(',')}`,
      };
    })
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ line }) => line);
  return `${head}\n${lines.join('\n')}\n\n${names.join('\n')}\n`;
}
