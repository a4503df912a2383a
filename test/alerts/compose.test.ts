import { describe, expect, test } from '@jest/globals';
import { composeAlert, extendAlert } from '../../src/alerts/compose.ts';
import type { Article, Span } from '../../src/model/article.ts';
import type {
  CasualtyFact,
  ClaimFact,
  DateFact,
  Fact,
  PlaceFact,
  Reading,
  UnconfirmedFact,
} from '../../src/model/fact.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { article } from '../support/articles.ts';

function spanOf(text: string, words: string): Span {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`"${words}" is not in the text`);
  return { start, end: start + words.length };
}

/** Builds the facts of a text from their words. */
function factsIn(text: string) {
  function evidence(words: string, speaker: string | null, scope: 'event' | 'background' = 'event') {
    const span = spanOf(text, words);
    const said = speaker === null ? null : { name: speaker, ...spanOf(text, speaker) };
    return { ...span, evidence: words, sentence: span, speaker: said, hedge: null, scope };
  }
  return {
    place: (words: string, value: PlaceFact['value']): PlaceFact => ({
      kind: 'place',
      ...evidence(words, null),
      value,
    }),
    date: (words: string, day: string): DateFact => ({
      kind: 'date',
      ...evidence(words, null),
      value: { day },
    }),
    killed: (words: string, speaker: string | null, scope?: 'background'): CasualtyFact => ({
      kind: 'casualties',
      ...evidence(words, speaker, scope),
      value: { effect: 'killed', min: null, max: null, group: null },
    }),
    claim: (words: string, speaker: string): ClaimFact => ({
      kind: 'claim',
      ...evidence(words, speaker),
      value: { cue: 'said' },
    }),
    unconfirmed: (words: string): UnconfirmedFact => ({
      kind: 'unconfirmed',
      ...evidence(words, null),
      value: { cue: words },
    }),
  };
}

function reading(about: Article, facts: Fact[]): Reading {
  return { article: about, sentences: splitSentences(about.text), facts };
}

const FIRST = article(
  'Gun battle near Atme',
  'Troops landed near Atme on Thursday, residents said. The monitor said several civilians were killed. ' +
    'The ministry said the operation had succeeded. It gave no details. A raid in 2019 killed a leader.',
);
const first = factsIn(FIRST.text);
const ATME = {
  name: 'Atme',
  admin: 'Idlib',
  country: 'SY',
  kind: 'settlement',
  role: 'event',
  toldBy: 'sentence',
} as const;
const SYRIA = {
  name: 'Syria',
  admin: null,
  country: 'SY',
  kind: 'country',
  role: 'mention',
  toldBy: 'sentence',
} as const;
const FACTS = [
  first.place('Atme', ATME),
  first.date('on Thursday', '2022-02-03'),
  first.killed('several civilians were killed', 'The monitor'),
  first.killed('killed a leader', null, 'background'),
  first.claim('the operation had succeeded', 'The ministry'),
  first.unconfirmed('It gave no details'),
];

describe('an alert', () => {
  test('has the headline untouched, the lead, and each fact with who says it', () => {
    const alert = composeAlert(reading(FIRST, FACTS), ['Idlib']);
    expect(alert).toMatchObject({
      headline: 'Gun battle near Atme',
      outlet: 'Northern Wire',
      watches: ['Idlib'],
      lead: [
        'Troops landed near Atme on Thursday, residents said. The monitor said several civilians were killed.',
      ],
    });
    expect(alert.lines).toMatchObject([
      {
        label: 'Where',
        items: [{ text: 'Atme, Idlib, Syria', resolvedFrom: 'Atme', speaker: null, sources: [1] }],
      },
      {
        label: 'When',
        items: [{ text: 'Thu 3 Feb 2022', resolvedFrom: 'on Thursday', speaker: null, sources: [1] }],
      },
      {
        label: 'Casualties',
        items: [
          { text: 'several civilians were killed', resolvedFrom: null, speaker: 'The monitor', sources: [1] },
        ],
      },
      {
        label: 'Claims',
        items: [
          { text: 'the operation had succeeded', resolvedFrom: null, speaker: 'The ministry', sources: [1] },
        ],
      },
      {
        label: 'Not confirmed',
        items: [{ text: 'It gave no details', resolvedFrom: null, speaker: null, sources: [1] }],
      },
    ]);
  });

  test('keeps for each value the sentence that it was read from, and when its outlet told it', () => {
    const { lines, sources } = composeAlert(reading(FIRST, FACTS), []);
    const items = lines.flatMap((line) => line.items);
    expect(items.map(({ receipts }) => receipts?.length)).toEqual([1, 1, 1, 1, 1]);
    for (const { receipts } of items) expect(FIRST.text).toContain(receipts?.[0]?.sentence);
    expect(sources[0]?.at).toBe(FIRST.publishedAt);
  });

  test('never shows the toll of an earlier event', () => {
    expect(JSON.stringify(composeAlert(reading(FIRST, FACTS), []).lines)).not.toContain('killed a leader');
  });

  test('shows a place that is only mentioned as no place of the event', () => {
    const about = article('Talks', 'Envoys met in Geneva about Syria.');
    const alert = composeAlert(reading(about, [factsIn(about.text).place('Syria', SYRIA)]), []);
    expect(alert.lines).toEqual([]);
  });

  test('falls back to headline and lead when no fact is found', () => {
    const alert = composeAlert(reading(article('Storm', 'A storm came.'), []), []);
    expect(alert).toMatchObject({ headline: 'Storm', lead: ['A storm came.'], lines: [] });
  });

  test('has no lead when the article is only a headline', () => {
    const bare = { ...article('Storm', ''), text: 'Storm' };
    expect(composeAlert(reading(bare, []), []).lead).toEqual([]);
  });
});

describe('a further article of the story', () => {
  const alert = composeAlert(reading(FIRST, FACTS), ['Idlib']);
  const SECOND = article(
    'Rescuers count 13 dead in Atme',
    'The civil defence said at least 13 people were killed. The monitor said several civilians were killed.',
    { id: 'article-2', outlet: 'Harbour Post', link: 'https://post.example/13' },
  );
  const second = factsIn(SECOND.text);

  test('adds its source and only what is new', () => {
    const facts = [
      second.killed('at least 13 people were killed', 'The civil defence'),
      second.killed('several civilians were killed', 'The monitor'),
    ];
    const change = extendAlert(alert, reading(SECOND, facts), ['raids']);
    expect(change?.content.headline).toBe('Gun battle near Atme');
    expect(change?.content.watches).toEqual(['Idlib', 'raids']);
    expect(change?.content.sources.map((source) => source.outlet)).toEqual(['Northern Wire', 'Harbour Post']);
    expect(change?.content.lines.find((line) => line.label === 'Casualties')?.items).toMatchObject([
      { text: 'several civilians were killed', resolvedFrom: null, speaker: 'The monitor', sources: [1, 2] },
      {
        text: 'at least 13 people were killed',
        resolvedFrom: null,
        speaker: 'The civil defence',
        sources: [2],
      },
    ]);
    expect(change?.update).toMatchObject({
      headline: 'Rescuers count 13 dead in Atme',
      outlet: 'Harbour Post',
      link: 'https://post.example/13',
      source: 2,
      lines: [
        {
          label: 'Casualties',
          items: [
            {
              text: 'at least 13 people were killed',
              resolvedFrom: null,
              speaker: 'The civil defence',
              sources: [2],
            },
          ],
        },
      ],
    });
  });

  test('that names only the province of a town already told says nothing new, and a town within it does', () => {
    const province = {
      name: 'Idlib',
      admin: null,
      country: 'SY',
      kind: 'admin',
      role: 'event',
      toldBy: 'sentence',
    } as const;
    const wider = article('Raid in Idlib', 'It was in Idlib.', {
      id: 'article-3',
      outlet: 'Third',
      link: 'https://c.example/',
    });
    const facts = [factsIn(wider.text).place('Idlib', province)];
    const change = extendAlert(alert, reading(wider, facts), []);
    expect(change?.update).toBeNull();
    expect(change?.content.lines[0]?.items.map(({ text }) => text)).toEqual(['Atme, Idlib, Syria']);

    const coarse = composeAlert(reading(wider, facts), []);
    const finer = extendAlert(coarse, reading(FIRST, [first.place('Atme', ATME)]), []);
    expect(finer?.update?.lines[0]?.items.map(({ text }) => text)).toEqual(['Atme, Idlib, Syria']);
    expect(finer?.content.lines[0]?.items.map(({ text }) => text)).toEqual(['Atme, Idlib, Syria']);
  });

  test('that says the same in its own style of writing says nothing new', () => {
    const told = article('A', 'The Pentagon said there were no U.S. casualties.');
    const again = article('B', 'Pentagon: no US casualties.', {
      id: 'article-4',
      outlet: 'Fourth',
      link: 'https://d.example/',
    });
    const before = composeAlert(
      reading(told, [factsIn(told.text).killed('no U.S. casualties', 'The Pentagon')]),
      [],
    );
    const change = extendAlert(
      before,
      reading(again, [factsIn(again.text).killed('no US casualties', 'Pentagon')]),
      [],
    );
    expect(change?.update).toBeNull();
    expect(change?.content.lines[0]?.items).toMatchObject([{ text: 'no U.S. casualties', sources: [1, 2] }]);
  });

  test('with nothing new adds its source and no update', () => {
    const change = extendAlert(alert, reading(SECOND, []), ['Idlib']);
    expect(change?.content.sources).toHaveLength(2);
    expect(change?.update).toBeNull();
  });

  test('that is the same link in another feed changes nothing', () => {
    const copy = { ...FIRST, id: 'article-9', feedId: 'feed-9' };
    expect(extendAlert(alert, reading(copy, FACTS), ['Idlib'])).toBeNull();
  });

  test('that corrects the first headline changes it in place', () => {
    const corrected = article(
      'Gun battle outside Atme',
      'Troops landed near Atme on Thursday, residents said.',
      { revision: 2 },
    );
    const change = extendAlert(alert, reading(corrected, []), []);
    expect(change?.content.headline).toBe('Gun battle outside Atme');
    expect(change?.content.sources).toHaveLength(1);
  });
});

describe('What stands in no article is not shown', () => {
  test('neither in an alert nor in what is added to it, and whoever counts hears of each', () => {
    const { place, killed } = factsIn(FIRST.text);
    const good = killed('several civilians were killed', null);
    const lies = [
      { ...good, evidence: '13 civilians were killed' },
      { ...good, start: good.start + 1 },
      { ...good, hedge: 'at least' },
      { ...place('Atme', ATME), start: 0, end: 4 },
    ];
    const refused: string[] = [];
    const count = ({ evidence }: Fact) => refused.push(evidence);
    const alert = composeAlert(reading(FIRST, [...lies, good]), [], [], count);
    expect(alert.lines.flatMap(({ items }) => items.map(({ text }) => text))).toEqual([good.evidence]);
    expect(refused).toEqual(lies.map(({ evidence }) => evidence));
    expect(extendAlert(alert, reading(FIRST, [...lies, good]), [], count)).toBeNull();
    expect(refused).toHaveLength(2 * lies.length);
  });
});

describe('What only a language model pointed at', () => {
  const model = (fact: Fact): Fact => ({ ...fact, origin: 'model' });
  const body = `The mayor said a shop was open. The mayor said b shop was open. The mayor said c shop was open. The mayor said d shop was open. Police said e shop was open.`;
  const about = article('Shops near Atme', `The lead one. The lead two.\n\n${body}`);
  const { claim } = factsIn(about.text);
  const own = ['a', 'b', 'c', 'd'].map((shop) => claim(`${shop} shop was open`, 'The mayor'));

  test('comes behind what we found and takes the place of none of it', () => {
    const without = composeAlert(reading(about, own), []).lines[0]?.items ?? [];
    const pointed = model(claim('e shop was open', 'Police'));
    const within = composeAlert(reading(about, [pointed, ...own]), []).lines[0]?.items ?? [];
    expect(without).toHaveLength(3);
    expect(within.slice(0, 3)).toEqual(without);
    expect(within.slice(3)).toMatchObject([{ text: 'e shop was open', origin: 'model' }]);
  });

  test('is ours as soon as we find it in another article', () => {
    const told = composeAlert(reading(about, [model(claim('e shop was open', 'Police'))]), []);
    const other = article('More shops', 'The lead one. The lead two.\n\nPolice said e shop was open.', {
      id: 'article-2',
      link: null,
    });
    const again = factsIn(other.text).claim('e shop was open', 'Police');
    const change = extendAlert(told, reading(other, [again]), []);
    expect(change?.content.lines[0]?.items).toMatchObject([{ text: 'e shop was open', sources: [1, 2] }]);
    expect(change?.content.lines[0]?.items[0]).not.toHaveProperty('origin');
  });
});
