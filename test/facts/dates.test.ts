import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

/** The articles are of Thursday 3 February 2022, noon UTC. */
function days(text: string): [string, string, string][] {
  return factsIn('date', text).map(({ value, evidence, scope }) => [value.day, evidence, scope]);
}

test('A day that opens its sentence lies ahead where the verb does', () => {
  expect(days('On Tuesday, lawmakers will debate the attack.')).toEqual([
    ['2022-02-08', 'On Tuesday', 'background'],
  ]);
  expect(days('On Tuesday, the army said it will attack.').map(([day]) => day)).toEqual(['2022-02-01']);
});

test('The day of a charge is not that of the crime', () => {
  const [day] = days('An officer was charged with murder on Thursday over the shooting of a boy.');
  expect(day?.[2]).toBe('background');
});

describe('The day of', () => {
  test.each([
    ['The raid took place on Thursday.', '2022-02-03', 'on Thursday'],
    ['He was arrested on Sunday morning.', '2022-01-30', 'on Sunday morning'],
    ['The quake hit on Friday.', '2022-01-28', 'on Friday'],
    ['The quake hit last Thursday.', '2022-01-27', 'last Thursday'],
    ['The raid took place on 1 February.', '2022-02-01', 'on 1 February'],
    ['The raid took place on Jan. 31.', '2022-01-31', 'on Jan. 31'],
    ['Thirteen people died on February 2, 2022.', '2022-02-02', 'on February 2, 2022'],
    ['Police held two men, aged 22 and 23, on Monday.', '2022-01-31', 'on Monday'],
    ['Six people died in Kano on Tuesday, said the mayor.', '2022-02-01', 'on Tuesday'],
    ['A bomb went off yesterday.', '2022-02-02', 'yesterday'],
    ['A bomb went off today.', '2022-02-03', 'today'],
    ['On Sunday 12 people died in a crash.', '2022-01-30', 'On Sunday'],
    ['A bomb went off two days ago.', '2022-02-01', 'two days ago'],
    ["Thursday's raid killed a man.", '2022-02-03', 'Thursday'],
    ['The ceasefire broke at midnight on Friday.', '2022-01-28', 'midnight on Friday'],
    ['They struck on the night of January 30-31.', '2022-01-30', 'night of January 30-31'],
    ['They struck on the evening of 29 January.', '2022-01-29', 'evening of 29 January'],
    ['A bomb went off on 28.01.2022.', '2022-01-28', 'on 28.01.2022'],
    ['An explosion was reported on Wednesday near the port.', '2022-02-02', 'on Wednesday'],
    ['The mayor was shot dead last night.', '2022-02-02', 'last night'],
    ['The mayor said that on Tuesday gunmen shot two farmers.', '2022-02-01', 'on Tuesday'],
    ['Police confirmed that a shop was bombed on Sunday.', '2022-01-30', 'on Sunday'],
    ['On 30 January 28 bodies were found in a well.', '2022-01-30', 'On 30 January'],
  ])('"%s"', (text, day, evidence) => {
    expect(days(text)).toEqual([[day, evidence, 'event']]);
  });
});

describe('Background is the day of', () => {
  test.each([
    ['The panel will meet on Monday.', '2022-02-07'],
    ['The panel is due to meet again on March 2.', '2022-03-02'],
    ['A raid killed him on 26 October 2019.', '2019-10-26'],
    ['The war began on March 15.', '2021-03-15'],
    ['The minister said on Wednesday that the raid was over.', '2022-02-02'],
    ['The army on Wednesday denied the attack.', '2022-02-02'],
    ['The envoy urged both sides in Yemen on Wednesday to stop.', '2022-02-02'],
    ['Peace talks to resume in Geneva on Monday', '2022-02-07'],
    ['The death toll rose to 40 on Wednesday.', '2022-02-02'],
    ['Eleven people have died since the protests began on Monday.', '2022-01-31'],
    ['Rain is expected on Friday.', '2022-02-04'],
    ['A truce agreed on Wednesday was holding.', '2022-02-02'],
    ['Two nuns who were kidnapped on 25 January are free.', '2022-01-25'],
    ['Troops killed 13 rebels between 15 and 29 January.', '2022-01-29'],
    ['He was shot dead on Jan. 15.', '2022-01-15'],
    ['Today, the country is rich.', '2022-02-03'],
    ['The vote is set for Sunday.', '2022-02-06'],
    ['He was freed two weeks ago.', '2022-01-20'],
    ["The club burned on New Year's Eve.", '2021-12-31'],
    ['The army took power on 1 March last year.', '2021-03-01'],
    ['The minister told reporters on Wednesday that the raid was over.', '2022-02-02'],
    ['The minister told the Senate in Abuja on Wednesday that it was over.', '2022-02-02'],
    ['The rebels claimed responsibility on Wednesday.', '2022-02-02'],
    ['A bishop today protested the murder of two nuns.', '2022-02-03'],
    ['The police reported on Wednesday that a bomb had gone off.', '2022-02-02'],
    ['The government offered on Wednesday to talk to the gunmen.', '2022-02-02'],
    ['Gunmen wounded the judge, who took office on Monday.', '2022-01-31'],
    ['He was killed only a day after he was sworn in on Monday.', '2022-01-31'],
    ['Troops answered the offensive that began on Monday.', '2022-01-31'],
  ])('"%s"', (text, day) => {
    expect(days(text).map(([read, , scope]) => [read, scope])).toEqual([[day, 'background']]);
  });
});

describe('A month or a year of the background is read from', () => {
  test.each([
    ['An October 2019 raid killed him.', '2019-10'],
    ['It has been so since mid-December.', '2021-12'],
    ['The raid came in October.', '2021-10'],
    ['He fled in November last year.', '2021-11'],
    ['They met last month.', '2022-01'],
    ['The 2003 invasion changed the country.', '2003'],
    ['The war began in the year 2011.', '2011'],
    ['The camp was built last year.', '2021'],
  ])('%s', (text, period) => {
    expect(days(text).map(([read, , scope]) => [read, scope])).toEqual([[period, 'background']]);
  });
});

describe('No day is read from', () => {
  test.each([
    'The 9/11 attacks changed the law.',
    'The September 11 attacks changed the law.',
    'It rained for 15 days.',
    'There was no water for the past three days.',
    'A judge was shot a few days ago.',
    'Shops burned in the 28 January neighborhood.',
    'The May 19 Movement was blamed.',
    'The following Sunday a bus was attacked.',
    'People pray there every Sunday.',
    'TUNIS (Tunisia), 2 Feb 22 (Test Wire) -- A raid killed a man.',
    'The raid came by night.',
    'They may march again.',
    'It lasted from 3 to 5 hours.',
    'The date was 3/4/2022.',
    'WASHINGTON, Feb 2 (Test Wire) - A raid killed a man.',
    'March of the women ends in clashes',
    'About 2015 people fled.',
    'It was the 11th anniversary.',
    'Theresa May said so.',
    'A 72-hour truce held.',
    'The storm passed four days after that.',
  ])('%s', (text) => {
    expect(days(text)).toEqual([]);
  });
});

test('near midnight UTC a weekday that is tomorrow is not dated back by six days', () => {
  const late = Date.UTC(2022, 1, 2, 22, 30);
  expect(factsIn('date', 'The raid took place on Thursday.', { publishedAt: late })).toEqual([]);
});

test('without a publication date the days count from when the article was first seen', () => {
  const [fact] = factsIn('date', 'The raid took place on Sunday.', {
    publishedAt: null,
    firstSeenAt: Date.UTC(2022, 1, 9),
  });
  expect(fact?.value.day).toBe('2022-02-06');
});
