import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

type Row = [effect: string, min: number | null, max: number | null, group: string | null, evidence: string];

function tolls(text: string): Row[] {
  return factsIn('casualties', text).map(({ value, evidence }) => [
    value.effect,
    value.min,
    value.max,
    value.group,
    evidence,
  ]);
}

describe('Casualties are read from', () => {
  test.each<[string, Row[]]>([
    ['Thirteen people were killed in the raid.', [['killed', 13, 13, null, 'Thirteen people were killed']]],
    ['A blast killed at least 22 people.', [['killed', 22, null, null, 'killed at least 22 people']]],
    ['Gunmen kill 13 in village', [['killed', 13, 13, null, 'kill 13']]],
    [
      'At least 13 dead, 40 wounded in market bombing',
      [
        ['killed', 13, null, null, 'At least 13 dead'],
        ['injured', 40, 40, null, '40 wounded'],
      ],
    ],
    [
      'The strike wounded up to 30 civilians.',
      [['injured', null, 30, 'civilians', 'wounded up to 30 civilians']],
    ],
    ['Between nine and 13 miners died.', [['killed', 9, 13, 'miners', 'Between nine and 13 miners died']]],
    [
      'Rebels said 9 to 12 soldiers were wounded.',
      [['injured', 9, 12, 'soldiers', '9 to 12 soldiers were wounded']],
    ],
    ['More than 1,200 people have died.', [['killed', 1200, null, null, 'More than 1,200 people have died']]],
    [
      'Some 2.5 million people were displaced.',
      [['displaced', 2_500_000, 2_500_000, null, 'Some 2.5 million people were displaced']],
    ],
    [
      'One hundred and five workers are missing.',
      [['missing', 105, 105, 'workers', 'One hundred and five workers are missing']],
    ],
    [
      'Two dozen villagers were abducted.',
      [['detained', 24, 24, 'villagers', 'Two dozen villagers were abducted']],
    ],
    [
      'Dozens of protesters were arrested.',
      [['detained', 12, null, 'protesters', 'Dozens of protesters were arrested']],
    ],
    [
      'The raid left tens of thousands homeless.',
      [['displaced', 10_000, null, null, 'tens of thousands homeless']],
    ],
    [
      'Residents reported multiple civilian casualties.',
      [['casualties', null, null, 'civilian', 'multiple civilian casualties']],
    ],
    ['The death toll rose from 9 to 13.', [['killed', 13, 13, null, 'death toll rose from 9 to 13']]],
    [
      'The flood claimed the lives of 17 farmers.',
      [['killed', 17, 17, 'farmers', 'claimed the lives of 17 farmers']],
    ],
    ['A policeman was shot dead.', [['killed', 1, 1, 'policeman', 'A policeman was shot dead']]],
    [
      'Four Palestinians were killed near Jenin.',
      [['killed', 4, 4, 'Palestinians', 'Four Palestinians were killed']],
    ],
    ['Two people were taken hostage.', [['detained', 2, 2, null, 'Two people were taken hostage']]],
    [
      'Eight people suffered serious injuries.',
      [['injured', 8, 8, null, 'Eight people suffered serious injuries']],
    ],
    [
      'Two reporters and their driver were killed.',
      [['killed', 2, 2, 'reporters', 'Two reporters and their driver were killed']],
    ],
    [
      'An attack killed 12 people, including six children and four women.',
      [
        ['killed', 12, 12, null, 'killed 12 people'],
        ['killed', 6, 6, 'children', 'including six children'],
        ['killed', 4, 4, 'women', 'four women'],
      ],
    ],
    [
      'Thirteen people, six of them children, were killed.',
      [
        ['killed', 13, 13, null, 'Thirteen people, six of them children, were killed'],
        ['killed', 6, 6, 'children', 'six of them children'],
      ],
    ],
    ['One of the attackers was killed.', [['killed', 1, 1, 'attackers', 'One of the attackers was killed']]],
    ['Two gunmen killed five soldiers.', [['killed', 5, 5, 'soldiers', 'killed five soldiers']]],
    ['No one was hurt.', [['injured', 0, 0, null, 'No one was hurt']]],
    ['Nobody was killed in the fire.', [['killed', 0, 0, null, 'Nobody was killed']]],
    ['There were no US casualties.', [['casualties', 0, 0, 'US', 'no US casualties']]],
    [
      'No American troops were injured in the raid.',
      [['injured', 0, 0, 'American troops', 'No American troops were injured']],
    ],
    [
      'The operation ended without casualties, the army said.',
      [['casualties', 0, 0, null, 'without casualties']],
    ],
  ])('%s', (text, expected) => {
    expect(tolls(text)).toEqual(expected);
  });
});

describe('No casualties are read from', () => {
  test.each([
    'Ali Hassan, 13, was in the house when soldiers killed the lights.',
    'The 13-year-old was wounded by the film.',
    'The raid of 3 February killed the talks.',
    'In 2015 killed was a word of the year.',
    'The strike came at 14:28, killing the engine.',
    'The chief killed two birds with one stone.',
    'The company lost $13 million after the killing of the deal.',
    'Police arrested him 13 years ago.',
    'Flight 370 missing since Saturday',
    'There were no reports of casualties.',
    'There were no immediate reports of injuries.',
    'No casualties were reported.',
    'There have been no deaths so far.',
    'There may be 30 missing.',
    'Not one soldier was killed.',
    'Officials initially feared that three people were missing.',
    'Police rejected reports that an officer had killed two protesters.',
    'The company apologised for 346 deaths.',
    'Men between the ages of 50 and 70 were killed.',
    'One in six deaths was linked to dirty air.',
    'Four monkeys fled; three were killed.',
    'The gang leader vowed to kill 17 hostages.',
    'No soldiers were reported killed.',
    'There were no additional deaths in the village.',
    'The death toll rose from 9.',
    'No injuries have been confirmed.',
    'No further casualties are expected.',
    'Pilots are trained to ensure there are no civilian casualties.',
    'The drill ended without casualties.',
    'He denied that 13 civilians were killed.',
    'If 13 people died, there would be an inquiry.',
    'The bomb could have killed 100 people.',
    'They threatened to kill 20 hostages.',
    'A man accused of killing five people appeared in court.',
    'Were 13 people killed?',
    'How many people were killed was unclear.',
    'He suffered multiple injuries.',
    'More than 13 people lived in the house.',
    'Thirteen people saw how the house was hit.',
    'Nobody knows how it began.',
    'The fire killed 20 cows.',
  ])('%s', (text) => {
    expect(tolls(text)).toEqual([]);
  });
});

describe('A toll keeps', () => {
  test.each([
    ['At least 13 people were killed.', 'At least'],
    ['An estimated 300 people died.', 'An estimated'],
    ['The blast reportedly killed five people.', 'reportedly'],
    ['Twenty people are feared dead.', 'feared'],
    ['Thirteen people were killed.', null],
  ])('the qualifier of "%s"', (text, hedge) => {
    expect(factsIn('casualties', text).map((fact) => fact.hedge)).toEqual([hedge]);
  });

  test('its speaker, who is not the one of the other half of the sentence', () => {
    const facts = factsIn('casualties', 'Police said nine people died, while medics said 13 people died.');
    expect(facts.map((fact) => [fact.value.min, fact.speaker?.name])).toEqual([
      [9, 'Police'],
      [13, 'medics'],
    ]);
  });

  test('the nearer of two speakers', () => {
    const [fact] = factsIn('casualties', 'The army said 13 people were killed, according to Reuters.');
    expect(fact?.speaker?.name).toBe('The army');
  });

  test('the speaker who accuses', () => {
    const facts = factsIn('casualties', 'Moscow accused the coalition of killing 60 civilians.');
    expect(facts.map((fact) => [fact.value.min, fact.speaker?.name])).toEqual([[60, 'Moscow']]);
  });
});
