import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { readCapitals, readCountries, readCuratedPlaces } from '../../src/knowledge/curated-places.ts';
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
    expect([...new Set(tripoli?.places.map((place) => place.country))].sort()).toEqual(['LB', 'LY']);
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

  test.each([
    ['Maaret Masrin', 'Maarrat Misrin'],
    ['Shaykh Maqsood', 'Sheikh Maqsoud'],
    ['Deir Ezzur', 'Deir ez-Zor'],
    ['Der al-Hafir', 'Deir Hafer'],
  ])('knows %s by its sound as %s', (spelling, name) => {
    const found = find(spelling);
    expect(found?.places[0]?.name).toBe(name);
    expect(found?.needsContext).toBe(true);
  });

  test.each(['on Assad', 'in Daesh', 'Al Qaeda', 'at Hama'])('hears no place in "%s"', (words) => {
    expect(find(words)).toBeNull();
  });

  test.each([
    'reading',
    'mobile',
    'police',
    'of',
    'march',
    'orange',
    'university',
    'pacific',
    'arab',
    'union',
    'will',
    'central',
    'may',
    'tell',
    'as',
    'kelly',
    'centre',
    'mercado',
  ])('takes "%s" for the word or the person', (word) => {
    expect(find(word)).toBeNull();
  });

  test.each(['Nice', 'Bath', 'Jackson', 'Victoria', 'Paris', 'Lima', 'Santiago', 'Medina', 'Leon'])(
    'trusts %s only where its country is told',
    (name) => {
      expect(find(name)?.needsContext).toBe(true);
    },
  );

  test.each([
    ['Philadelphia', 'US'],
    ['Thessaloniki', 'GR'],
    ['Guadalajara', 'MX'],
    ['Surabaya', 'ID'],
    ['Волгоград', 'RU'],
    ['نيويورك', 'US'],
  ])('trusts %s without', (name, country) => {
    expect(find(name)).toMatchObject({ needsContext: false });
    expect(find(name)?.places[0]?.country).toBe(country);
  });

  test('puts the likeliest place first', () => {
    expect(find('Homs')?.places[0]?.country).toBe('SY');
    expect(find('Birmingham')?.places.map(({ country }) => country)).toEqual(['GB', 'US']);
  });

  test('leaves a country its name', () => {
    expect(find('Niger')).toMatchObject({ places: [{ country: 'NE' }], needsContext: false });
    expect(find('Niger State')?.places).toMatchObject([{ country: 'NG', kind: 'admin' }]);
  });
});

describe('The table we ship', () => {
  const text = gunzipSync(readFileSync('src/knowledge/gazetteer.txt.gz')).toString();
  const names = text
    .slice(text.indexOf('\n\n') + 2)
    .split('\n')
    .map((line) => line.slice(0, line.indexOf('\t')))
    .filter((name) => name !== '' && !name.startsWith('~'));

  test('says where its data come from', () => {
    expect(text).toMatch(/^# .*GeoNames.*CC BY 4\.0/);
  });

  test('has its names as the tokenizer folds them today; else run scripts/gazetteer/build.ts', () => {
    const stale = names.filter(
      (name) =>
        tokenize(name)
          .map(({ form }) => form)
          .join(' ') !== name,
    );
    expect(names.length).toBeGreaterThan(200_000);
    expect(stale).toEqual([]);
  });

  test('has no other place where places.tsv names one; else run scripts/gazetteer/build.ts', () => {
    const curated = readCuratedPlaces();
    const ours = new Set(curated.map(({ place }) => JSON.stringify(place)));
    const strays = curated.flatMap(({ place, names: spelled }) =>
      spelled.flatMap(({ name }) =>
        (find(name)?.places ?? [])
          .filter(({ country, kind }) => country === place.country && kind === place.kind)
          .filter((other) => !ours.has(JSON.stringify(other)))
          .map((other) => `${name}: ${other.name}, ${other.admin}`),
      ),
    );
    expect(strays).toEqual([]);
  });
});

describe('Our own table of places', () => {
  test('finds every place by every spelling but that of a people', () => {
    const lost = readCuratedPlaces().flatMap(({ place, names }) =>
      names
        .filter(({ name }) => !find(name)?.places.some((one) => one.name === place.name))
        .map(({ name }) => name),
    );
    expect(lost).toEqual(['Somali']);
  });

  test('finds every capital by its country', () => {
    const capitals = readCapitals();
    const lost = capitals.filter(({ country, called }) =>
      called.some((name) => find(name)?.places[0]?.country !== country),
    );
    expect(lost).toEqual([]);
    expect(find('Syrian capital')?.places[0]).toMatchObject({ name: 'Damascus', kind: 'settlement' });
  });

  test('has only countries that there are, and regions only of provinces that places lie in', () => {
    const countries = new Set(readCountries().map(({ place }) => place.country));
    const places = readCuratedPlaces();
    expect(places.filter(({ place }) => !countries.has(place.country))).toEqual([]);
    const text = gunzipSync(readFileSync('src/knowledge/gazetteer.txt.gz')).toString();
    const known = new Set(places.map(({ place }) => `${place.country}/${place.admin ?? place.name}`));
    for (const line of text.slice(0, text.indexOf('\n\n')).split('\n')) {
      const [name, admin, country] = line.split('\t');
      known.add(`${country}/${admin || name}`);
    }
    const parts = places.flatMap((one) => one.parts.map((part) => part.split('/').slice(0, 2).join('/')));
    expect(parts.filter((part) => !known.has(part))).toEqual([]);
  });
});
