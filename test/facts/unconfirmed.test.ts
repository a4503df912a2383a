import { describe, expect, test } from '@jest/globals';
import { factsIn } from './article.ts';

describe('Not confirmed is', () => {
  test.each([
    'The Pentagon provided no details',
    'Their names have not been released',
    'The report could not be independently verified',
    'Test Wire was unable to verify the footage',
    'The coalition did not immediately respond to a request for comment',
    'The army declined to comment',
    'The Pentagon did not name the target',
    'It was not immediately clear who had fired',
    'No group has claimed responsibility',
    'There was no immediate claim of responsibility',
    'There were no immediate reports of casualties',
    'No casualties were reported',
    'The hospital knew of no deaths',
    'The ministry was not aware of any casualties',
    'The number of victims was not known',
    'Nor was it known who the target was',
    'The fate of the crew remains unknown',
    'No target of the raid has been named',
  ])('%s', (words) => {
    const facts = factsIn('unconfirmed', `${words}.`);
    expect(facts.map((fact) => [fact.evidence, fact.speaker])).toEqual([[words, null]]);
  });

  test.each([
    'The Pentagon gave details.',
    'The sky was clear.',
    'The general is not known for jokes.',
    'He did not run.',
    'Was it not clear?',
    '"Is it not known?" a man asked.',
    'He did not say what the motive was.',
    'It did not say when the raid took place.',
    'Police did not elaborate.',
    'Much remains unknown.',
    'Officials did not say how many.',
    'Asked about the dead, the mayor said: "I cannot confirm that."',
  ])('nothing in "%s"', (text) => {
    expect(factsIn('unconfirmed', text)).toEqual([]);
  });

  test('what somebody says is not known, without the words around it', () => {
    const [fact] = factsIn(
      'unconfirmed',
      'The cause of the fire was not immediately known, the fire service said.',
    );
    expect(fact?.evidence).toBe('The cause of the fire was not immediately known');
    expect(fact?.speaker?.name).toBe('the fire service');
  });

  test.each([
    ['- One man was shot; it is not clear who fired', 'it is not clear who fired'],
    ['- It is not clear who fired', 'It is not clear who fired'],
  ])('without what a list says besides: "%s"', (text, expected) => {
    expect(factsIn('unconfirmed', text).map((fact) => fact.evidence)).toEqual([expected]);
  });

  test('only the clause that says so when the sentence is long', () => {
    const [fact, ...others] = factsIn(
      'unconfirmed',
      'Helicopters landed near the camp shortly after midnight and a gun battle went on for two hours before they left, but it was not clear who had been inside the house.',
    );
    expect(fact?.evidence).toBe('it was not clear who had been inside the house');
    expect(others).toEqual([]);
  });
});
