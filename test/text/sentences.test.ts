import { describe, expect, test } from '@jest/globals';
import { splitSentences } from '../../src/text/sentences.ts';

function split(text: string, language?: string | null): string[] {
  return splitSentences(text, language).map(({ start, end }) => text.slice(start, end));
}

describe('English sentences', () => {
  test.each([
    ['a full stop', ['The raid began at dawn.', 'It lasted two hours.']],
    ['an abbreviated country', ['A U.S. Army helicopter crashed in the U.S. on Monday.', 'Nobody was hurt.']],
    ['a country at the end', ['He flew to the U.S.', 'The army followed.']],
    ['titles', ['Lt. Gen. Ana Ruiz met Mr. Okafor and Dr. Lind.', 'They left.']],
    ['initials', ['J. K. Marsh spoke to A.B. Clay.', 'She agreed.']],
    ['months with a day', ['It began on Jan. 6 and ended on Feb. 3.', 'Few noticed.']],
    ['a month without a day', ['Nothing happened in Feb.', 'Spring came.']],
    ['clock times', ['The blast came at 5 a.m. Thursday.', 'It woke the town.']],
    ['a clock time at the end', ['The blast came at 5 a.m.', 'Police arrived later.']],
    ['numbered things', ['Shaft No. 2 collapsed.', 'No. 3 held.']],
    ['a plain No', ['She was asked and said no.', 'He nodded.']],
    ['decimals and thousands', ['The quake of magnitude 6.1 cost $1.5 billion.', 'Aid came.']],
    ['a quotation that ends', ['“We heard shots.”', 'The street was empty.']],
    ['a stop inside quotation marks', ['"We ran."', 'Then it was quiet.']],
    ['a stop inside brackets', ['He denied it.', '(He had before.)']],
    ['companies', ['Greyrock Inc. Chief Executive Ana Lund resigned.', 'Shares fell.']],
    ['questions and cries', ['Who fired?', 'Nobody knows!', 'The search goes on.']],
    ['a name with an Arabic article', ['The road was closed.', 'al-Shabab took the town.']],
    ['a street', ['The bomb went off in Harbour St.', 'It hurt two.']],
    ['a saint', ['He was born in St. Petersburg.', 'It was cold.']],
  ])('%s', (_, sentences) => {
    expect(split(sentences.join(' '))).toEqual(sentences);
  });

  test('a question inside a sentence does not end it', () => {
    expect(split('"Where are they?" Maria Lopez asked. "Stop!" he cried.')).toEqual([
      '"Where are they?" Maria Lopez asked.',
      '"Stop!" he cried.',
    ]);
  });

  test('line breaks always end a sentence and white space is left out', () => {
    expect(split('  Raid kills 13\n\nA raid\nwas reported.  ')).toEqual([
      'Raid kills 13',
      'A raid',
      'was reported.',
    ]);
  });

  test('a missing space after the stop does not join two', () => {
    expect(split('The rebels left.The army came.')).toEqual(['The rebels left.', 'The army came.']);
  });

  test('a list number does not end one', () => {
    expect(split('1. Stay inside.\n2. Call for help.')).toEqual(['1. Stay inside.', '2. Call for help.']);
  });

  test('the numbered domain of an address does not', () => {
    expect(split('See tocsin.example/a.b for more. Thanks.')).toEqual([
      'See tocsin.example/a.b for more.',
      'Thanks.',
    ]);
  });

  test.each(['', '   ', '\n\n', '...', '.'])('returns spans of visible text only for "%s"', (text) => {
    for (const span of splitSentences(text)) expect(text.slice(span.start, span.end).trim()).not.toBe('');
  });
});

describe('Sentences of other languages', () => {
  test.each([
    ['fr', ['Le raid a tué treize personnes.', 'Les habitants ont fui.']],
    ['es', ['La explosión dejó dos muertos.', '¿Quién fue?']],
    ['ru', ['Взрыв произошёл утром.', 'Погибли двое.']],
    ['ar', ['وقع الانفجار صباحا.', 'هل أصيب أحد؟', 'لا أحد يعلم.']],
  ])('%s', (language, sentences) => {
    expect(split(sentences.join(' '), language)).toEqual(sentences);
  });

  test('a tag that is no language is read all the same', () => {
    expect(split('Ett. Två.', 'no such tag!')).toHaveLength(2);
  });
});

test('returns for hostile text', () => {
  expect(splitSentences('A.'.repeat(50_000)).length).toBeGreaterThan(0);
  expect(splitSentences('. '.repeat(50_000)).length).toBeGreaterThan(0);
});
