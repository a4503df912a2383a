import type { Article } from '../../src/model/article.ts';
import type { DateFact, Fact, PlaceFact, Reading } from '../../src/model/fact.ts';

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** The countries, the places and the days of the incidents that a report tells, as the slots of MUC-4. */
export function whereAndWhen({ article, facts }: Reading) {
  const deeds = facts.filter(({ kind }) => kind === 'target' || kind === 'weapon');
  const sentences = sentencesOf(deeds.filter(({ scope }) => scope === 'event'));
  const places = facts.filter((fact) => fact.kind === 'place');
  return {
    countries: countryOf(places, sentences),
    places: placesOf(places, sentences),
    date: daysOf(facts, [sentences, sentencesOf(deeds)], article),
  };
}

function sentencesOf(facts: Fact[]): Set<number> {
  return new Set(facts.map(({ sentence }) => sentence.start));
}

/**
 * The days told beside deeds, of several incidents all; else that of the event, else the one beside a deed of the
 * background; an event without a day is as old as its report.
 */
function daysOf(
  facts: readonly Fact[],
  [deeds, allDeeds]: [Set<number>, Set<number>],
  { publishedAt }: Article,
): string[] {
  if (publishedAt === null) return [];
  const published = new Date(publishedAt).toISOString().slice(0, 10);
  const days = facts.filter((fact): fact is DateFact => fact.kind === 'date' && fact.value.day.length === 10);
  const past = days.filter(({ value }) => value.day <= published);
  const beside = past.filter(({ sentence }) => deeds.has(sentence.start)).map(({ value }) => value.day);
  if (beside.length > 0) return [...new Set(beside)];
  const told =
    past.find(({ scope }) => scope === 'event') ?? past.find(({ sentence }) => allDeeds.has(sentence.start));
  return [told?.value.day ?? published];
}

/** The country with most of the event's places, those told beside deeds first of all, else the one where the report was written. */
function countryOf(all: readonly PlaceFact[], deeds: Set<number>): string[] {
  const places = all.filter(({ value }) => value.country !== null);
  const beside = besideDeeds(places, deeds);
  const events = places.filter(({ value }) => value.role === 'event');
  const datelines = places.filter(({ value }) => value.role === 'dateline');
  const told = [[...beside, ...beside, ...events], datelines, places].find((some) => some.length > 0) ?? [];
  const counts = Map.groupBy(told, ({ value }) => value.country ?? '');
  const [best] = [...counts].sort((a, b) => b[1].length - a[1].length);
  return best === undefined ? [] : [countries.of(best[0]) ?? best[0]];
}

function besideDeeds(places: readonly PlaceFact[], deeds: Set<number>): PlaceFact[] {
  return places.filter(
    ({ value, sentence }) => /^(?:event|passing)$/.test(value.role) && deeds.has(sentence.start),
  );
}

/** The places told beside deeds, of several incidents all, and the first of the event; else the first that the article is about. */
function placesOf(all: readonly PlaceFact[], deeds: Set<number>): string[] {
  const places = all.filter(({ value }) => !['country', 'region'].includes(value.kind));
  const events = places.filter(({ value }) => value.role === 'event');
  const beside = mostExact(besideDeeds(places, deeds));
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
