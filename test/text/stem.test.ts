import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stem } from '../../src/text/stem.ts';

describe('inflections share a stem', () => {
  test.each([
    ['en', ['raid', 'raids', 'raided', 'raiding']],
    ['en', ['kidnap', 'kidnapped', 'kidnapping', 'kidnappings']],
    ['fr', ['frappe', 'frappes']],
    ['es', ['secuestro', 'secuestros', 'secuestrado']],
    ['de', ['angriff', 'angriffe', 'angriffen']],
    ['ru', ['удар', 'удары', 'ударов', 'ударами']],
    ['ar', ['ادلب', 'الادلب']],
    ['ar', ['غاره', 'غارات', 'الغارات', 'الغاره']],
    [null, ['raids', 'raid']],
    [null, ['взрыв', 'взрывы']],
    ['en-US', ['raids', 'raid']],
    ['en', ['взрыв', 'взрывы']],
  ])('in %s: %j', (language, forms) => {
    expect(new Set(forms.map((form) => stem(form, language))).size).toBe(1);
  });
});

describe('different words keep different stems', () => {
  test.each([
    ['hama', 'hamas'],
    ['paris', 'pari'],
    ['united', 'units'],
    ['organs', 'organization'],
    ['authors', 'authorities'],
    ['interns', 'international'],
    ['protestants', 'protests'],
    ['news', 'new'],
    ['police', 'policy'],
  ])('%s and %s', (one, other) => {
    expect(stem(one, 'en')).not.toBe(stem(other, 'en'));
  });
});

test('a language without a stemmer leaves words as they are', () => {
  expect(stem('wybuchy', 'pl')).toBe('wybuchy');
});

test('words that are names of built-in properties are words like any other', () => {
  expect(stem('constructors', 'en')).toBe('constructor');
  expect(stem('constructor', 'en')).toBe('constructor');
});

test('any string in any language gives a stem that is not empty', () => {
  const language = fc.constantFrom(
    null,
    'en',
    'ar',
    'ru',
    'fr',
    'es',
    'de',
    'tr',
    'ta',
    'hy',
    'fi',
    'hu',
    'xx',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), language, (form, code) => {
      expect(stem(form, code)).not.toBe('');
    }),
    { numRuns: 2000, seed: 20220203 },
  );
});
