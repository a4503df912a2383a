import { expect, test } from '@jest/globals';
import { fingerprint } from '../../src/stories/fingerprint.ts';
import { ATME, IDLIB, printOf, readingOf, SYRIA } from './mini-article.ts';

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
