import { readFileSync } from 'node:fs';
import { readArticle } from '../../src/facts/read.ts';
import { createVerifier, type Verifier } from '../../src/facts/verify.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Proposal } from '../../src/model/fact.ts';
import { randomFrom } from '../bench/random.ts';
import { CORRUPTIONS, isSamePerson, proposalOf } from './corruptions.ts';
import { documentArticle, type EvalDocument } from './document-article.ts';

/** One article, and what a truthful reader would propose of it. */
interface Case {
  text: string;
  verify: Verifier;
  valid: Proposal[];
}

/**
 * Prints how many of the facts that our extractors find in the documents the verifier keeps, and how many of each
 * corruption of them it lets pass, as `{"measure","value","of"}`. Throws an Error that says what to do.
 */
export async function evaluateVerifier(path: string | undefined): Promise<void> {
  if (path === undefined) throw new Error('usage: npm run eval -- verifier <documents.jsonl>');
  const cases = readCases(path).filter(({ valid }) => valid.length > 0);
  const tallies = new Map<string, { value: number; of: number }>();
  const count = (measure: string, isCounted: boolean) => {
    const { value, of } = tallies.get(measure) ?? { value: 0, of: 0 };
    tallies.set(measure, { value: value + Number(isCounted), of: of + 1 });
  };
  const random = randomFrom(1);
  for (const [index, { verify, valid, text }] of cases.entries()) {
    for (const proposal of valid) count('kept', verify(proposal) !== null);
    const elsewhere = cases[(index + 1) % cases.length]?.valid ?? [];
    for (const { name, lie } of liesAbout({ valid, text }, elsewhere, random)) {
      const isAccepted = verify(lie) !== null;
      if (isAccepted) process.stderr.write(`${name}: ${JSON.stringify(lie)}\n`);
      count(`accepted: ${name}`, isAccepted);
      count('accepted: all', isAccepted);
    }
  }
  for (const [measure, tally] of tallies) process.stdout.write(`${JSON.stringify({ measure, ...tally })}\n`);
}

function* liesAbout(
  { valid, text }: Pick<Case, 'valid' | 'text'>,
  elsewhere: Proposal[],
  random: () => number,
): Generator<{ name: string; lie: Proposal }> {
  const speakers = [...new Set(valid.flatMap(({ speaker }) => speaker ?? []))];
  for (const proposal of valid) {
    const foreign = elsewhere[Math.floor(random() * elsewhere.length)] ?? proposal;
    for (const [name, corrupt] of Object.entries(CORRUPTIONS)) {
      const lie = corrupt(proposal, { random, speakers, foreign });
      if (lie !== null && !isTrue(lie, proposal, { valid, text })) yield { name, lie };
    }
  }
}

/** What the article says elsewhere is no lie: the same thing in the other words, or such a thing by that speaker. */
function isTrue(lie: Proposal, proposal: Proposal, { valid, text }: Pick<Case, 'valid' | 'text'>): boolean {
  const content = contentOf(lie);
  const isSameContent = content === contentOf(proposal);
  if (lie.quote !== proposal.quote && isSameContent && text.includes(lie.quote)) return true;
  return valid.some(
    (one) =>
      one.kind === lie.kind &&
      isSamePerson(one.speaker, lie.speaker) &&
      (one.quote.includes(lie.quote) || lie.quote.includes(one.quote)) &&
      (contentOf(one) === content || (isSameContent && lie.kind !== 'casualties')),
  );
}

function contentOf(proposal: Proposal): string {
  return proposal.kind === 'casualties'
    ? JSON.stringify([proposal.value, proposal.hedge])
    : proposal.statement;
}

function readCases(path: string): Case[] {
  const places = loadGazetteer();
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Case => {
      const document = JSON.parse(line) as EvalDocument & { text: string };
      const article = documentArticle(document, {
        feedId: 'eval',
        paragraphs: document.text.split(/\n+/),
        undatedAt: 0,
      });
      const reading = readArticle(article, { places });
      return { text: article.text, verify: createVerifier(reading), valid: reading.facts.map(proposalOf) };
    });
}
