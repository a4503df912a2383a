import { describe, expect, test } from '@jest/globals';
import { takenBackIn } from '../../src/alerts/taken-back.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { article } from '../support/articles.ts';

function takenBack(text: string): string[] {
  const read = { article: { ...article('', ''), text }, sentences: splitSentences(text), facts: [] };
  return takenBackIn(read).map(({ start, end }) => text.slice(start, end));
}

describe('An article takes back or puts right what was told', () => {
  test.each([
    'Correction: Nine people were killed, not 19.',
    'RETRACTED: Raid near Atme kills nine',
    '(Corrects toll in second paragraph)',
    'An earlier version of this article gave a wrong toll.',
    'The agency retracted its report of an attack on the airport.',
    'The ministry withdrew a statement that it had captured the town.',
    'The story has since been withdrawn.',
    'This headline was corrected on Friday.',
    'Police said 96 people were killed, correcting an earlier figure of 128.',
    'Prague shooting: police correct toll to 13',
    'Nepal quake: toll of 128 is revised down to 96',
  ])('with “%s”', (text) => {
    expect(takenBack(text)).toEqual([text]);
  });

  test.each([
    'Troops withdrew from the town after the report was published.',
    'Two correction officers were hurt in the riot.',
    'The suspect retracted his confession.',
    'The government withdrew its ambassador.',
    'Reporters were withdrawn from the front on Friday.',
    'The company corrected course.',
  ])('not with “%s”', (text) => {
    expect(takenBack(text)).toEqual([]);
  });
});
