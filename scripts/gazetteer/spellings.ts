import { isArabicArticle, SOUND_MARK, soundOf } from '../../src/knowledge/romanization.ts';
import { tokenize } from '../../src/text/tokens.ts';
import type { Lexicon, Row } from './sources.ts';

/** The folded words of a name, joined by spaces: how the gazetteer looks names up. */
export function keyOf(name: string): string {
  return tokenize(name)
    .map((token) => token.form)
    .join(' ');
}

/** Where most place names reach English through the Arabic script, and with its article. */
const ARABIC_ARTICLES = new Set('SY IQ LB PS YE LY SD JO EG SA KW QA BH AE OM TN DZ MA MR'.split(' '));
/** Where GeoNames writes the scholars' ā, ḩ and ‘ that no newspaper writes. */
const ROMANIZED = new Set([...ARABIC_ARTICLES, 'IR', 'AF', 'PK', 'IL', 'SO', 'ET', 'ER', 'TJ', 'KG', 'KZ']);

/** The name that is shown: without scholarly marks where the newspapers have none. */
export function shownName(name: string, country: string): string {
  if (!ROMANIZED.has(country)) return name;
  return name
    .normalize('NFD')
    .replace(/[\p{M}‘’ʻʼ`']/gu, '')
    .normalize('NFC');
}

const ADMIN_WORDS =
  /[ -](?:Governorate|Province|Oblast|Region|State|District|Department|Prefecture|County|City|Division|Territory|Krai|Republic|Voivodeship|Canton|Municipality)$/iu;
const ADMIN_PREFIX =
  /^(?:Muhafazat|Muḩāfaz̧at|Wilayat|Wilaya de|Provincia de|Departamento (?:de|del)|Estado de|Département de|Republic of|State of)\s+/iu;

/** "Idlib" for "Idlib Governorate". */
export function bareAdminName(name: string, country: string): string {
  return shownName(name.replace(ADMIN_PREFIX, '').replace(ADMIN_WORDS, ''), country).trim();
}

const SCRIPTS = [
  /^[\p{Script=Latin}\p{M}\s'’‘ʻʼ`.-]+$/u,
  /^[\p{Script=Arabic}\p{M}\s]+$/u,
  /^[\p{Script=Cyrillic}\p{M}\s'’-]+$/u,
];
/** Spellings that name the province, or describe: "محافظة إدلب", "Comuna de …". */
const NOT_THE_PLACE =
  /محافظة|مديرية|بلدية|\b(?:governorate|province|district|gorod|city of|comun[ae]|municip\p{L}*|stadt|kommune|gmina|powiat|airport)\b/iu;

/** The alternate names of a settlement that a text in Latin, Arabic or Cyrillic script may use. */
export function usableAlternates(row: Row): string[] {
  return row.alternates.filter(
    (name) =>
      name.length <= 40 &&
      SCRIPTS.some((script) => script.test(name)) &&
      !NOT_THE_PLACE.test(name) &&
      // GeoNames transliterates other scripts by machine, in small letters: "alkramt", "sheng hu li ya".
      !/^[\p{Ll}'’‘ʻʼ`]/u.test(name) &&
      // Airport codes and abbreviations.
      !/^\p{Lu}{1,4}$/u.test(name) &&
      !/^[.'-]|[.-]$/u.test(name),
  );
}

const ARTICLE = /^(?:al|el|ad|adh|ar|as|ash|at|ath|az|an)[ -](?=\p{L}{4})/iu;

/** "al-Shaddadi" and "Shaddadi" for "Ash Shaddadi": newspapers do not assimilate the Arabic article. */
export function withOtherArticle(name: string, country: string): string[] {
  if (!ARABIC_ARTICLES.has(country) || !ARTICLE.test(name)) return [];
  const bare = name.replace(ARTICLE, '');
  return [`al ${bare}`, `el ${bare}`, bare];
}

/** Shorter ones are too many other words. */
const SHORTEST_SOUND = 6;

/** The key by which a name of several words from an Arabic-speaking country is found in any Latin spelling; or null. */
export function soundKeyOf(key: string, country: string): string | null {
  const words = key.split(' ').filter((word) => !isArabicArticle(word));
  if (
    words.length < 2 ||
    words.some((word) => word.length < 3) ||
    !ARABIC_ARTICLES.has(country) ||
    !/^[a-z ]+$/u.test(key)
  )
    return null;
  const sounds = words.map(soundOf).join(' ');
  return sounds.length < SHORTEST_SOUND ? null : `${SOUND_MARK}${sounds}`;
}

/** Words that begin sentences and phrases: a name that begins with one ("As Sukhnah") would swallow it. */
const FUNCTION_WORDS = new Set(
  'a an and as at by de en for from he her his i if in is it its la le no not of on or she so that the they this to was we with you'.split(
    ' ',
  ),
);
const CALENDAR = new Set(
  'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday north south east west northern southern eastern western central'.split(
    ' ',
  ),
);

/** What else a name may mean to a reader. */
export type Doubt = 'refused' | 'word' | 'foreign' | 'proper' | 'person' | 'short' | 'none';

/** How a folded name can be mistaken: `refused` names are never places. */
export function doubtOf(key: string, lexicon: Lexicon): Doubt {
  const words = key.split(' ');
  return words.length > 1 ? doubtOfWords(words, lexicon) : doubtOfWord(key, lexicon);
}

function doubtOfWords(words: readonly string[], lexicon: Lexicon): Doubt {
  const [first = ''] = words;
  if (FUNCTION_WORDS.has(first) && !/^(?:la|le|de)$/u.test(first)) return 'refused';
  return words.every((word) => lexicon.words.has(word) || FUNCTION_WORDS.has(word)) ? 'word' : 'none';
}

function doubtOfWord(word: string, lexicon: Lexicon): Doubt {
  if (word.length < 3 || FUNCTION_WORDS.has(word) || CALENDAR.has(word)) return 'refused';
  if (lexicon.words.has(word)) return 'word';
  if (lexicon.people.has(word)) return 'person';
  if (lexicon.foreignWords.has(word)) return 'foreign';
  if (lexicon.properWords.has(word)) return 'proper';
  return word.length < 4 ? 'short' : 'none';
}
