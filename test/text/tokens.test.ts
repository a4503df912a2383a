import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, tokenize } from '../../src/text/tokens.ts';

const forms = (text: string) => tokenize(text).map((token) => token.form);
const sources = (text: string) => tokenize(text).map((token) => text.slice(token.start, token.end));

describe('folding makes spellings of one word equal', () => {
  test.each([
    ['capitals', 'IDLIB', 'Idlib'],
    ['a dotted capital I of Turkish', 'İstanbul', 'ISTANBUL'],
    ['a dotless small i of Turkish', 'Diyarbakır', 'Diyarbakir'],
    ['sharp s', 'Straße', 'STRASSE'],
    ['accents', 'Bogotá', 'Bogota'],
    ['letters with strokes', 'Łódź', 'Lodz'],
    ['ё', 'Королёв', 'Королев'],
    ['alef with hamza', 'إدلب', 'ادلب'],
    ['ta marbuta', 'غارة', 'غاره'],
    ['final ya', 'على', 'علي'],
    ['harakat', 'إِدْلِب', 'إدلب'],
    ['tatweel', 'إدلـــب', 'إدلب'],
    ['Persian letters', 'یک', 'يك'],
    ['typographic apostrophes', 'Hay’at', "Hay'at"],
    ['no apostrophe at all', "Sana'a", 'Sanaa'],
    ['soft hyphens', 'counter\u00adattack', 'counterattack'],
    ['full-width letters', 'ＩＤＬＩＢ', 'idlib'],
    ['Arabic digits', '١٣', '13'],
    ['decomposed letters', 'Bogotá'.normalize('NFD'), 'Bogotá'],
  ])('%s', (_name, one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  test.each([
    ['й and и', 'май', 'маи'],
    ['voiced and voiceless kana', 'ガス', 'カス'],
    ['Hama and Hamas', 'Hama', 'Hamas'],
  ])('but keeps %s apart', (_name, one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });

  test('й stays one letter when it comes decomposed', () => {
    expect(fold('май'.normalize('NFD'))).toBe('май');
  });
});

describe('tokens', () => {
  test.each([
    ['a hyphenated word gives its parts', 'counter-terrorism', ['counter', 'terrorism']],
    ["a possessive gives the name without 's", "Syria's Idlib’s", ['syria', 'idlib']],
    ['a French elision gives both words', 'l’Iran et d’Alep', ['l', 'iran', 'et', 'd', 'alep']],
    ['other apostrophes are inside the word', "O'Brien don't Ta'izz", ['obrien', 'dont', 'taizz']],
    [
      'quotation marks are not part of a word',
      "the ‘terrorists’ and 'raiders'",
      ['the', 'terrorists', 'and', 'raiders'],
    ],
    ['initials are one word', 'U.S. forces, J.K.Rowling', ['us', 'forces', 'jk', 'rowling']],
    [
      'thousands are one number',
      '1,200 dead, 3.5 hurt, in 2011,2012',
      ['1200', 'dead', '3.5', 'hurt', 'in', '2011', '2012'],
    ],
    ['a sentence ends a word', 'killed.Then 13.', ['killed', 'then', '13']],
    ['scripts without spaces give characters', '伊德利卜 raid', ['伊', '德', '利', '卜', 'raid']],
    ['a Thai vowel sign stays with its consonant', 'ที่', ['ที่']],
    ['emoji are no words', '🇸🇾 raid 👨‍👩‍👧', ['raid']],
    ['nothing gives nothing', ' — …\n', []],
  ])('%s', (_name, text, expected) => {
    expect(forms(text)).toEqual(expected);
  });

  test.each([
    ['after emoji', '🚁🚁 Idlib', ['Idlib']],
    [
      'in decomposed text',
      'Bogotá ardió'.normalize('NFD'),
      ['Bogotá', 'ardió'].map((word) => word.normalize('NFD')),
    ],
    ['in Arabic with harakat', 'في إِدْلِبَ اليوم', ['في', 'إِدْلِبَ', 'اليوم']],
    ['around direction marks', '\u200fإدلب\u200f raid', ['إدلب', 'raid']],
    ['for a possessive', "Assad's army", ['Assad', 'army']],
  ])('offsets point into the original %s', (_name, text, expected) => {
    expect(sources(text)).toEqual(expected);
  });

  test('in any text, tokens are in order, never overlap and fold to their form', () => {
    const text = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom("l'Iran", 'U.S.', '1,200', 'إِدْلِب', 'é')),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join(' ');
        let previous = 0;
        for (const token of tokenize(whole)) {
          expect(token.start).toBeGreaterThanOrEqual(previous);
          expect(token.end).toBeGreaterThan(token.start);
          expect(fold(whole.slice(token.start, token.end)).replaceAll(/[.,]/g, '')).toBe(
            token.form.replaceAll('.', ''),
          );
          previous = token.end;
        }
        expect(previous).toBeLessThanOrEqual(whole.length);
      }),
      { numRuns: 500, seed: 20220203 },
    );
  });
});
