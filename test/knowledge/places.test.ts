import { describe, expect, test } from '@jest/globals';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { tokenize } from '../../src/text/tokens.ts';

function find(name: string) {
  const words = tokenize(name).map((token) => token.form);
  return loadGazetteer().find(words, 0);
}

describe('The gazetteer', () => {
  test.each([
    ['Atmeh', 'Atme', 'Idlib', 'SY'],
    ['Barisha', 'Barisha', 'Idlib', 'SY'],
    ['Maaret al-Numan', 'Maarat al-Numan', 'Idlib', 'SY'],
    ['Khan Sheikhoun', 'Khan Shaykhun', 'Idlib', 'SY'],
    ['El-Bab', 'Al-Bab', 'Aleppo', 'SY'],
    ['Саракиб', 'Saraqib', 'Idlib', 'SY'],
    ['كفرنبل', 'Kafranbel', 'Idlib', 'SY'],
    ['Falluja', 'Fallujah', 'Anbar', 'IQ'],
    ['Sana’a', 'Sanaa', 'Sanaa', 'YE'],
    ['Khan Yunis', 'Khan Younis', 'Gaza Strip', 'PS'],
    ['Kiev', 'Kyiv', 'Kyiv', 'UA'],
    ['El Fasher', 'El Fasher', 'North Darfur', 'SD'],
    ['Bogotá', 'Bogota', 'Bogota', 'CO'],
    ['Port-au-Prince', 'Port-au-Prince', 'Ouest', 'HT'],
  ])('knows %s as %s in %s, %s', (spelling, name, admin, country) => {
    expect(find(spelling)?.places).toContainEqual({ name, admin, country, kind: 'settlement' });
  });

  test.each([
    'Aleppo',
    'Damascus',
    'Daraa',
    'Deir ez-Zor',
    'Hama',
    'Hasakah',
    'Homs',
    'Idlib',
    'Latakia',
    'Quneitra',
    'Raqqa',
    'Rif Dimashq',
    'Suwayda',
    'Tartus',
  ])('knows the Syrian governorate %s', (name) => {
    expect(find(name)?.places).toContainEqual({ name, admin: null, country: 'SY', kind: 'admin' });
  });

  test.each(['Idleb', 'Edlib', 'إدلب', 'ادلب', 'Идлиб'])(
    'reads %s as Idlib, city and governorate',
    (spelling) => {
      expect(
        find(spelling)
          ?.places.map((place) => `${place.name} ${place.kind}`)
          .sort(),
      ).toEqual(['Idlib admin', 'Idlib settlement']);
    },
  );

  test.each([
    ['Syria', 'SY'],
    ['U.S.', 'US'],
    ['Turkey', 'TR'],
    ['DR Congo', 'CD'],
    ['Ivory Coast', 'CI'],
    ['Myanmar', 'MM'],
    ['سوريا', 'SY'],
    ['Украина', 'UA'],
    ['Siria', 'SY'],
  ])('knows the country %s', (name, code) => {
    const found = find(name);
    expect(found?.form).toBe('name');
    expect(found?.places).toMatchObject([{ country: code, kind: 'country' }]);
  });

  test.each([
    ['Syrian', 'SY'],
    ['Afghans', 'AF'],
    ['South Sudanese', 'SS'],
  ])('knows %s as people or things of a country', (name, code) => {
    expect(find(name)).toMatchObject({ form: 'demonym', places: [{ country: code }] });
  });

  test('finds the longest name', () => {
    expect(find('South Sudan')?.places[0]?.country).toBe('SS');
    expect(find('Gaza City was')).toMatchObject({ length: 2, places: [{ name: 'Gaza City' }] });
  });

  test('gives every place of a name that two countries share', () => {
    const tripoli = find('Tripoli');
    expect(tripoli?.places.map((place) => place.country).sort()).toEqual(['LB', 'LY']);
    expect(tripoli?.needsContext).toBe(true);
    expect(find('Benghazi')?.needsContext).toBe(false);
  });

  test.each(['reading', 'kirby', '', 'the'])('knows no place "%s"', (word) => {
    expect(find(word)).toBeNull();
  });

  test('never reads past the last word', () => {
    expect(loadGazetteer().find(['deir', 'ez'], 0)).toBeNull();
    expect(loadGazetteer().find(['idlib'], 1)).toBeNull();
    expect(loadGazetteer().find(['in', 'gaza'], 1)?.length).toBe(1);
  });
});
