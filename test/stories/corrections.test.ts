import { describe, expect, test } from '@jest/globals';
import { decideStory } from '../../src/stories/decide-story.ts';
import { ATME, type MiniArticle, memberOf, printOf, SARMADA } from './mini-article.ts';

const raid: MiniArticle = {
  title: 'Commandos raid a house in Atme',
  lead: 'Helicopters landed troops near Atme before dawn, residents said. Nine bodies were carried out of the house.',
  places: [ATME],
  days: ['2022-02-03'],
};
/** Another raid, told in nearly the same words. */
const second: MiniArticle = {
  ...raid,
  title: 'Commandos raid a second house in Atme',
  lead: 'Helicopters landed troops near Atme before dawn, residents said. Two men were led out of the second house.',
};
const strike: MiniArticle = {
  title: 'Drone strike destroys a car in Sarmada',
  lead: 'A drone fired at a car on the road to Sarmada, rescuers said. The driver died.',
  places: [SARMADA],
  days: ['2022-02-03'],
};

describe('what people split', () => {
  const members = [memberOf('first', raid), memberOf('split', second)];
  const splits = [{ strandId: 'split', fromStrandId: 'first' }];

  test('is told apart by the nearest article, not by the larger story', () => {
    const again = { ...second, outlet: 'City Post', lead: `${second.lead} The men are brothers.` };
    const crowd = [
      memberOf('first', raid),
      memberOf('first', { ...raid, outlet: 'Halyard Wire' }),
      ...members,
    ];
    expect(decideStory(printOf(again), crowd, splits).storyId).toBe('split');
    expect(decideStory(printOf({ ...raid, outlet: 'City Post' }), crowd, splits).storyId).toBe('first');
  });

  test('takes what is as near to it as to the story it left', () => {
    const alike = [memberOf('first', raid), memberOf('split', raid)];
    expect(decideStory(printOf(raid), alike).storyId).toBe('first');
    expect(decideStory(printOf(raid), alike, splits).storyId).toBe('split');
    expect(decideStory(printOf(raid), alike.toReversed(), splits).storyId).toBe('split');
  });

  test('changes nothing for articles that neither is like', () => {
    expect(decideStory(printOf(strike), members, splits)).toEqual(decideStory(printOf(strike), members));
  });
});

describe('stories that people merged', () => {
  const merged = [
    memberOf('story', raid),
    { ...memberOf('story', { ...strike, seen: '2022-01-31T12:00:00Z' }), strandId: 'strand' },
  ];

  test('take what would have joined either of them, also the older one', () => {
    expect(decideStory(printOf({ ...raid, outlet: 'City Post' }), merged)).toMatchObject({
      storyId: 'story',
      strandId: 'story',
    });
    expect(decideStory(printOf({ ...strike, outlet: 'City Post' }), merged)).toMatchObject({
      storyId: 'story',
      strandId: 'strand',
    });
  });

  test('take nothing that would have joined neither', () => {
    const flood = { title: 'Flood in Quito', lead: 'Rivers rose in Quito after a night of rain.' };
    expect(decideStory(printOf(flood), merged).storyId).toBe(null);
  });
});
