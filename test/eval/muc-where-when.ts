import type { Article } from '../../src/model/article.ts';
import type { DateFact, Fact, PlaceFact, Reading } from '../../src/model/fact.ts';

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** The countries, the places and the days of the incidents that a report tells, as the slots of MUC-4. */
export function whereAndWhen({ article, facts }: Reading) {
  const deeds = new Set(
    facts
      .filter(({ kind, scope }) => (kind === 'target' || kind === 'weapon') && scope === 'event')
      .map(({ sentence }) => sentence.start),
  );
  const places = facts.filter((fact) => fact.kind === 'place');
  return {
    countries: countryOf(places),
    places: placesOf(places, deeds),
    date: daysOf(facts, deeds, article),
  };
}

/** The days told beside deeds, of several incidents all; else that of the event; an event without a day is as old as its report. */
function daysOf(facts: readonly Fact[], deeds: Set<number>, { publishedAt }: Article): string[] {
  if (publishedAt === null) return [];
  const published = new Date(publishedAt).toISOString().slice(0, 10);
  const days = facts.filter((fact): fact is DateFact => fact.kind === 'date' && fact.value.day.length === 10);
  const past = days.filter(({ value }) => value.day <= published);
  const beside = past.filter(({ sentence }) => deeds.has(sentence.start)).map(({ value }) => value.day);
  if (beside.length > 0) return [...new Set(beside)];
  return [past.find(({ scope }) => scope === 'event')?.value.day ?? published];
}

/** The country with most of the event's places, else the one where the report was written. */
function countryOf(places: readonly PlaceFact[]): string[] {
  for (const role of ['event', 'dateline', 'mention'] as const) {
    const weights = new Map<string, number>();
    for (const { value } of places)
      if (value.country !== null && value.role === role)
        weights.set(value.country, (weights.get(value.country) ?? 0) + 1);
    const [best] = [...weights].sort((a, b) => b[1] - a[1]);
    if (best !== undefined) return [countries.of(best[0]) ?? best[0]];
  }
  return [];
}

/** The places told beside deeds, of several incidents all, and the first of the event; else the first that the article is about. */
function placesOf(all: readonly PlaceFact[], deeds: Set<number>): string[] {
  const places = all.filter(({ value }) => !['country', 'region'].includes(value.kind));
  const events = places.filter(({ value }) => value.role === 'event');
  const beside = mostExact(
    places.filter(
      ({ value, sentence }) => /^(?:event|passing)$/.test(value.role) && deeds.has(sentence.start),
    ),
  );
  const told = [...beside, ...events.filter(({ value }) => value.toldBy === 'sentence').slice(0, 1)];
  const names = (told.length > 0 ? told : events.slice(0, 1)).map(({ value }) => value.name);
  return [...new Set(names)];
}

/** Without the province of a town that the same sentence tells. */
function mostExact(places: PlaceFact[]): PlaceFact[] {
  const isProvince = ({ value }: PlaceFact) => value.kind === 'admin';
  return places.filter(
    (place) =>
      !isProvince(place) ||
      places.every((other) => isProvince(other) || other.sentence.start !== place.sentence.start),
  );
}
