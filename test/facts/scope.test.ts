import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

/** The articles are of 3 February 2022. */
function scopes(text: string): [number | null, string][] {
  return factsIn('casualties', text).map(({ value, scope }) => [value.min, scope]);
}

describe('Whether a toll is of this event', () => {
  test.each<[string, [number, string][]]>([
    ['At least 13 people were killed on Thursday.', [[13, 'event']]],
    ['At least 13 people have been killed since Thursday.', [[13, 'event']]],
    ['Five people were killed in January.', [[5, 'event']]],
    ['More than 290,000 people have been killed since 2011.', [[290_000, 'background']]],
    [
      'More than 290,000 people, including 20,000 children, have been killed since 2011.',
      [
        [290_000, 'background'],
        [20_000, 'background'],
      ],
    ],
    ['In October 2019, a raid killed five people.', [[5, 'background']]],
    ['Five people were killed in October.', [[5, 'background']]],
    ["Last month's attack killed 20 soldiers.", [[20, 'background']]],
    ['The war has killed 400,000 people.', [[400_000, 'background']]],
    ['A similar attack killed nine people.', [[9, 'background']]],
    ['Floods kill 300 people every year.', [[300, 'background']]],
    ['In the 2019 raid, five people were killed.', [[5, 'background']]],
    [
      'Thirteen people died in the raid, the largest since a 2019 raid that killed four people.',
      [
        [13, 'event'],
        [4, 'background'],
      ],
    ],
    ['It came two years after militants killed 41 people.', [[41, 'background']]],
    ['In Ethiopia, 157 people died five months later.', [[157, 'background']]],
    ['The fighting in the north has killed 900 people.', [[900, 'background']]],
    ['It was the third such attack; ten people died in the first two.', [[10, 'background']]],
    ['In a separate incident, four people were killed.', [[4, 'background']]],
    ['Elsewhere, four people were killed.', [[4, 'background']]],
    ['Last week an officer was killed in another raid.', [[1, 'background']]],
    ['The night before, 249 officers were hurt.', [[249, 'background']]],
    ['He won a war in which 40,000 people were killed.', [[40_000, 'background']]],
    ['An earlier version of this report said 40 people were killed.', [[40, 'background']]],
    ['The agency said 164 people were killed, but the figure was later withdrawn.', [[164, 'background']]],
    ['The film, in which gunmen kidnap 200 passengers, opens today.', [[200, 'background']]],
    ['A blast at a film festival killed nine people.', [[9, 'event']]],
    ['The raid, the largest since the October 2019 raid, left 13 people dead.', [[13, 'event']]],
    [
      'Two decades of war displaced 6,000 people, but on Thursday 13 people died.',
      [
        [6000, 'background'],
        [13, 'event'],
      ],
    ],
  ])('%s', (text, expected) => {
    expect(scopes(text)).toEqual(expected);
  });
});
