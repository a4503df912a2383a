import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileQuery } from '../../src/matching/matcher.ts';
import { parseQuery, type QueryNode } from '../../src/matching/query.ts';
import { createWatchIndex } from '../../src/matching/watch-index.ts';
import { type NaiveText, satisfiesNaively } from './naive-evaluator.ts';

const SEED = 20220203;

/** Words that meet each other in other forms and spellings, so that random texts satisfy random queries. */
const WORDS = [
  'Idlib',
  'IDLIB',
  'raid',
  'raids',
  'Raided',
  'counterterrorism',
  'counter',
  'terrorism',
  'counter-terrorism',
  'air',
  'strike',
  'air-strikes',
  'airstrike',
  'Hama',
  'Hamas',
  'hama',
  'US',
  'us',
  'U.S.',
  'who',
  'WHO',
  "Syria's",
  'Syria',
  'al-Bab',
  'Albab',
  'bab',
  'إدلب',
  'إِدْلِب',
  'غارة',
  'حماس',
  'удар',
  'удары',
  'Идлиб',
  '伊德利卜',
  '伊',
  '1,200',
  '1200',
  'Bogotá',
  'Bogota\u0301',
  'Straße',
  'STRASSE',
  "Hay'at",
  'Hayat',
  'AT&T',
  'kidnappings',
  'kidnapped',
  'of-the-art',
];
const word = fc.constantFrom(...WORDS);
const query = fc.letrec<{ positive: string; any: string }>((tie) => ({
  positive: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    word,
    fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => `"${parts.join(' ')}"`),
    tie('any'),
  ),
  any: fc
    .record({
      items: fc.array(tie('positive'), { minLength: 2, maxLength: 3 }),
      operator: fc.constantFrom(' ', ' OR ', ', '),
      excluded: fc.option(tie('positive'), { freq: 3 }),
      isChoice: fc.boolean(),
    })
    .map(({ items, operator, excluded, isChoice }) => {
      const group = `(${items.join(operator)})`;
      if (excluded === null) return group;
      return isChoice
        ? `(${items[0]} (${operator === ' ' ? 'siege' : group} OR -${excluded}))`
        : `(${group} -${excluded})`;
    }),
})).positive;
const text = fc.record({
  title: fc.array(word, { maxLength: 3 }).map((parts) => parts.join(' ')),
  body: fc
    .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', '-', ', ', '. ', '\n\n', ' 🚁 ', '? ')), {
      maxLength: 15,
    })
    .map((parts) => parts.flat().join('')),
  language: fc.constantFrom('en', 'ar', 'ru', 'fr', null),
});

function toText({
  title,
  body,
  language,
}: {
  title: string;
  body: string;
  language: string | null;
}): NaiveText {
  return { text: `${title}\n\n${body}`, titleEnd: title.length, language };
}

describe(`with random queries and texts (seed ${SEED})`, () => {
  test('the index finds the watches that a naive evaluator finds, while watches come and go', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ add: fc.nat(7), query }) },
      { weight: 1, arbitrary: fc.record({ remove: fc.nat(7) }) },
      { weight: 4, arbitrary: fc.record({ text }) },
    );
    let pairs = 0;
    let hits = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        const index = createWatchIndex();
        const watches = new Map<string, string>();
        for (const one of steps) {
          if ('add' in one) {
            index.add({ id: `w${one.add}`, query: one.query });
            watches.set(`w${one.add}`, one.query);
          } else if ('remove' in one) {
            index.remove(`w${one.remove}`);
            watches.delete(`w${one.remove}`);
          } else {
            const given = toText(one.text);
            const expected = [...watches]
              .filter(([, asked]) => satisfiesNaively(asked, given))
              .map(([id]) => id);
            expect(
              index
                .match(given.text, given)
                .map((match) => match.watchId)
                .sort(),
            ).toEqual(expected.sort());
            pairs += watches.size;
            hits += expected.length;
          }
          expect(index.size).toBe(watches.size);
        }
      }),
      { numRuns: 400, seed: SEED },
    );
    expect(pairs).toBeGreaterThan(5_000);
    expect(hits).toBeGreaterThan(pairs / 20);
  });

  test('each span satisfies a part of the query, and without the spans the text does not match', () => {
    let matched = 0;
    fc.assert(
      fc.property(query, text, (asked, parts) => {
        const given = toText(parts);
        const find = compileQuery(asked);
        const spans = find(given.text, given);
        if (spans === null) return;
        matched += 1;
        expect(spans.length).toBeGreaterThan(0);
        let rest = given.text;
        for (const span of spans) {
          const part = given.text.slice(span.start, span.end);
          const satisfied = termsOf(asked).some(
            (term) => compileQuery(term)(part, { ...given, titleEnd: 0 }) !== null,
          );
          expect({ part, satisfied }).toEqual({ part, satisfied: true });
          rest = rest.slice(0, span.start) + '~'.repeat(part.length) + rest.slice(span.end);
        }
        // Blanking what one choice excludes may satisfy that choice.
        if (!asked.includes(' -')) expect(find(rest, given)).toBe(null);
      }),
      { numRuns: 3_000, seed: SEED },
    );
    expect(matched).toBeGreaterThan(300);
  });
});

/** Each word and phrase of the query, and each two words that may be written as one, as queries of their own. */
function termsOf(asked: string): string[] {
  const terms: string[] = [];
  const visit = (node: QueryNode): void => {
    if ('text' in node) terms.push(asked.slice(node.start, node.end));
    else if ('item' in node) visit(node.item);
    else {
      node.items.forEach(visit);
      for (const [at, item] of node.items.entries()) {
        const next = node.items[at + 1];
        if (next !== undefined) terms.push(asked.slice(item.start, next.end));
      }
    }
  };
  visit(parseQuery(asked).root);
  return terms.filter((term) => isReadable(term));
}

function isReadable(term: string): boolean {
  try {
    parseQuery(term);
    return true;
  } catch {
    return false;
  }
}
