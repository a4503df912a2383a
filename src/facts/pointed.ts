import type { Fact, Proposal, Reading } from '../model/fact.ts';
import { overlaps } from '../text/spans.ts';
import { createVerifier } from './verify.ts';

/** Some platforms make any address a link, and a model may be made to point at one. */
const ADDRESS = /\bhttps?:|\bwww\./iu;

/**
 * What a model pointed at and the article bears out, as far as our own reading has nothing there: only of the event,
 * and marked as the model's.
 */
export function pointedFacts(reading: Reading, proposals: readonly Proposal[]): Fact[] {
  const verify = createVerifier(reading);
  const facts: Fact[] = [];
  for (const proposal of proposals) {
    const fact = verify(proposal);
    if (fact === null || fact.scope !== 'event' || ADDRESS.test(fact.evidence)) continue;
    const isKnown = [...reading.facts, ...facts].some((one) => one.kind === fact.kind && overlaps(one, fact));
    if (!isKnown) facts.push({ ...fact, origin: 'model' });
  }
  return facts;
}
