import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseAliases } from '../../src/knowledge/aliases.ts';
import type { Knowledge } from '../../src/matching/condition.ts';
import type { FeedLabels } from '../../src/matching/feed-labels.ts';
import { compileQuery } from '../../src/matching/matcher.ts';
import { parseQuery } from '../../src/matching/query.ts';
import type { QueryNode } from '../../src/matching/query-tree.ts';
import { createWatchIndex, type MatchOptions } from '../../src/matching/watch-index.ts';
import type { Span } from '../../src/model/article.ts';
import type { Place } from '../../src/model/fact.ts';
import { type NaiveText, rankNaively } from './naive-evaluator.ts';

const SEED = 20220203;
/** 100,000 pairs of a query and a text take 7,000 runs: MATCHING_RUNS=7000. */
const RUNS = Number(process.env.MATCHING_RUNS ?? 400);

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
  '利卜',
  '德利',
  '伊德利',
  '=伊德',
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
  'Edlib',
  'Idleb',
  'بإدلب',
  'والغارة',
  'Идлибе',
  'HTS',
  'hts',
  'Hayat Tahrir al-Sham',
  'هيئة تحرير الشام',
  'IS',
  'is',
  'Islamic State',
  'raider',
];

/** What the watches below know of the world. */
const KNOWLEDGE: Knowledge = {
  aliases: parseAliases(
    `places: { Idlib: [Edlib, Idleb, إدلب, Идлиб] }
groups: { Hayat Tahrir al-Sham: [HTS, هيئة تحرير الشام], Islamic State: [ISIS, =IS] }`,
    'aliases.yaml',
  ),
  topics: new Map([
    ['raid', 'raid* NEAR/3 (Idlib OR Hama), counterterrorism'],
    ['strike', '(air strike) -Hamas'],
    ['either', 'topic:raid OR topic:strike OR lang:ar'],
  ]),
  guards: [
    {
      title: 'sport',
      of: null,
      signs: {
        sure: 'us OR "counter terrorism"',
        unsure: 'kidnap*, Syria, Hama, Bogota, Idlib, air, IS, удар, إدلب',
        figure: 'raid* NEAR/1 air, "counter"',
      },
    },
    { title: 'film', of: 'raid', signs: { sure: 'who* OR HTS', unsure: null, figure: null } },
  ],
  news: 'Hamas OR "U.S." OR raider, Straße, غارة',
};
const PLACES: Place[] = [
  { name: 'Atme', admin: 'Idlib', country: 'SY', kind: 'settlement' },
  { name: 'Hama', admin: 'Hama', country: 'SY', kind: 'settlement' },
  { name: 'Basra', admin: 'Basra', country: 'IQ', kind: 'settlement' },
];
const word = fc.constantFrom(...WORDS);
/** Fields, with values that some of the feeds below have. */
const field = fc.oneof(
  word.map((text) => `title:${text}`),
  word.map((text) => `lead:${text}`),
  fc.tuple(word, word).map(([first, second]) => `title:"${first} ${second}"`),
  fc.constantFrom('lang:en', 'lang:ar', 'feed:reuters', 'feed:"Al Jazeera"', 'feed:world', 'feed:syria'),
  fc.constantFrom('feed:Syria', 'feed:bbc.co.uk', 'feed:feeds.bbc.co.uk', 'feed:tass', 'feed:com'),
);
const named = fc.oneof(
  fc.constantFrom(
    'place:Idlib',
    'place:Hama',
    'country:SY',
    'country:IQ',
    'topic:raid',
    'topic:strike',
    'topic:either',
  ),
  fc.constantFrom('source:world', 'source:"al jazeera"', 'author:doe', 'tag:syria', 'tag:war'),
);
const side = fc.oneof(
  word.filter((text) => !text.includes(' ')),
  word.map((text) => `"${text}"`),
  fc.constantFrom('raid*', 'air*', '=US', '="U.S."', 'title:raid', 'title:(Idlib OR raid*)'),
  fc.array(word, { minLength: 2, maxLength: 3 }).map((words) => `("${words.join('" OR "')}")`),
);
const near = fc
  .record({ left: side, right: side, distance: fc.nat(4), order: fc.constantFrom('', 'O') })
  .map(({ left, right, distance, order }) => `(${left} ${order}NEAR/${distance} ${right})`);
const cut = fc.constantFrom(
  'raid*',
  'Rai*',
  'count*',
  'kidnap*',
  'إدل*',
  'уда*',
  'title:raid*',
  'counter-terr*',
);
const exact = fc.oneof(
  word.filter((text) => !text.includes(' ')).map((text) => `=${text}`),
  fc.tuple(word, word).map(([first, second]) => `="${first} ${second}"`),
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
    { weight: 1, arbitrary: named },
    { weight: 2, arbitrary: near },
    { weight: 1, arbitrary: cut },
    { weight: 1, arbitrary: exact },
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
  fields: fc.record({
    places: fc.subarray(PLACES),
    mentioned: fc.subarray(PLACES),
    outlet: fc.constantFrom('Al Jazeera', 'World News', null),
    author: fc.constantFrom('Jane Doe', null),
    tags: fc.subarray(['Syria', 'War crimes']),
    topics: fc.subarray(['strike']),
  }),
});

type RandomText = typeof text extends fc.Arbitrary<infer T> ? T : never;

function toText({ title, body, language, feed, fields }: RandomText, watchId: string): NaiveText {
  const text = `${title}\n\n${body}`;
  return { text, titleEnd: title.length, language, feed: labelsFor(feed, watchId), fields };
}

function matchOptions({ title, language, feed, fields }: RandomText): MatchOptions {
  return { ...fields, titleEnd: title.length, language, feedLabels: (watchId) => labelsFor(feed, watchId) };
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
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
    let nearMisses = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        const index = createWatchIndex(KNOWLEDGE);
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
            const ranks = [...watches].map(([id, asked]) => ({
              id,
              rank: rankNaively(asked, toText(given, id), KNOWLEDGE),
            }));
            const expected = ranks.filter(({ rank }) => rank !== null);
            const matches = index.match(toText(given, '').text, matchOptions(given));
            const found = matches.map(({ watchId, rank }) => ({ id: watchId, rank }));
            expect(found.sort(byId)).toEqual(expected.sort(byId));
            pairs += watches.size;
            hits += expected.length;
            fieldHits += expected.filter(({ id }) => /[a-z]:/.test(watches.get(id) ?? '')).length;
            nearMisses += matches.filter((match) => match.isNearMiss).length;
          }
          expect(index.size).toBe(watches.size);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(pairs).toBeGreaterThan(5_000);
    expect(hits).toBeGreaterThan(pairs / 20);
    expect(fieldHits).toBeGreaterThan(hits / 5);
    expect(nearMisses).toBeGreaterThan(hits / 100);
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
  const find = compileQuery(asked, KNOWLEDGE);
  const spans = find(text, options);
  if (spans === null) return false;
  for (const span of spans) {
    const part = text.slice(span.start, span.end);
    const titleEnd = span.end <= options.titleEnd ? part.length : 0;
    const satisfied = satisfiesATerm(part, asked, { ...options, titleEnd });
    expect({ part, satisfied }).toEqual({ part, satisfied: true });
  }
  checkReasons(asked, spans, text, options);
  // Properties have no place in the text.
  if (/(feed|lang|source|author|tag|country|place|topic):/.test(asked)) return true;
  expect(spans.length).toBeGreaterThan(0);
  // Blanking what one choice excludes may satisfy that choice.
  if (!asked.includes(' -')) expect(find(blank(text, spans), options)).toBe(null);
  return true;
}

/** Every match has reasons, and their words are words of the match. */
function checkReasons(asked: string, spans: Span[], text: string, options: MatchOptions): void {
  const index = createWatchIndex(KNOWLEDGE);
  index.add({ id: 'w0', query: asked });
  const reasons = index.explain('w0', text, options);
  expect(reasons.length).toBeGreaterThan(0);
  for (const { span, found } of reasons) {
    if (span === null) continue;
    expect(text.slice(span.start, span.end)).toBe(found);
    expect(spans.some(({ start, end }) => start <= span.start && span.end <= end)).toBe(true);
  }
}

function blank(text: string, spans: Span[]): string {
  let rest = text;
  for (const { start, end } of spans) rest = rest.slice(0, start) + '~'.repeat(end - start) + rest.slice(end);
  return rest;
}

function satisfiesATerm(part: string, asked: string, options: MatchOptions): boolean {
  return termsOf(asked).some((term) => (compileQuery(term, KNOWLEDGE)(part, options) ?? []).length > 0);
}

/** Each word and phrase of the query, and each of its words in a row that may be one name, as queries of their own. */
function termsOf(asked: string): string[] {
  return termsIn(parseQuery(asked).root, asked).filter(isReadable);
}

function termsIn(node: QueryNode, asked: string): string[] {
  if ('item' in node) return termsIn(node.item, asked);
  if ('items' in node) {
    const runs = node.items.flatMap((first, at) =>
      node.items.slice(at + 1).map((last) => asked.slice(first.start, last.end)),
    );
    return [...node.items.flatMap((item) => termsIn(item, asked)), ...runs];
  }
  if (node.field === 'topic') return termsOf(KNOWLEDGE.topics?.get(node.text) ?? '');
  return [asked.slice(node.start, node.end)];
}

function isReadable(term: string): boolean {
  try {
    parseQuery(term);
    return true;
  } catch {
    return false;
  }
}
