import type { CasualtyFact, Fact, Proposal, StatementProposal } from '../../src/model/fact.ts';

/** What a corruption may draw on. */
interface Sources {
  random: () => number;
  /** Who else speaks in the article. */
  speakers: string[];
  /** What another article says. */
  foreign: Proposal;
}

/** A false copy of a proposal, or null where the lie can't be told of it. */
export type Corruption = (proposal: Proposal, sources: Sources) => Proposal | null;

/** What a fact of ours would look like if a model had pointed at it. */
export function proposalOf(fact: Fact): Proposal {
  const pointed = { quote: fact.evidence, speaker: fact.speaker?.name ?? null };
  if (fact.kind !== 'casualties') return { ...pointed, kind: fact.kind, statement: fact.evidence };
  const { effect, min, max } = fact.value;
  return { ...pointed, kind: fact.kind, value: { effect, min, max }, hedge: fact.hedge };
}

const EFFECTS: readonly CasualtyFact['value']['effect'][] = [
  'killed',
  'injured',
  'missing',
  'detained',
  'displaced',
];
const KINDS = ['claim', 'unconfirmed', 'place', 'date', 'casualties'] as const;
const NUMBER_WORDS = 'one two three four five six seven eight nine ten eleven twelve thirteen'.split(' ');
const NUMBER = new RegExp(`\\b(?:\\d[\\d,]*|${NUMBER_WORDS.slice(1).join('|')})\\b`, 'iu');
const SYNONYMS: readonly [RegExp, string][] = [
  [/\bkilled\b/u, 'slain'],
  [/\bpeople\b/u, 'persons'],
  [/\bwere\b/u, 'have been'],
  [/\bwas\b/u, 'has been'],
  [/\bsaid\b/u, 'stated'],
  [/\bthe\b/u, 'this'],
  [/\bin\b/u, 'within'],
];
const NEGATIVE = /\b(?:not|no|never|nor|cannot|without|nobody)\b ?|n['’]t\b/iu;

export const CORRUPTIONS: Record<string, Corruption> = {
  'number changed': (proposal, { random }) => otherNumber(proposal, random),
  'number changed in value and quote': (proposal, { random }) => {
    const value = otherNumber(proposal, random);
    const quote = renumbered(proposal.quote, 1 + Math.floor(random() * 40));
    return value === null || quote === null ? null : { ...value, quote };
  },
  'kind swapped': (proposal, { random }) => otherKind(proposal, random),
  paraphrase: (proposal) => {
    const found = SYNONYMS.find(([word]) => word.test(proposal.quote));
    if (found !== undefined) return { ...proposal, quote: proposal.quote.replace(found[0], found[1]) };
    const [first = '', ...others] = proposal.quote.split(' ');
    return others.length === 0 ? null : { ...proposal, quote: [...others, first].join(' ') };
  },
  'qualifier dropped': withoutQualifier,
  'foreign quote': (proposal, { foreign }) => ({ ...proposal, quote: foreign.quote }),
  'zero claimed': (proposal) => {
    if (proposal.kind !== 'casualties') return { ...proposal, statement: 'nobody at all was killed there' };
    return proposal.value.min === 0 && proposal.value.max === 0
      ? null
      : { ...proposal, value: { ...proposal.value, min: 0, max: 0 } };
  },
  'source swapped': (proposal, { random, speakers }) => {
    const others = speakers.filter((name) => !isSamePerson(name, proposal.speaker));
    const speaker = others[Math.floor(random() * others.length)];
    return speaker === undefined ? null : { ...proposal, speaker };
  },
  'source invented': (proposal) => ({ ...proposal, speaker: 'a senior diplomat close to the inquiry' }),
  'negation dropped': withoutNegation,
};

/** "She" is "she", and "John Kirby" is "Kirby". */
export function isSamePerson(a: string | null, b: string | null): boolean {
  const [one, other] = [a ?? '', b ?? ''].map(
    (name) => ` ${name.toLowerCase().replace(/^(?:the|a|an) /u, '')}`,
  );
  return one?.endsWith(other ?? '') === true || other?.endsWith(one ?? '') === true;
}

function otherNumber(proposal: Proposal, random: () => number): Proposal | null {
  const by = 1 + Math.floor(random() * 40);
  if (proposal.kind !== 'casualties') {
    const statement = renumbered(proposal.statement, by);
    return statement === null ? null : { ...proposal, statement };
  }
  const { effect, min, max } = proposal.value;
  if (min === null && max === null) return null;
  const raised = (bound: number | null) => (bound === null ? null : bound + by);
  return { ...proposal, value: { effect, min: raised(min), max: raised(max) } };
}

/** The text with its first number raised, or null where there is none. */
function renumbered(text: string, by: number): string | null {
  const number = NUMBER.exec(text)?.[0];
  if (number === undefined) return null;
  const word = NUMBER_WORDS.indexOf(number.toLowerCase());
  const value = word < 0 ? Number(number.replaceAll(',', '')) : word + 1;
  return text.replace(number, String(value + by));
}

function otherKind(proposal: Proposal, random: () => number): Proposal {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  if (proposal.kind === 'casualties' && random() < 0.5) {
    const effect = pick(EFFECTS.filter((other) => other !== proposal.value.effect));
    return { ...proposal, value: { ...proposal.value, effect } };
  }
  const { quote, speaker } = proposal;
  const kind = pick(KINDS.filter((other) => other !== proposal.kind));
  if (kind === 'casualties') {
    const count = Number(/\d+/u.exec(quote)?.[0] ?? 1);
    return { kind, quote, speaker, value: { effect: pick(EFFECTS), min: count, max: count }, hedge: null };
  }
  return { kind, quote, speaker, statement: quote };
}

function withoutQualifier(proposal: Proposal, { random }: Sources): Proposal | null {
  if (proposal.kind !== 'casualties') return withoutHedge(proposal);
  const { value, hedge, quote } = proposal;
  if (hedge === null) return null;
  const exact = value.min ?? value.max;
  const cut = random() < 0.5 && quote.startsWith(hedge) ? quote.slice(hedge.length).trim() : quote;
  return { ...proposal, quote: cut, hedge: null, value: { ...value, min: exact, max: exact } };
}

const HEDGE =
  /\b(?:reportedly|allegedly|apparently|likely|possibly|probably|may have|might have|appeared to|believed to be) ?/iu;

function withoutHedge(proposal: StatementProposal): Proposal | null {
  return HEDGE.test(proposal.statement)
    ? { ...proposal, statement: proposal.statement.replace(HEDGE, '') }
    : null;
}

function withoutNegation(proposal: Proposal): Proposal | null {
  if (proposal.kind !== 'casualties')
    return NEGATIVE.test(proposal.statement)
      ? { ...proposal, statement: proposal.statement.replace(NEGATIVE, '') }
      : null;
  const { value } = proposal;
  return value.max === 0 ? { ...proposal, value: { ...value, min: 1, max: null } } : null;
}
