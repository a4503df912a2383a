import { describe, expect, test } from '@jest/globals';
import { isWithin, resolvePlace } from '../../src/knowledge/containment.ts';
import type { Place } from '../../src/model/fact.ts';
import { tokenize } from '../../src/text/tokens.ts';

function resolve(typed: string): Place[] {
  return resolvePlace(tokenize(typed).map(({ form }) => form));
}

function shown(typed: string): string[] {
  return resolve(typed).map(({ kind, name, country }) => `${kind} ${name}, ${country}`);
}

function one(typed: string): Place {
  const [place] = resolve(typed);
  if (place === undefined) throw new Error(`${typed} is no place`);
  return place;
}

describe('What somebody types as a place', () => {
  test.each([
    ['Idlib', ['admin Idlib, SY', 'settlement Idlib, SY']],
    ['إدلب', ['admin Idlib, SY', 'settlement Idlib, SY']],
    ['Идлиб', ['admin Idlib, SY', 'settlement Idlib, SY']],
    ['Idlib province', ['admin Idlib, SY']],
    ['province of Idlib', ['admin Idlib, SY']],
    ['محافظة إدلب', ['admin Idlib, SY']],
    ['city of Idlib', ['settlement Idlib, SY']],
    ['Syria', ['country Syria, SY']],
    ['the West Bank', ['region West Bank, PS']],
    ['Khan Younis', ['settlement Khan Younis, PS']],
    ['Delta State', ['admin Delta, NG']],
    ['Damascus', ['admin Damascus, SY', 'admin Rif Dimashq, SY', 'settlement Damascus, SY']],
    ['Kyiv', ['admin Kyiv, UA', 'settlement Kyiv, UA']],
    ['Tripoli, Lebanon', ['settlement Tripoli, LB']],
    ['Maaret al-Noman', ['settlement Maarat al-Numan, SY']],
  ])('"%s" is understood', (typed, expected) => {
    expect(shown(typed)).toEqual(expected);
  });

  test.each(['raids', 'the', '', 'province', 'prison break in', 'Tripoli, Syria'])(
    '"%s" is no place',
    (typed) => {
      expect(resolve(typed)).toEqual([]);
    },
  );

  test('a name that could be anywhere gives all places of it', () => {
    expect(new Set(resolve('Tripoli').map(({ country }) => country))).toEqual(new Set(['LB', 'LY']));
  });
});

describe('A place lies', () => {
  test.each([
    ['Atme', 'Idlib'],
    ['Atme', 'Syria'],
    ['Idlib city', 'Idlib'],
    ['Idlib province', 'Syria'],
    ['Rafah', 'Gaza'],
    ['Gaza', 'Gaza Strip'],
    ['Mariupol', 'Donbas'],
    ['Donetsk oblast', 'Donbas'],
    ['Donbas', 'Ukraine'],
    ['Douma', 'Eastern Ghouta'],
    ['Eastern Ghouta', 'Rif Dimashq'],
    ['Srinagar', 'Kashmir'],
    ['Muzaffarabad', 'Kashmir'],
    ['El Fasher', 'Darfur'],
    ['Maiduguri', 'Borno'],
    ['Bosaso', 'Puntland'],
  ])('%s in %s', (inner, outer) => {
    expect(isWithin(one(inner), one(outer))).toBe(true);
  });

  test.each([
    ['Idlib', 'Atme'],
    ['Idlib province', 'Idlib city'],
    ['Syria', 'Idlib'],
    ['Aleppo', 'Idlib'],
    ['Kharkiv', 'Donbas'],
    ['Donbas', 'Donetsk oblast'],
    ['Kashmir', 'India'],
    ['Beirut', 'Syria'],
  ])('%s not in %s', (inner, outer) => {
    expect(isWithin(one(inner), one(outer))).toBe(false);
  });

  test('in no province that only shares the beginning of its name', () => {
    const town: Place = { name: 'Kasai town', admin: 'Kasai-Central', country: 'CD', kind: 'settlement' };
    expect(isWithin(town, { name: 'Kasai', admin: null, country: 'CD', kind: 'admin' })).toBe(false);
  });
});
