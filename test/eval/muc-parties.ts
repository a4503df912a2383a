import type { CasualtyFact, Fact, PerpetratorFact, TargetFact } from '../../src/model/fact.ts';
import { overlaps } from '../../src/text/spans.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';

const { aliases } = loadWatchLanguage();

/** MUC-4 counts what is done to people who do not fight. */
const FIGHTER =
  /\b(?:soldiers?|guerrillas?|rebels?|terrorists?|subversives?|insurgents?|extremists?|fighters?|combatants?|troops?|battalion|brigade|enem(?:y|ies)|criminals?|assassins?|hitmen|gunmen|militants?|attackers?|delinquents?|bandits?|traffickers?|commandos?|patrols?)$/iu;

export function isFighter(name: string): boolean {
  return FIGHTER.test(headWords(name));
}

function headWords(name: string): string {
  return name.replace(/\s*[[(].*$/u, '').replace(/\s(?:of|from|in)\s.*$/u, '');
}

/** Somebody or something under all names that the article has for it. */
interface Entity {
  names: string[];
  facts: TargetFact[];
}

/** Names that share a name, or are the same but for "the" and a number, are of one. */
function entitiesOf(targets: readonly TargetFact[]): Entity[] {
  const entities: Entity[] = [];
  for (const fact of targets) {
    const known = entities.find((entity) =>
      entity.facts.some((other) => isSame(other.evidence, fact.evidence)),
    );
    if (known === undefined) entities.push({ names: namesOf(fact.evidence), facts: [fact] });
    else {
      known.names = [...new Set([...known.names, ...namesOf(fact.evidence)])];
      known.facts.push(fact);
    }
  }
  return entities;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [properOf(one), properOf(other)];
  if (a.size > 0 && b.size > 0) return a.intersection(b).size > 0;
  const [x, y] = [bareOf(one), bareOf(other)];
  return x === y || x.endsWith(` ${y}`) || y.endsWith(` ${x}`);
}

/** The name itself, without titles and nationalities: the capitalized words at its end. */
function properOf(name: string): Set<string> {
  const proper =
    /(?:\p{Lu}[\p{L}'’-]+ (?:de |la |del )*)*\p{Lu}[\p{L}'’-]{2,}$/u.exec(headWords(name))?.[0] ?? '';
  return new Set(
    proper
      .toLowerCase()
      .split(' ')
      .filter((word) => word.length > 3),
  );
}

function bareOf(name: string): string {
  return headWords(name)
    .toLowerCase()
    .replace(
      /^(?:the|an?|his|her|their|these|those|this|that|some|several|about|at least|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+/u,
      '',
    );
}

/** A name in full, without what is said about it, and as its noun alone. */
function namesOf(evidence: string): string[] {
  const plain = evidence.replace(/\s*[[(][^\])]*[\])]\s*/gu, ' ').trim();
  return [...new Set([plain, headWords(plain)])];
}

export function thingsOf(targets: readonly TargetFact[]): string[][] {
  return entitiesOf(targets.filter(({ value }) => !value.isPeople)).map(({ names }) => names);
}

/** "The mayor", "three people" and "the guards" beside people with names are those, and "civilians" are nobody in particular. */
export function victimsOf(targets: readonly TargetFact[]): string[][] {
  const entities = entitiesOf(targets.filter(({ value }) => value.isPeople));
  const isNamed = entities.some(({ names }) => names.some((name) => properOf(name).size > 0));
  return entities
    .filter(({ names }) => !names.every(isUncounted))
    .filter(({ names }) => !isNamed || !names.every((name) => isBackward(name) || isRepeated(name)))
    .map(({ names }) => names);
}

/** "Peasants", "several people": no number, name or "the". */
function isUncounted(name: string): boolean {
  const head = headWords(name);
  const isGiven =
    /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|the|an?|his|her|their)\b/i.test(head);
  return (
    !isGiven &&
    /^(?:\p{Ll}\S* )*(?:\p{Ll}+s|people|men|women|children)$/iu.test(head) &&
    !/\p{Lu}|\d/u.test(head.slice(1))
  );
}

function isRepeated(name: string): boolean {
  return /^(?:(?:\p{L}+|\d+) (?:people|persons|individuals|others)|the (?:\p{Ll}+ )*\p{Ll}+s)$/u.test(
    headWords(name),
  );
}

function isBackward(name: string): boolean {
  return /^(?:the|his|her|this|that) \p{Ll}+(?<!s)$/u.test(name);
}

const STATUS = { claimed: 'claimed', blamed: 'accused', suspected: 'accused', reported: 'fact' } as const;
const ORGANISATION =
  /\b(?:army|armed forces|air force|front|movement|organi[sz]ation|cartel|mafia|party|police|guard|government|group|squads?|alliance|coalition|military|brigade|battalion|commando)\b/iu;

/** "A group of armed men" is no organisation, and "the group" does not say which. */
const PEOPLE_TOGETHER =
  /\b(?:group|squad|band|gang|column)s? of \p{Ll}|^(?:\p{Ll}+ )*(?:group|organi[sz]ation|m[ae]n|commando)s?$/iu;

/** Who did it; where nobody says so, whom the sentences about the deeds name. */
export function partiesOf(facts: readonly Fact[], sentences: readonly string[]) {
  const parties = facts.filter((one) => one.kind === 'perpetrator');
  const [individuals, organisations] = [individualsOf(parties), organisationsOf(parties)];
  return {
    perpIndividuals: individuals.length > 0 ? individuals : villainsIn(sentences),
    perpOrgs: organisations.length > 0 ? organisations : groupsIn(sentences),
  };
}

function individualsOf(parties: readonly PerpetratorFact[]): string[][] {
  const individuals: string[][] = [];
  for (const { evidence } of parties)
    if (isPerson(evidence) && !individuals.some(([name = '']) => isSame(name, evidence)))
      individuals.push(namesOf(evidence));
  return individuals;
}

function isPerson(evidence: string): boolean {
  const known = groupIn(evidence);
  return known === null ? !isOrganisation(evidence) : withoutThe(headWords(evidence)) !== known.text;
}

function isOrganisation(evidence: string): boolean {
  return ORGANISATION.test(headWords(evidence)) && !PEOPLE_TOGETHER.test(evidence);
}

function organisationsOf(parties: readonly PerpetratorFact[]) {
  const organisations = new Map<string, { name: string[]; status: string }>();
  for (const { evidence, value, speaker } of parties) {
    const status = value.status === 'reported' && speaker !== null ? 'accused' : STATUS[value.status];
    const known = groupIn(evidence);
    if (known !== null) organisations.set(known.name, { name: [known.text, known.name], status });
    else if (isOrganisation(evidence)) organisations.set(evidence, { name: namesOf(evidence), status });
  }
  return [...organisations.values()];
}

function withoutThe(name: string): string {
  return name.replace(/^(?:the|an?) /iu, '');
}

const VILLAINS =
  /\b(?:guerrillas|terrorists|rebels|gunmen|subversives|armed men|armed individuals|unidentified (?:individuals|persons|men|people)|assailants|attackers|kidnappers|hitmen|extremists|commandos|drug traffickers)\b/giu;

/** What most sentences call people who do such things. */
function villainsIn(sentences: readonly string[]): string[][] {
  const found = sentences.flatMap((sentence) => sentence.match(VILLAINS) ?? []);
  return mostFrequent(
    found.map((words) => words.toLowerCase()),
    (words) => words,
  )
    .slice(0, 1)
    .map((words) => [words]);
}

/** The armed group that most sentences name. */
function groupsIn(sentences: readonly string[]) {
  const found = sentences.flatMap((sentence) => groupIn(sentence) ?? []);
  const [most] = mostFrequent(found, ({ name }) => name);
  return most === undefined ? [] : [{ name: [most.text, most.name], status: 'fact' }];
}

/** All that share the key that most have. */
function mostFrequent<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const [most = []] = [...Map.groupBy(items, keyOf).values()].sort((a, b) => b.length - a.length);
  return most;
}

/** The armed group of the alias table that a name holds. */
function groupIn(evidence: string): { text: string; name: string } | null {
  const words = evidence.split(/\s+/u).map((word) => word.replace(/[^\p{L}\p{N}'’-]/gu, ''));
  for (let length = Math.min(words.length, aliases?.longest ?? 0); length > 0; length -= 1)
    for (let start = 0; start + length <= words.length; start += 1) {
      const text = words.slice(start, start + length).join(' ');
      const alias = aliases?.named(text);
      if (alias?.kind === 'group') return { text, name: alias.name };
    }
  return null;
}

/** The first toll of people who do not fight, or as many as a sentence tells of one by one; a bound is none. */
export function tollsOf(facts: readonly Fact[], targets: readonly TargetFact[], text: string) {
  const [killed, injured] = (['killed', 'injured'] as const).map((effect) => {
    const tolls = facts
      .filter((fact): fact is CasualtyFact => fact.kind === 'casualties' && fact.value.effect === effect)
      .filter(({ value }) => value.min !== 0 && !FIGHTER.test(value.group ?? ''))
      .filter(
        ({ value, sentence }) =>
          value.group !== null || !BATTLE.test(text.slice(sentence.start, sentence.end)),
      );
    const [exact, bounds] = [tolls.filter(isExact), tolls.filter((toll) => !isExact(toll))];
    const people = targets
      .filter(({ value }) => value.deed === effect && value.isPeople)
      .filter((fact) => !bounds.some((bound) => overlaps(bound, fact)));
    const toll = jointToll(exact);
    const beside = people.filter(
      ({ sentence }) => toll === null || sentence.start === exact[0]?.sentence.start,
    );
    return Math.max(toll ?? 0, countedTogether(entitiesOf(beside)) ?? 0);
  });
  return { ...(killed ? { killed } : {}), ...(injured ? { injured } : {}) };
}

const BATTLE =
  /\b(?:clash(?:es|ed)?|combat|fighting|battles?|offensive|casualties|army|armed forces|battalion|brigade)\b/i;

function isExact({ value }: CasualtyFact): boolean {
  return value.min !== null && value.min === value.max;
}

/** The first toll with those that share its verb: "six priests and two cooks were killed". */
function jointToll([first, ...others]: CasualtyFact[]): number | null {
  if (first === undefined) return null;
  const partners = others.filter(
    (other) =>
      overlaps(first, other) && other.end >= first.end && !/^(?:including|among)/i.test(other.evidence),
  );
  return [first, ...partners].reduce((total, { value }) => total + (value.min ?? 0), 0);
}

/** How many the first sentence tells of that names all it tells of. */
function countedTogether(people: Entity[]): number | null {
  const told = people.filter(({ names }) => !names.every(isBackward));
  const [first] = Map.groupBy(told, ({ facts: [fact] }) => fact?.sentence.start).values();
  const counts = (first ?? []).map(countOf);
  return counts.some((count) => count === null)
    ? null
    : counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** How many a name counts; null of several. */
function countOf({ names: [name = ''] }: Entity): number | null {
  const first = name.split(' ')[0]?.toLowerCase() ?? '';
  const number = /^\d+$/.test(first) ? Number(first) : NUMBERS.indexOf(first);
  if (number > 0) return number;
  return /(?:[^s]s|men|women|people|children)$/u.test(headWords(name)) && properOf(name).size === 0
    ? null
    : 1;
}
