import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRise, type Judged, type Severity, severityOf } from '../../src/alerts/severity.ts';
import type { CasualtyFact, Fact } from '../../src/model/fact.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';

const TOPICS = loadWatchLanguage().library.map(({ name }) => name);
const TITLES = [
  'Air strike kills 13 near Atme',
  'Opinion: The air strike was a war crime',
  'Why the air strikes will not stop',
  'Man jailed for life over mosque shooting',
  'Suicide bomber kills 20 at anniversary rally',
  'City marks anniversary of 1988 massacre',
  'Ten years after the bombing, survivors wait',
  'Air strike in Idlib, ten years on',
];

/** A toll of which nothing but these values matters. */
function toll(
  min: number | null,
  scope: CasualtyFact['scope'] = 'event',
  value: Partial<CasualtyFact['value']> = {},
): CasualtyFact {
  const span = { start: 0, end: 10 };
  const evidence = { ...span, evidence: 'the toll', sentence: span, speaker: null, hedge: null };
  return {
    kind: 'casualties',
    ...evidence,
    scope,
    value: { effect: 'killed', min, max: min, group: null, ...value },
  };
}

const someStory = fc
  .record({
    topics: fc.subarray(TOPICS, { maxLength: 4 }),
    tolls: fc.array(
      fc.record({
        min: fc.option(fc.nat(300)),
        effect: fc.constantFrom(
          'killed' as const,
          'injured' as const,
          'missing' as const,
          'detained' as const,
        ),
        scope: fc.constantFrom('event' as const, 'background' as const),
        group: fc.constantFrom(null, 'civilians', 'soldiers'),
      }),
      { maxLength: 4 },
    ),
    independent: fc.integer({ min: 1, max: 9 }),
    more: fc.nat(4),
    doubts: fc.subarray(['sport', 'an anniversary', 'a figure of speech', null]),
    title: fc.constantFrom(...TITLES),
  })
  .map(
    ({ tolls, more, doubts, ...one }): Judged => ({
      ...one,
      outletCount: one.independent + more,
      facts: tolls.map(({ scope, ...value }) => toll(value.min, scope, { ...value, max: value.min })),
      doubts: doubts.map((tells) => ({ tells, found: 'word', span: null })),
      text: one.title,
    }),
  );

function never(
  change: (story: Judged, by: number) => Judged,
  isWrong: (before: Severity, after: Severity) => boolean,
) {
  fc.assert(
    fc.property(someStory, fc.integer({ min: 1, max: 200 }), (before, by) => {
      const [was, is] = [severityOf(before), severityOf(change(before, by))];
      expect({ was, is, isWrong: isWrong(was, is) }).toMatchObject({ isWrong: false });
    }),
    { numRuns: 500 },
  );
}
const lowers = (was: Severity, is: Severity) => is.score < was.score || isRise(is.level, was.level);
const raises = (was: Severity, is: Severity) => is.score > was.score || isRise(was.level, is.level);

describe('Whatever the story,', () => {
  test('more killed never lower it', () => {
    const more = (fact: Fact, by: number): Fact =>
      fact.kind === 'casualties' && fact.value.min !== null
        ? { ...fact, value: { ...fact.value, min: fact.value.min + by, max: fact.value.min + by } }
        : fact;
    never((one, by) => ({ ...one, facts: one.facts.map((fact) => more(fact, by)) }), lowers);
  });

  test('a further fact never lowers it', () => {
    never((one, by) => ({ ...one, facts: [...one.facts, toll(by)] }), lowers);
    never(
      (one, by) => ({ ...one, facts: [...one.facts, toll(by, 'background')] }),
      (was, is) => was.score !== is.score,
    );
  });

  test('more publishers never lower it, more outlets change nothing', () => {
    never(
      (one, by) => ({ ...one, independent: one.independent + by, outletCount: one.outletCount + by }),
      lowers,
    );
    never(
      (one, by) => ({ ...one, outletCount: one.outletCount + by }),
      (was, is) => was.score !== is.score,
    );
  });

  test.each(['Opinion: ', 'Analysis | ', '[Explainer] ', 'Review: '])('“%s” never raises it', (label) => {
    never((one) => ({ ...one, title: label + one.title }), raises);
    never(
      (one) => ({ ...one, title: label + one.title }),
      (_, is) => is.score > 49,
    );
  });

  test('a doubt never raises it', () => {
    never(
      (one) => ({ ...one, doubts: [...one.doubts, { tells: 'a game', found: 'console', span: null }] }),
      raises,
    );
  });

  test('it is between 0 and 100, and its reasons add up to it within what they allow', () => {
    never(
      (one) => one,
      (_, { score, reasons }) => {
        const sum = reasons.reduce((total, { points }) => total + points, 0);
        const most = Math.min(100, ...reasons.map(({ atMost }) => atMost));
        return reasons.length === 0 || score !== Math.max(0, Math.min(sum, most));
      },
    );
  });
});
