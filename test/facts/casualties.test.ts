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
    ['A student shot dead 14 people.', [['killed', 14, 14, null, 'shot dead 14 people']]],
    ['A student shot dead in Prague was named.', [['killed', 1, 1, 'student', 'A student shot dead']]],
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
      'One person was killed and three others injured tonight as a bomb exploded.',
      [
        ['killed', 1, 1, null, 'One person was killed'],
        ['injured', 3, 3, null, 'three others injured'],
      ],
    ],
    ['A car bomb exploded, injuring only two people.', [['injured', 2, 2, null, 'injuring only two people']]],
    ['A few soldiers were killed.', [['killed', null, null, 'soldiers', 'A few soldiers were killed']]],
    [
      'Residents reported multiple civilian casualties.',
      [['casualties', null, null, 'civilian', 'multiple civilian casualties']],
    ],
    [
      'The death toll from a suicide bombing at a mosque in Peshawar rose to 59 on Thursday.',
      [['killed', 59, 59, null, 'death toll from a suicide bombing at a mosque in Peshawar rose to 59']],
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
    ['The flood claimed 27 lives.', [['killed', 27, 27, null, 'claimed 27 lives']]],
    ['Rescuers recovered 17 charred bodies.', [['killed', 17, 17, null, '17 charred bodies']]],
    [
      'The death toll from the quake climbed to 2,316, with 187 injured.',
      [
        ['killed', 2316, 2316, null, 'death toll from the quake climbed to 2,316'],
        ['injured', 187, 187, null, '187 injured'],
      ],
    ],
    ['The number of dead has risen to 73.', [['killed', 73, 73, null, 'number of dead has risen to 73']]],
    [
      'Three nurses were shot dead and another is missing.',
      [
        ['killed', 3, 3, 'nurses', 'Three nurses were shot dead'],
        ['missing', 1, 1, null, 'another is missing'],
      ],
    ],
    [
      'The clashes forced 900 families from their homes.',
      [['displaced', 900, 900, 'families', 'forced 900 families from their homes']],
    ],
    [
      'Some 15,000 people have fled their homes.',
      [['displaced', 15_000, 15_000, null, 'Some 15,000 people have fled their homes']],
    ],
    ['Pirates took 17 sailors hostage.', [['detained', 17, 17, 'sailors', 'took 17 sailors hostage']]],
    ['Rescuers sought 26 missing passengers.', [['missing', 26, 26, 'passengers', '26 missing passengers']]],
    ['Gunmen shot dead an imam.', [['killed', 1, 1, 'imam', 'shot dead an imam']]],
    [
      'Troops fired, fatally shooting three herders.',
      [['killed', 3, 3, 'herders', 'fatally shooting three herders']],
    ],
    [
      'Eight cleaners were burned to death.',
      [['killed', 8, 8, 'cleaners', 'Eight cleaners were burned to death']],
    ],
    [
      'The strike killed Omar Deen, a commander, and two bodyguards.',
      [['killed', 2, 2, 'bodyguards', 'killed Omar Deen, a commander, and two bodyguards']],
    ],
    [
      'The blast killed three soldiers and two cooks.',
      [
        ['killed', 3, 3, 'soldiers', 'killed three soldiers'],
        ['killed', 2, 2, 'cooks', 'killed three soldiers and two cooks'],
      ],
    ],
    [
      'Four soldiers, 12 rebels killed in clashes',
      [
        ['killed', 4, 4, 'soldiers', 'Four soldiers, 12 rebels killed'],
        ['killed', 12, 12, 'rebels', '12 rebels killed'],
      ],
    ],
    ['The crash left 14 injured, three of them seriously.', [['injured', 14, 14, null, '14 injured']]],
    [
      'The clashes led to the deaths of five women and three men.',
      [
        ['killed', 5, 5, 'women', 'deaths of five women'],
        ['killed', 3, 3, 'men', 'deaths of five women and three men'],
      ],
    ],
    ['Among the dead were three children.', [['killed', 3, 3, 'children', 'three children']]],
    [
      'Thirty people were killed or wounded.',
      [['casualties', 30, 30, null, 'Thirty people were killed or wounded']],
    ],
    [
      'Thirty people were kidnapped and killed.',
      [['killed', 30, 30, null, 'Thirty people were kidnapped and killed']],
    ],
    [
      'None of the passengers was hurt.',
      [['injured', 0, 0, 'passengers', 'None of the passengers was hurt']],
    ],
    [
      'None of the 200 passengers was hurt.',
      [['injured', 0, 0, 'passengers', 'None of the 200 passengers was hurt']],
    ],
    [
      'Three of the 40 miners were killed.',
      [['killed', 3, 3, 'miners', 'Three of the 40 miners were killed']],
    ],
    ['Five of 12 sailors died.', [['killed', 5, 5, 'sailors', 'Five of 12 sailors died']]],
    ['Six more died.', [['killed', 6, 6, null, 'Six more died']]],
    ['An 18-year-old was shot dead.', [['killed', 1, 1, '18-year-old', 'An 18-year-old was shot dead']]],
    ['Nobody died.', [['killed', 0, 0, null, 'Nobody died']]],
    ['An elderly couple was killed.', [['killed', 2, 2, 'elderly couple', 'An elderly couple was killed']]],
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
    'The military said its initial assessment was that no civilians were killed.',
    'There were indications that nobody was hurt.',
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
    'Fourteen of the dead were foreigners.',
    'One of the injured persons spoke.',
    'Police treated gunshot wounds of, and spoke to, four men.',
    'Two UN bodies were told.',
    'The insurgents captured 13 towers.',
    'Two gunmen fled on a motorbike.',
    'Pirates took 13 containers.',
    'The toll road was 13 km long.',
    'He said a few priests had to be killed.',
    'Nine prisoners were to be executed.',
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
