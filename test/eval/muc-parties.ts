import type { CasualtyFact, Fact, PerpetratorFact, TargetFact } from '../../src/model/fact.ts';
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

/** "The mayor" beside people with names is one of them. */
export function victimsOf(targets: readonly TargetFact[]): string[][] {
  const entities = entitiesOf(targets.filter(({ value }) => value.isPeople));
  const isNamed = entities.some(({ names }) => names.some((name) => properOf(name).size > 0));
  return entities.filter(({ names }) => !isNamed || !names.every(isBackward)).map(({ names }) => names);
}

function isBackward(name: string): boolean {
  return /^(?:the|his|her|this|that) \p{Ll}+(?<!s)$/u.test(name);
}

const STATUS = { claimed: 'claimed', blamed: 'accused', suspected: 'accused', reported: 'fact' } as const;
const ORGANISATION =
  /\b(?:army|armed forces|air force|front|movement|organi[sz]ation|cartel|mafia|party|police|guard|government|group|squads?|alliance|coalition|military|brigade|battalion|commando)\b/iu;

export function partiesOf(facts: readonly Fact[]) {
  const organisations = new Map<string, { name: string[]; status: string }>();
  const individuals: string[][] = [];
  for (const fact of facts.filter((one): one is PerpetratorFact => one.kind === 'perpetrator')) {
    const status =
      fact.value.status === 'reported' && fact.speaker !== null ? 'accused' : STATUS[fact.value.status];
    const known = groupIn(fact.evidence);
    const isPerson =
      !ORGANISATION.test(headWords(fact.evidence)) && withoutThe(headWords(fact.evidence)) !== known?.text;
    if (isPerson && !individuals.some((names) => isSame(names[0] ?? '', fact.evidence)))
      individuals.push(namesOf(fact.evidence));
    if (known !== null) organisations.set(known.name, { name: [known.text, known.name], status });
    else if (!isPerson) organisations.set(fact.evidence, { name: namesOf(fact.evidence), status });
  }
  return { perpIndividuals: individuals, perpOrgs: [...organisations.values()] };
}

function withoutThe(name: string): string {
  return name.replace(/^(?:the|an?) /iu, '');
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

/** The first toll of people who do not fight, or as many as are told of one by one. */
export function tollsOf(facts: readonly Fact[], targets: readonly TargetFact[]) {
  const [killed, injured] = (['killed', 'injured'] as const).map((effect) => {
    const tolls = facts
      .filter((fact): fact is CasualtyFact => fact.kind === 'casualties' && fact.value.effect === effect)
      .filter(({ value }) => value.min !== null && value.min > 0 && !FIGHTER.test(value.group ?? ''))
      .map(({ value }) => value.min ?? 0);
    const people = entitiesOf(targets.filter(({ value }) => value.deed === effect && value.isPeople));
    const told = people.filter(({ names }) => !names.every(isBackward)).map(countOf);
    const sum = told.some((count) => count === null)
      ? 0
      : told.reduce<number>((total, count) => total + (count ?? 0), 0);
    return tolls[0] ?? sum;
  });
  return { ...(killed ? { killed } : {}), ...(injured ? { injured } : {}) };
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
