import type { Span } from '../model/article.ts';
import type {
  CasualtyFact,
  Fact,
  Proposal,
  Reading,
  Speaker,
  StatementProposal,
  TollProposal,
} from '../model/fact.ts';
import { isGrounded } from '../text/grounding.ts';
import { covers, lengthOf, overlaps } from '../text/spans.ts';
import { statementsIn } from './attribution.ts';
import { findCasualties } from './casualties.ts';
import { tellsOfEvent } from './event-words.ts';
import { hedgeIn } from './hedges.ts';
import { quantityAt, wordsOf } from './quantities.ts';
import { foldQuote, quoteFinder } from './quotes.ts';
import { readSentences } from './read.ts';
import type { Sentence } from './sentence.ts';
import { hasFiniteVerb } from './speakers.ts';
import { mayBeUnconfirmed } from './unconfirmed.ts';

/** A statement must take so much of its content words from the words that it points at. */
const SHARED_WORDS = 0.75;

/** Who points at a few words of a passage may mean something else. */
const ALIKE = 0.5;

/** Words that are so much of another kind's fact are told as that. */
const MOSTLY = 0.8;

/** What the article itself bears out of a proposal, or null. */
export type Verifier = (proposal: Proposal) => Fact | null;

interface Ground {
  reading: Reading;
  sentence: Sentence;
  /** Where the quoted words stand. */
  span: Span;
}

/**
 * A verifier for one article. It believes nothing: the quoted words must stand in the article, and what they tell is
 * read again by our own rules, which also cut the evidence and name the speaker. What it returns is therefore ours;
 * the proposal only pointed at it.
 */
export function createVerifier(reading: Reading): Verifier {
  const { article } = reading;
  const sentences = readSentences(article, reading.sentences);
  const find = quoteFinder(article.text);
  return (proposal) => {
    if (isBare(proposal)) return null;
    for (const span of find(proposal.quote)) {
      const sentence = sentences.find((sentence) => covers(sentence, span));
      if (sentence === undefined) continue;
      const fact = reread(proposal, { reading, sentence, span });
      if (fact !== null && isGrounded(article.text, fact)) return fact;
    }
    return null;
  };
}

/** One word quotes nothing but a name or a day. */
function isBare({ kind, quote }: Proposal): boolean {
  return (
    (kind === 'casualties' || kind === 'claim' || kind === 'unconfirmed') && !/\S\s+\S/u.test(quote.trim())
  );
}

function reread(proposal: Proposal, ground: Ground): Fact | null {
  const facts = candidates(proposal, ground)
    .filter((fact) => sharedLength(fact, ground.span) > 0)
    .sort((a, b) => likeness(b, ground.span) - likeness(a, ground.span));
  if (proposal.kind === 'casualties') {
    const [toll] = facts;
    const isSame = toll?.kind === 'casualties' && isSameToll(proposal, toll);
    return isSame && isSpokenBy(proposal.speaker, toll.speaker) ? toll : null;
  }
  const fact = facts.find(({ speaker }) => isSpokenBy(proposal.speaker, speaker));
  if (fact === undefined || likeness(fact, ground.span) < ALIKE) return null;
  return isBorneOut(proposal, wordsAt(ground, ground.span)) ? fact : null;
}

/** How much of both the two have in common, from 0 to 1. */
function likeness(a: Span, b: Span): number {
  return sharedLength(a, b) / Math.max(lengthOf(a), lengthOf(b));
}

function sharedLength(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

/** What our own rules read in the sentence, of the proposed kind. */
function candidates({ kind }: Proposal, ground: Ground): Fact[] {
  const { sentence, reading } = ground;
  switch (kind) {
    case 'casualties':
      return findCasualties(sentence);
    case 'claim':
      return isToldOtherwise(ground) ? [] : statementsIn(sentence).filter(tellsSomething);
    case 'unconfirmed':
      return mayBeUnconfirmed(sentence);
    default:
      return reading.facts.filter((fact) => fact.kind === kind);
  }
}

function tellsSomething({ evidence }: Fact): boolean {
  return tellsOfEvent(evidence) || hasFiniteVerb(evidence);
}

/** A toll or an open question that somebody gives is told as that, unless our own rules call it a claim, too. */
function isToldOtherwise({ reading: { facts }, span }: Ground): boolean {
  const here = facts.filter((fact) => overlaps(fact, span));
  const other = here.filter(({ kind }) => kind === 'casualties' || kind === 'unconfirmed');
  const isMostlyOther = other.some((fact) => sharedLength(fact, span) >= MOSTLY * lengthOf(span));
  return isMostlyOther && !here.some(({ kind }) => kind === 'claim');
}

function isSameToll({ value, hedge, quote }: TollProposal, fact: CasualtyFact): boolean {
  const isSameNumber =
    value.effect === fact.value.effect && value.min === fact.value.min && value.max === fact.value.max;
  return isSameNumber && same(hedge, fact.hedge) && (hedge === null || quoteFinder(quote)(hedge).length > 0);
}

/** Every number and most content words stand in the quoted words, which say neither the opposite nor anything surer. */
function isBorneOut({ statement }: StatementProposal, words: string): boolean {
  const content = contentWords(statement);
  const known = new Set(contentWords(words));
  const shared = content.filter((word) => known.has(word)).length;
  return (
    content.length > 0 &&
    shared >= SHARED_WORDS * content.length &&
    isInOrder(numbersIn(statement), numbersIn(words)) &&
    negations(statement) === negations(words) &&
    same(hedgeIn(statement), hedgeIn(words))
  );
}

/** Whether all of `some` stand in `all` in that order: "4 dead and 9 hurt" is not "9 dead". */
function isInOrder(some: number[], all: number[]): boolean {
  let at = 0;
  for (const number of some) {
    at = all.indexOf(number, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const NEGATIVE =
  /\b(?:not|no|nor|none|never|nobody|nothing|neither|cannot|without|den(?:y|ies|ied|ying)|reject(?:s|ed)?|refus(?:es|ed)|declin(?:es|ed)|unable|un(?:clear|known|confirmed|verified|likely))\b|n['’]t\b/giu;

function negations(text: string): number {
  return text.match(NEGATIVE)?.length ?? 0;
}

/** The words that carry a statement: names, and what is longer than an article or a preposition. */
function contentWords(text: string): string[] {
  return wordsOf(foldQuote(text))
    .filter(
      ({ text: word }) => /[\p{L}\p{N}]/u.test(word) && (word.length > 3 || /^[\p{Lu}\p{N}]/u.test(word)),
    )
    .map(({ lower }) => lower.replace(/'s$/u, ''));
}

/** Every number of the text, in digits or words. */
function numbersIn(text: string): number[] {
  const words = wordsOf(foldQuote(text));
  return words.flatMap((word, at) => {
    const quantity = /^[\d$€£¥]/u.test(word.text) ? null : quantityAt(words, at);
    if (quantity?.kind === 'number') return [quantity.min, quantity.max].filter((bound) => bound !== null);
    return (word.text.match(/\d[\d,]*(?:\.\d+)?/gu) ?? []).map((digits) =>
      Number(digits.replaceAll(',', '')),
    );
  });
}

/** The speaker by the name that the article gives, or a person by the last words of it ("John Kirby"). */
function isSpokenBy(proposed: string | null, speaker: Speaker | null): boolean {
  if (proposed === null || speaker === null) return proposed === null && speaker === null;
  const name = bareName(proposed);
  return same(proposed, speaker.name) || (PERSON.test(name) && foldQuote(speaker.name).endsWith(` ${name}`));
}

const PERSON = /^\p{Lu}\p{Ll}[\p{L}'-]*(?: \p{Lu}[\p{L}.'-]*)*$/u;

function same(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return bareName(a).toLowerCase() === bareName(b).toLowerCase();
}

function bareName(name: string): string {
  return foldQuote(name).replace(/^(?:the|a|an) /iu, '');
}

function wordsAt({ reading }: Ground, { start, end }: Span): string {
  return reading.article.text.slice(start, end);
}
