import { fieldsOf } from '../../src/matching/article-fields.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import type { Reading, TargetFact, WeaponFact } from '../../src/model/fact.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { isFighter, partiesOf, thingsOf, tollsOf, victimsOf } from './muc-parties.ts';
import { whereAndWhen } from './muc-where-when.ts';

/** The incidents of an article as MUC-4 templates: everything in one, as most articles tell one. */
export function incidentsOf(reading: Reading): object[] {
  const facts = reading.facts.filter(({ scope }) => scope === 'event');
  const targets = facts.filter((fact) => fact.kind === 'target').filter((fact) => !isFighter(fact.evidence));
  const weapons = facts.filter((fact) => fact.kind === 'weapon');
  const kinds = eventKinds(reading);
  if (!isTerrorism(reading, kinds)) return [];
  const types = typesOf(reading, targets, weapons, kinds);
  const incident = {
    type: types[0],
    ...whereAndWhen(reading),
    ...partiesOf(facts, deedSentences(reading)),
    targets: thingsOf(targets),
    victims: victimsOf(targets),
    weapons: weaponsOf(weapons),
    ...tollsOf(facts, targets, reading.article.text),
  };
  return [incident, ...types.slice(1).map((type) => ({ type }))];
}

/** Each kind of weapon under all the names that the article has for it. */
function weaponsOf(weapons: WeaponFact[]): string[][] {
  return [...Map.groupBy(weapons, ({ value }) => value.weapon).values()].map((same) => [
    ...new Set(same.map(({ evidence }) => evidence.toLowerCase())),
  ]);
}

/** The sentences that tell who did what to whom. */
function deedSentences({ article, sentences, facts }: Reading): string[] {
  const told = new Set(
    facts
      .filter(({ kind }) => /target|weapon|perpetrator|casualties/.test(kind))
      .map(({ sentence }) => sentence.start),
  );
  return sentences
    .filter(({ start }) => told.has(start))
    .map(({ start, end }) => article.text.slice(start, end));
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
/** Where a report tells what it is about: in so many sentences, or at least characters. */
const LEAD = 2;
const OPENING = 600;
/** Points from which on a report is of an incident: the best of 0 to 8 on each half of the development documents. */
const ENOUGH = 3;

/** The topics count for or against it, whom it was done to for it, above all in the lead, and fighting against it. */
function isTerrorism({ facts, sentences }: Reading, kinds: Set<string>): boolean {
  const targets = facts.filter((fact) => fact.kind === 'target');
  const others = targets.filter(({ evidence }) => !isFighter(evidence));
  const lead = sentences.slice(0, LEAD).map(({ start }) => start);
  const count = (what: Iterable<unknown>, most: number) => Math.min(most, [...what].length);
  const inEvent = ({ scope }: TargetFact) => scope === 'event';
  const points = [
    2 * count(kinds.intersection(ACTS), 2),
    -count(kinds.intersection(OTHERS), 2),
    2 *
      count(
        others.filter(({ sentence }) => lead.includes(sentence.start)),
        1,
      ),
    count(
      others.filter(({ start }) => start < OPENING),
      1,
    ),
    count(
      others.filter((fact) => inEvent(fact) && !fact.value.isPeople),
      3,
    ),
    count(
      others.filter((fact) => inEvent(fact) && NAME.test(fact.evidence)),
      2,
    ),
    -count(
      targets.filter((fact) => inEvent(fact) && isFighter(fact.evidence)),
      3,
    ),
  ];
  return points.reduce((sum, some) => sum + some) >= ENOUGH;
}

const NAME = /\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u;

const language = loadWatchLanguage();
const topics = createWatchIndex(language);
for (const name of language.topics?.keys() ?? []) topics.add({ id: name, query: `topic:${name}` });

/** The topics that an article is of. */
function eventKinds({ article, facts }: Reading): Set<string> {
  const found = topics.match(article.text, fieldsOf({ ...article, facts }));
  return new Set(found.filter(({ isNearMiss }) => !isNearMiss).map(({ watchId }) => watchId));
}

/** As many people or things harmed where nobody tells of a bomb are of another attack than the bombing. */
const ANOTHER = 2;

function typesOf(
  reading: Reading,
  targets: TargetFact[],
  weapons: WeaponFact[],
  kinds: Set<string>,
): string[] {
  const deeds = new Set(targets.map(({ value }) => value.deed));
  const isBomb = weapons.some(({ value }) => /bomb|dynamite|explosive|mine/.test(value.weapon));
  const isBombing = isBomb || deeds.has('bombed');
  const unbombed = targets.filter(
    ({ value, sentence }) =>
      /killed|injured|attacked/.test(value.deed) &&
      !EXPLOSION.test(reading.article.text.slice(sentence.start, sentence.end)),
  );
  const types = [];
  if (isBombing) types.push('BOMBING');
  if (deeds.has('kidnapped')) types.push('KIDNAPPING');
  if (deeds.has('burned')) types.push('ARSON');
  if (isBombing ? unbombed.length >= ANOTHER : deeds.has('killed')) types.push('ATTACK');
  if (types.length === 0) types.push(kinds.has('kidnapping') ? 'KIDNAPPING' : 'ATTACK');
  return types;
}

const EXPLOSION = /bomb|dynamit|explo|blast|detonat|\bmines?\b/i;
