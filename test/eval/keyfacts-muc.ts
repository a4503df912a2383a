import { fieldsOf } from '../../src/matching/article-fields.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import type { Article } from '../../src/model/article.ts';
import type { DateFact, Fact, PlaceFact, Reading, TargetFact, WeaponFact } from '../../src/model/fact.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { isFighter, partiesOf, thingsOf, tollsOf, victimsOf } from './muc-parties.ts';

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** The incidents of an article as MUC-4 templates: everything in one, as most articles tell one. */
export function incidentsOf(reading: Reading): object[] {
  const facts = reading.facts.filter(({ scope }) => scope === 'event');
  const targets = facts.filter((fact) => fact.kind === 'target').filter((fact) => !isFighter(fact.evidence));
  const weapons = facts.filter((fact) => fact.kind === 'weapon');
  const kinds = eventKinds(reading);
  if (!isTerrorism(reading, kinds)) return [];
  const types = typesOf(targets, weapons, kinds);
  const incident = {
    type: types[0],
    ...whereAndWhen(reading),
    ...partiesOf(facts),
    targets: thingsOf(targets),
    victims: victimsOf(targets),
    weapons: [...new Set(weapons.map(({ evidence }) => evidence.toLowerCase()))],
    ...tollsOf(facts, targets),
  };
  return [incident, ...types.slice(1).map((type) => ({ type }))];
}

/** Terrorist acts as the task understands them, and what only looks like them. */
const ACTS = new Set(
  `terrorist-attack assassination bombing kidnapping attack-on-infrastructure arson attack-on-press sabotage hostage-taking
  attack-on-aid-workers mass-killing robbery attack-on-hospital-or-school`.split(/\s+/),
);
const OTHERS = new Set(
  `plane-crash ceasefire coup weapons-seizure earthquake storm shelling peace-talks air-strike prison-break border-clash
  epidemic`.split(/\s+/),
);
/** Where a report tells what it is about, in characters. */
const OPENING = 600;
/** Points from which on a report is of an incident: the best of 0 to 8 on the development documents. */
const ENOUGH = 3;

function isTerrorism({ facts }: Reading, kinds: Set<string>): boolean {
  const targets = facts.filter((fact) => fact.kind === 'target');
  const count = (what: Iterable<unknown>, most: number) => Math.min(most, [...what].length);
  const others = targets.filter(({ evidence }) => !isFighter(evidence));
  const points =
    2 * count(kinds.intersection(ACTS), 2) -
    count(kinds.intersection(OTHERS), 2) +
    count(
      others.filter(({ start }) => start < OPENING),
      3,
    ) +
    count(
      others.filter(({ value, scope }) => !value.isPeople && scope === 'event'),
      3,
    ) -
    count(
      targets.filter(({ evidence, scope }) => isFighter(evidence) && scope === 'event'),
      3,
    );
  return points >= ENOUGH;
}

const language = loadWatchLanguage();
const topics = createWatchIndex(language);
for (const name of language.topics?.keys() ?? []) topics.add({ id: name, query: `topic:${name}` });

/** The topics that an article is of. */
function eventKinds({ article, facts }: Reading): Set<string> {
  const found = topics.match(article.text, fieldsOf({ ...article, facts }));
  return new Set(found.filter(({ isNearMiss }) => !isNearMiss).map(({ watchId }) => watchId));
}

function typesOf(targets: TargetFact[], weapons: WeaponFact[], kinds: Set<string>): string[] {
  const deeds = new Set(targets.map(({ value }) => value.deed));
  const isBomb = weapons.some(({ value }) => /bomb|dynamite|explosive|mine/.test(value.weapon));
  const types = [];
  if (isBomb || deeds.has('bombed')) types.push('BOMBING');
  if (deeds.has('kidnapped')) types.push('KIDNAPPING');
  if (deeds.has('burned')) types.push('ARSON');
  if (deeds.has('killed') && !isBomb) types.push('ATTACK');
  if (types.length === 0) types.push(kinds.has('kidnapping') ? 'KIDNAPPING' : 'ATTACK');
  return types;
}

function whereAndWhen({ article, facts }: Reading) {
  const deeds = new Set(
    facts
      .filter(({ kind, scope }) => (kind === 'target' || kind === 'weapon') && scope === 'event')
      .map(({ sentence }) => sentence.start),
  );
  const places = facts.filter((fact) => fact.kind === 'place');
  return {
    countries: countryOf(places),
    places: placesOf(places, deeds),
    date: dayOf(facts, deeds, article),
  };
}

/** The day told beside the deed, else that of the event; an event without a day is as old as its report. */
function dayOf(facts: readonly Fact[], deeds: Set<number>, { publishedAt }: Article): string | null {
  if (publishedAt === null) return null;
  const days = facts.filter((fact): fact is DateFact => fact.kind === 'date' && fact.value.day.length === 10);
  const told = days.filter(({ scope }) => scope === 'event');
  const beside = (some: DateFact[]) => some.find(({ sentence }) => deeds.has(sentence.start));
  const day = beside(told) ?? told[0] ?? beside(days);
  return day?.value.day ?? new Date(publishedAt).toISOString().slice(0, 10);
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

const MOST_PLACES = 3;

function placesOf(all: readonly PlaceFact[], deeds: Set<number>): string[] {
  const places = all.filter(
    ({ value }) =>
      !['country', 'region'].includes(value.kind) && value.role === 'event' && value.toldBy === 'sentence',
  );
  const here = places.filter((fact) => deeds.has(fact.sentence.start));
  const told = here.length > 0 ? here : places;
  const exact = told.filter(({ value }) => value.kind !== 'admin');
  const names = (exact.length > 0 ? exact : told).map(({ value }) => value.name);
  return [...new Set(names)].slice(0, MOST_PLACES);
}
