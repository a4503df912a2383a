import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

function quotes(text: string): string[] {
  return factsIn('quote', text).map(({ evidence, speaker }) => `${speaker?.name}: ${evidence}`);
}

describe('A quote worth showing is of somebody who was there:', () => {
  test.each([
    [
      '“We hid under the tables for an hour,” said Rana Aziz, a teacher.',
      ['Rana Aziz: We hid under the tables for an hour'],
    ],
    [
      '"I heard three blasts and then screams," said shopkeeper Omar Hadi.',
      ['shopkeeper Omar Hadi: I heard three blasts and then screams'],
    ],
    [
      '“The water took my wife and the goats,” said Daud, a farmer.',
      ['Daud: The water took my wife and the goats'],
    ],
  ])('%s', (text, expected) => {
    expect(quotes(text)).toEqual(expected);
  });
});

describe('It is none', () => {
  test.each([
    ['in the words of the outlet', 'The teacher said they hid under the tables for an hour.'],
    ['of an army that tells what it did', '“We struck a base of the enemy tonight,” said an army spokesman.'],
    ['of what will be', '“We will run out of bread by Sunday,” said the baker.'],
    ['of feelings at a party', '“We felt so good about the polls,” said the candidate.'],
    ['without a speaker', '“We hid under the tables for an hour.”'],
    ['when it is too short to say anything', '“We ran away,” said the guard.'],
  ])('%s', (_, text) => {
    expect(quotes(text)).toEqual([]);
  });
});
