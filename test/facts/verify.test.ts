import { describe, expect, test } from '@jest/globals';
import { readArticle } from '../../src/facts/read.ts';
import { createVerifier } from '../../src/facts/verify.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Proposal, StatementProposal, TollProposal } from '../../src/model/fact.ts';
import { proposalOf } from '../eval/corruptions.ts';
import { articleOf } from './article.ts';

const BODY = `The army said at least 13 people were killed in the raid near Atme on Thursday. Medics put the toll at 9. “The commander was not in the house,” the mayor said.
The army denied that its soldiers had fired on the convoy. Officials would not elaborate on who had ordered the operation.
Residents said that the market – closed for days – reportedly opened again. Aid group Red Lantern said 1,300 families had fled.`;

const reading = readArticle(articleOf('Raid near Atme', BODY), { places: loadGazetteer() });
const verify = createVerifier(reading);

function claim(quote: string, speaker: string | null, more: Partial<StatementProposal> = {}): Proposal {
  return { kind: 'claim', quote, speaker, statement: quote, ...more };
}

const TOLL: TollProposal = {
  kind: 'casualties',
  quote: 'at least 13 people were killed',
  speaker: 'The army',
  value: { effect: 'killed', min: 13, max: null },
  hedge: 'at least',
};

describe('What a model points at is shown', () => {
  test('when our own rules read the same: each fact of ours is kept as it is', () => {
    expect(reading.facts.length).toBeGreaterThan(5);
    for (const fact of reading.facts)
      expect(verify(proposalOf(fact))).toMatchObject({ evidence: fact.evidence });
  });

  test('whatever it makes of quotation marks, dashes and spaces, and always in the words of the article', () => {
    const pointed = claim('the market - closed for  days - reportedly opened again', 'Residents');
    expect(verify(pointed)).toMatchObject({
      evidence: 'the market – closed for days – reportedly opened again',
      hedge: 'reportedly',
    });
    expect(verify(claim('"The commander was not in the house"', 'mayor'))).toMatchObject({
      evidence: 'The commander was not in the house',
      speaker: { name: 'the mayor' },
    });
  });

  test('as an open question also in words that we would not dare to read so by ourselves', () => {
    const quote = 'Officials would not elaborate on who had ordered the operation';
    expect(reading.facts.some(({ evidence }) => evidence === quote)).toBe(false);
    const pointed: Proposal = { kind: 'unconfirmed', quote, speaker: null, statement: quote };
    expect(verify(pointed)).toMatchObject({ kind: 'unconfirmed', evidence: quote });
  });

  test('whole, so that no cut turns what was said into its opposite', () => {
    const shown = verify(claim('its soldiers had fired on the convoy', 'The army'));
    expect(shown?.evidence).toBe('denied that its soldiers had fired on the convoy');
  });
});

describe('Nothing is shown', () => {
  test.each<[string, Proposal]>([
    ['of a toll with another number', { ...TOLL, value: { ...TOLL.value, min: 14 } }],
    ['of a toll with another number in the quote, too', { ...TOLL, quote: 'at least 14 people were killed' }],
    ['of a toll with another effect', { ...TOLL, value: { ...TOLL.value, effect: 'injured' } }],
    ['of a toll without its qualifier', { ...TOLL, hedge: null }],
    ['of a toll whose quote leaves the qualifier out', { ...TOLL, quote: '13 people were killed' }],
    ['of a toll that becomes an exact one', { ...TOLL, value: { ...TOLL.value, max: 13 } }],
    ['of a toll that becomes none', { ...TOLL, value: { ...TOLL.value, min: 0, max: 0 } }],
    ['of a toll by somebody else', { ...TOLL, speaker: 'Medics' }],
    ['of a toll by nobody', { ...TOLL, speaker: null }],
    ['of a claim by an invented speaker', claim('The commander was not in the house', 'a US official')],
    ['of a claim by a part of a group’s name', claim('1,300 families had fled', 'group')],
    ['of words that are not there', claim('The commander was in the house', 'the mayor')],
    ['of a part of a number', claim('300 families had fled', 'Aid group Red Lantern')],
    ['of one word', claim('commander', 'the mayor')],
    ['of no words', claim('', 'the mayor')],
    [
      'of a statement that leaves out the not',
      claim('The commander was not in the house', 'the mayor', {
        statement: 'The commander was in the house',
      }),
    ],
    [
      'of a statement that leaves out the doubt',
      claim('the market – closed for days – reportedly opened again', 'Residents', {
        statement: 'the market – closed for days – opened again',
      }),
    ],
    [
      'of a statement with another number',
      claim('1,300 families had fled', 'Aid group Red Lantern', { statement: '2,300 families had fled' }),
    ],
    [
      'of a statement in other words',
      claim('1,300 families had fled', 'Aid group Red Lantern', {
        statement: 'a flood destroyed the bridges',
      }),
    ],
    ['of an open question as a place', { ...claim('near Atme', null), kind: 'date' } as Proposal],
  ])('%s', (_, proposal) => {
    expect(verify(proposal)).toBeNull();
  });
});
