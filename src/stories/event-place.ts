import type { Place, PlaceFact, Reading } from '../model/fact.ts';
import { fold } from '../text/tokens.ts';

/** How two articles agree on where: on the settlement, only on the province, not at all, or one does not say. */
export type PlaceAgreement = 'settlement' | 'province' | 'none' | 'unknown';

/**
 * Where the event is, as paths from the country down: `SY/Idlib/Atme`, or `SY/Idlib` when only the province is
 * named. What is not known stays empty (`//Atme`). A province whose settlement is named is left out.
 */
export function eventPlaces(reading: Reading): string[] {
  const paths = new Set<string>();
  for (const fact of reading.facts) {
    if (fact.kind !== 'place' || fact.scope !== 'event' || !isTold(fact.value)) continue;
    const path = placePath(fact.value);
    if (path !== null) paths.add(path);
  }
  return [...paths].filter((path) => ![...paths].some((other) => other.startsWith(`${path}/`)));
}

/**
 * A sentence tells that something happened there, be it in passing. What an article speaks of most would make stories
 * of one country one: BCubed F1 93.9 without it, 92.1 with it (newsstream, dev).
 */
function isTold({ role, toldBy }: PlaceFact['value']): boolean {
  return (role === 'event' && toldBy === 'sentence') || role === 'passing';
}

/** The name that a reader knows a path by: its last part. */
export function placeName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** How well two articles agree on where their events are. */
export function comparePlaces(left: string[], right: string[]): { agreement: PlaceAgreement; path: string } {
  if (left.length === 0 || right.length === 0) return { agreement: 'unknown', path: '' };
  let shared: string | null = null;
  for (const one of left) {
    for (const other of right) {
      const common = commonPlace(one, other);
      if (common === null) continue;
      if (isSettlement(common)) return { agreement: 'settlement', path: common };
      shared = common;
    }
  }
  return shared === null ? { agreement: 'none', path: '' } : { agreement: 'province', path: shared };
}

function placePath(place: Place): string | null {
  const parts = [place.country ?? '', place.admin ?? '', place.name].map((part) => part.replaceAll('/', ' '));
  if (place.kind === 'settlement' || place.kind === 'unresolved') return parts.join('/');
  return place.kind === 'admin' ? `${parts[0]}/${parts[2]}` : null;
}

function isSettlement(path: string): boolean {
  return path.split('/').length === 3;
}

/** The place that both paths are in and that says enough to be one: never a whole country. */
function commonPlace(one: string, other: string): string | null {
  const [country = '', province = '', settlement = ''] = one.split('/');
  const [otherCountry = '', otherProvince = '', otherSettlement = ''] = other.split('/');
  if (!mayBeSame(country, otherCountry) || !mayBeSame(province, otherProvince)) return null;
  if (settlement !== '' && otherSettlement !== '') {
    return fold(settlement) === fold(otherSettlement) ? one : null;
  }
  return province !== '' && otherProvince !== '' ? `${country}/${province}` : null;
}

function mayBeSame(one: string, other: string): boolean {
  return one === '' || other === '' || fold(one) === fold(other);
}
