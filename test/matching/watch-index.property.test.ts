import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FeedLabels } from '../../src/matching/feed-labels.ts';
import { compileQuery } from '../../src/matching/matcher.ts';
import { parseQuery, type QueryNode } from '../../src/matching/query.ts';
import { createWatchIndex, type MatchOptions } from '../../src/matching/watch-index.ts';
import type { Span } from '../../src/model/article.ts';
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
/** Fields, with values that some of the feeds below have. */
const field = fc.oneof(
  word.map((text) => `title:${text}`),
  fc.tuple(word, word).map(([first, second]) => `title:"${first} ${second}"`),
  fc.constantFrom('lang:en', 'lang:ar', 'feed:reuters', 'feed:"Al Jazeera"', 'feed:world', 'feed:syria'),
  fc.constantFrom('feed:Syria', 'feed:bbc.co.uk', 'feed:feeds.bbc.co.uk', 'feed:tass', 'feed:com'),
);
const feed = fc.record({
  name: fc.constantFrom('Reuters World', 'Al Jazeera', 'World Al', 'BBC'),
  url: fc.constantFrom(
    'https://feeds.bbc.co.uk/rss',
    'https://bbc.co.uk/',
    'https://abbc.co.uk/',
    'http://a.com/',
  ),
});
/** What the two workspaces call the feed; watches with an even number belong to the first. */
function labelsFor({ name, url }: { name: string; url: string }, watchId: string): FeedLabels | null {
  const isFirst = Number(watchId.slice(1)) % 2 === 0;
  if (!isFirst && name === 'BBC') return null;
  return { names: [name], urls: [url], groups: isFirst ? ['syria'] : [name.split(' ')[0] ?? ''] };
}
const query = fc.letrec<{ positive: string; any: string }>((tie) => ({
  positive: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: word },
    {
      weight: 3,
      arbitrary: fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => `"${parts.join(' ')}"`),
    },
    { weight: 2, arbitrary: field },
    { weight: 4, arbitrary: tie('any') },
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
  feed,
});

type RandomText = typeof text extends fc.Arbitrary<infer T> ? T : never;

function toText({ title, body, language, feed }: RandomText, watchId: string): NaiveText {
  return { text: `${title}\n\n${body}`, titleEnd: title.length, language, feed: labelsFor(feed, watchId) };
}

function matchOptions({ title, language, feed }: RandomText): MatchOptions {
  return { titleEnd: title.length, language, feedLabels: (watchId) => labelsFor(feed, watchId) };
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
    let fieldHits = 0;
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
            const given = one.text;
            const expected = [...watches]
              .filter(([id, asked]) => satisfiesNaively(asked, toText(given, id)))
              .map(([id]) => id);
            expect(
              index
                .match(toText(given, '').text, matchOptions(given))
                .map((match) => match.watchId)
                .sort(),
            ).toEqual(expected.sort());
            pairs += watches.size;
            hits += expected.length;
            fieldHits += expected.filter((id) => /(feed|lang|title):/.test(watches.get(id) ?? '')).length;
          }
          expect(index.size).toBe(watches.size);
        }
      }),
      { numRuns: 400, seed: SEED },
    );
    expect(pairs).toBeGreaterThan(5_000);
    expect(hits).toBeGreaterThan(pairs / 20);
    expect(fieldHits).toBeGreaterThan(hits / 5);
  });

  test('each span satisfies a part of the query, and without the spans the text does not match', () => {
    let matched = 0;
    fc.assert(
      fc.property(query, text, (asked, parts) => {
        if (checkSpans(asked, parts)) matched += 1;
      }),
      { numRuns: 3_000, seed: SEED },
    );
    expect(matched).toBeGreaterThan(300);
  });
});

/** Whether the text matches; then every span must satisfy a part of the query, and without them it must not match. */
function checkSpans(asked: string, parts: RandomText): boolean {
  const { text } = toText(parts, 'w0');
  const options = { ...matchOptions(parts), feedLabels: () => labelsFor(parts.feed, 'w0') };
  const find = compileQuery(asked);
  const spans = find(text, options);
  if (spans === null) return false;
  for (const span of spans) {
    const part = text.slice(span.start, span.end);
    const titleEnd = span.end <= options.titleEnd ? part.length : 0;
    const satisfied = satisfiesATerm(part, asked, { ...options, titleEnd });
    expect({ part, satisfied }).toEqual({ part, satisfied: true });
  }
  // A feed and a language have no place in the text.
  if (/(feed|lang):/.test(asked)) return true;
  expect(spans.length).toBeGreaterThan(0);
  // Blanking what one choice excludes may satisfy that choice.
  if (!asked.includes(' -')) expect(find(blank(text, spans), options)).toBe(null);
  return true;
}

function blank(text: string, spans: Span[]): string {
  let rest = text;
  for (const { start, end } of spans) rest = rest.slice(0, start) + '~'.repeat(end - start) + rest.slice(end);
  return rest;
}

function satisfiesATerm(part: string, asked: string, options: MatchOptions): boolean {
  return termsOf(asked).some((term) => (compileQuery(term)(part, options) ?? []).length > 0);
}

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
