import { describe, expect, test } from '@jest/globals';
import type { CasualtyFact, ClaimFact, PerpetratorFact } from '../../src/model/fact.ts';
import { isGrounded } from '../../src/text/grounding.ts';

const TEXT = 'Police said at least 13 soldiers were killed. Nobody else spoke.';
const TOLL: CasualtyFact = {
  kind: 'casualties',
  start: 12,
  end: 44,
  evidence: 'at least 13 soldiers were killed',
  sentence: { start: 0, end: 45 },
  speaker: { name: 'Police', start: 0, end: 6 },
  hedge: 'at least',
  scope: 'event',
  value: { effect: 'killed', min: 13, max: null, group: 'soldiers' },
};

describe('A fact is grounded', () => {
  test('when all its words stand where it says', () => {
    expect(isGrounded(TEXT, TOLL)).toBe(true);
    expect(isGrounded(TEXT, { ...TOLL, speaker: null, hedge: null })).toBe(true);
  });

  test.each<[string, Partial<CasualtyFact>]>([
    ['a changed number', { evidence: 'at least 14 soldiers were killed' }],
    ['shifted words', { start: 11, end: 43 }],
    ['no words', { start: 12, end: 12, evidence: '' }],
    ['words beyond the text', { start: 60, end: 90, sentence: { start: 46, end: 90 } }],
    ['words of another sentence', { hedge: null, sentence: { start: 46, end: 64 } }],
    ['a sentence that ends after the text', { sentence: { start: 0, end: 900 } }],
    ['a speaker who is not there', { speaker: { name: 'Medics', start: 0, end: 6 } }],
    ['a hedge that is not there', { hedge: 'more than' }],
    ['a hedge of another sentence', { hedge: 'else' }],
    ['a group that is not there', { value: { ...TOLL.value, group: 'civilians' } }],
    ['a fractional offset', { start: 12.5 }],
  ])('not with %s', (_, change) => {
    expect(isGrounded(TEXT, { ...TOLL, ...change })).toBe(false);
  });

  test('not as a claim of nobody', () => {
    const claim: ClaimFact = { ...TOLL, kind: 'claim', value: { cue: 'said' } };
    expect(isGrounded(TEXT, claim)).toBe(true);
    expect(isGrounded(TEXT, { ...claim, speaker: null })).toBe(false);
  });

  test('not with a deed that leaves out who did it, or that is of another sentence', () => {
    const text = 'Gunmen shot a guard. Nobody else was hurt.';
    const doer: PerpetratorFact = {
      ...TOLL,
      kind: 'perpetrator',
      start: 0,
      end: 6,
      evidence: 'Gunmen',
      sentence: { start: 0, end: 20 },
      speaker: null,
      hedge: null,
      value: { status: 'reported', deed: { start: 0, end: 19 } },
    };
    const withDeed = (start: number, end: number) => ({
      ...doer,
      value: { ...doer.value, deed: { start, end } },
    });
    expect(isGrounded(text, doer)).toBe(true);
    expect(isGrounded(text, withDeed(7, 19))).toBe(false);
    expect(isGrounded(text, withDeed(0, 30))).toBe(false);
  });
});
