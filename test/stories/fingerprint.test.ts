import { describe, expect, test } from '@jest/globals';
import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { fingerprint } from '../../src/stories/fingerprint.ts';
import { article } from '../support/articles.ts';
import { ATME, IDLIB, printOf, readingOf, SYRIA } from './mini-article.ts';

const places = loadGazetteer();

function articleWithHead(head: string, publishedAt: number | null) {
  const firstSeenAt = Date.UTC(2022, 1, 4, 12);
  return article('Raid near Atme', `${head} It was dark.`, { publishedAt, firstSeenAt });
}

const raid = {
  title: 'US raid in Syria kills several near Atme, witnesses say',
  lead: 'Helicopters landed near Atme in Idlib province on Thursday, said Umm Khaled. A gun battle with Delta commandos went on for two hours. Northern Wire could not verify 13 deaths.',
  places: [ATME, IDLIB],
  days: ['2022-02-03'],
};

test('a fingerprint holds the stems of the headline without grammar', () => {
  expect(printOf(raid).titleTerms).toEqual(['us', 'raid', 'syria', 'kill', 'atm', 'wit']);
});

test('names come first among the telling terms, then numbers and rare words, and what most alerts have last', () => {
  const { terms } = printOf(raid);
  const at = (term: string) => terms.indexOf(term);
  expect(at('khale')).toBeGreaterThanOrEqual(0);
  expect(at('delta')).toBeLessThan(at('13'));
  expect(at('13')).toBeLessThan(at('helicopt'));
  expect(at('helicopt')).toBeLessThan(at('raid'));
});

test('places, weekdays and the outlet are not telling: they are the same in many stories', () => {
  const { terms } = printOf({ ...raid, places: [ATME, IDLIB, SYRIA] });
  for (const term of ['atm', 'idlib', 'syria', 'thursday', 'northern', 'wire'])
    expect(terms).not.toContain(term);
});

test('the people of the country are not telling either', () => {
  const { terms } = printOf({ ...raid, lead: 'The Syrian minister told Syrians near Atme of Umm Khaled.' });
  expect(terms.filter((term) => term.startsWith('syria'))).toEqual([]);
});

test('a settlement is told with its province and country, and its province is not told again', () => {
  expect(printOf(raid).places).toEqual(['SY/Idlib/Atme']);
  expect(printOf({ ...raid, places: [IDLIB] }).places).toEqual(['SY/Idlib']);
});

test('countries, mentions and background are not where the event is', () => {
  const reading = readingOf({ ...raid, places: [SYRIA, ATME, IDLIB] });
  for (const fact of reading.facts) {
    if (fact.kind === 'place' && fact.value.name === 'Atme') fact.value.role = 'mention';
    if (fact.kind === 'place' && fact.value.name === 'Idlib') fact.scope = 'background';
  }
  expect(fingerprint(reading, null).places).toEqual([]);
});

test('years are not telling', () => {
  expect(printOf({ title: 'Worst since 2019', lead: 'In 2022 it burned 340 houses.' }).terms).not.toContain(
    '2019',
  );
  expect(printOf({ title: 'Worst since 2019', lead: 'In 2022 it burned 340 houses.' }).terms).toContain(
    '340',
  );
});

test('only days of the event count', () => {
  const reading = readingOf({ ...raid, days: ['2022-02-03', '2019-10-27'] });
  for (const fact of reading.facts) {
    if (fact.kind === 'date' && fact.value.day.startsWith('2019')) fact.scope = 'background';
  }
  expect(fingerprint(reading, null).days).toEqual(['2022-02-03']);
});

test('at most 32 terms are kept, from the headline and three sentences', () => {
  const words = (from: number) => Array.from({ length: 20 }, (_, at) => `word${from + at}x`).join(' ');
  const { terms } = printOf({
    title: 'Raid',
    lead: `${words(0)}. ${words(20)}. Short one. Fourth sentence.`,
  });
  expect(terms).toHaveLength(32);
  expect(printOf({ title: 'Raid', lead: 'One. Two. Three. Fourth sentence.' }).terms).not.toContain(
    'sentenc',
  );
});

test('the time is when the article was first seen and the link is the canonical one', () => {
  const print = printOf({ ...raid, seen: '2022-02-03T09:30:00Z' }, 'https://news.example/raid');
  expect([print.at, print.link]).toEqual([Date.UTC(2022, 1, 3, 9, 30), 'https://news.example/raid']);
});

test('an Arabic article gives terms without grammar', () => {
  const { terms } = printOf({ title: 'غارة على بلدة', lead: 'قال المرصد إن مروحيات هبطت بعد منتصف الليل.' });
  expect(terms.length).toBeGreaterThan(3);
  expect(terms).not.toContain('علي');
});

test('of the whole text the words of the headline and names weigh most, and who is named together is kept', () => {
  const { text } = printOf({
    title: 'Opera cancels premiere',
    lead: 'The singer lost his voice. A doctor came. Tickets are refunded. Then critics asked Emil Brandvold about refunds.',
  });
  const weightOf = (term: string) => text?.weights[text.terms.indexOf(term)] ?? 0;
  expect(weightOf('opera')).toBeGreaterThan(weightOf('singer'));
  expect(weightOf('singer')).toBeGreaterThan(weightOf('critic'));
  expect(weightOf('brandvold')).toBeGreaterThan(weightOf('critic'));
  expect(text).toMatchObject({ names: ['emil', 'brandvold'], leading: [], people: [['emil', 'brandvold']] });
});

test('a word that also stands in small letters is no name', () => {
  const { text } = printOf({
    title: 'Vote',
    lead: 'The Budget passed. Nobody read the budget of Kari Lund.',
  });
  expect(text?.names).toEqual(['kari', 'lund']);
});

test('in a script without spaces two characters that stand together are a word', () => {
  expect(printOf({ title: '大桥坍塌', lead: '工人被困。' }).titleTerms).toEqual(['大桥', '桥坍', '坍塌']);
});

describe('when a page was written', () => {
  const writtenAt = (head: string, published: number | null) => {
    const read = articleWithHead(head, published);
    return fingerprint(readArticle(read, { places }), null).text?.writtenAt ?? null;
  };

  test.each([
    ['Last updated: 27 November 2005.', Date.UTC(2005, 10, 27)],
    ['Posted 11 / 27 / 2005 7:21 AM.', Date.UTC(2005, 10, 27)],
    ['Posted on Friday.', null],
  ])('%s', (head, expected) => {
    expect(writtenAt(head, null)).toBe(expected);
  });

  test('is not asked where the feed says it', () => {
    expect(writtenAt('Last updated: 27 November 2005.', Date.UTC(2022, 1, 3))).toBe(null);
  });
});

test.each([
  ['its feed gives dates', Date.UTC(2022, 1, 4, 12), ['2022-02-03']],
  ['its feed gives none: it may be any Thursday', null, []],
])('Thursday is a day of the event where %s', (_name, published, days) => {
  const read = articleWithHead('Troops raided a house near Atme on Thursday.', published);
  expect(fingerprint(readArticle(read, { places }), null).days).toEqual(days);
});

test('words of three letters tell unless they are grammar, and then only in capitals', () => {
  const { titleTerms } = printOf({ title: 'Boy and fox fell off the zoo bus, WHO and MIT say', lead: '' });
  expect(titleTerms).toEqual(['boy', 'fox', 'fell', 'zoo', 'bus', 'who', 'mit']);
  expect(printOf({ title: 'حرب في البحر بعد هجوم', lead: '' }).titleTerms).toContain('حرب');
});
