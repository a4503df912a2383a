import snowball from 'snowball-stemmers';

type Stemmer = ReturnType<typeof snowball.newStemmer>;

/** ISO 639-1 codes of the languages we have a stemmer for. */
const ALGORITHMS = new Map(
  Object.entries({
    ar: 'arabic',
    ca: 'catalan',
    cs: 'czech',
    da: 'danish',
    de: 'german',
    en: 'english',
    es: 'spanish',
    eu: 'basque',
    fi: 'finnish',
    fr: 'french',
    ga: 'irish',
    hu: 'hungarian',
    hy: 'armenian',
    it: 'italian',
    nb: 'norwegian',
    nl: 'dutch',
    nn: 'norwegian',
    no: 'norwegian',
    pt: 'portuguese',
    ro: 'romanian',
    ru: 'russian',
    sl: 'slovene',
    sv: 'swedish',
    ta: 'tamil',
    tr: 'turkish',
  }),
);

/** Scripts tell the stemmer when the language is unknown or is not written in the word's script. */
const SCRIPTS: [RegExp, string][] = [
  [/^\p{Script=Latin}+$/u, 'english'],
  [/^\p{Script=Arabic}+$/u, 'arabic'],
  [/^\p{Script=Cyrillic}+$/u, 'russian'],
  [/^\p{Script=Armenian}+$/u, 'armenian'],
  [/^\p{Script=Tamil}[\p{Script=Tamil}\p{M}]*$/u, 'tamil'],
];
const NOT_LATIN = new Set(['arabic', 'russian', 'armenian', 'tamil']);

/**
 * Names whose ending looks like an inflection: stemmed, Hamas would meet Hama, Paris a French "pari" and the
 * Emirates an emir. They are their own stem in every language.
 */
const NAMES = new Set(
  `abbas ahmed athens bahamas barbados beijing belarus brussels calais cannes charles cyprus damascus davis
  emirates francis hama hamas homs honduras isis james jones laos maldives mali manning mauritius mohammed naples
  netherlands paris philippines seychelles texas tunis wales williams حماه حماس хама хамас`.split(/\s+/),
);

/**
 * English words that Porter's stemmer throws together with a different word ("united" with "unit",
 * "authorities" with "author"), and the stem that they get instead.
 */
const ENGLISH_EXCEPTIONS = new Map(
  Object.entries({
    author: 'author.',
    authors: 'author.',
    executive: 'executive',
    executives: 'executive',
    important: 'important',
    importance: 'important',
    intern: 'intern.',
    interns: 'intern.',
    organ: 'organ.',
    organs: 'organ.',
    past: 'past.',
    protestant: 'protestant',
    protestants: 'protestant',
    several: 'several',
    united: 'united',
    universal: 'universal',
    universe: 'universe',
  }),
);

const ARABIC_ARTICLE = /^ال(?=.{3})/;
/** Raids and cars: the stemmer leaves a letter of their ending. Shorter words are no plurals, such as "forces". */
const ARABIC_PLURAL = /^(.{3,})ات$/;

/** Distinct words kept per stemmer before its cache starts again: a month of news has about 100,000. */
const CACHE_LIMIT = 100_000;

const stemmers = new Map<string, Stemmer>();
const caches = new Map<string, Map<string, string>>();

/**
 * The part that the inflections of a folded word share; the word itself where we know no rule for its
 * language. `language` is ISO 639-1, with or without a region; null lets the script decide.
 */
export function stem(form: string, language: string | null): string {
  const cache = cacheOf(language?.slice(0, 2).toLowerCase() ?? '');
  const known = cache.get(form);
  if (known !== undefined) return known;
  const stemmed = readStem(form, algorithmFor(form, language));
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(form, stemmed);
  return stemmed;
}

function readStem(form: string, algorithm: string | null): string {
  if (algorithm === null || NAMES.has(form)) return form;
  const exception = algorithm === 'english' ? ENGLISH_EXCEPTIONS.get(form) : undefined;
  const bare = algorithm === 'arabic' ? bareArabic(form) : form;
  return exception ?? (stemmerOf(algorithm).stem(bare) || form);
}

/** Without the article and in the singular, which the stemmer sees to in some words only. */
function bareArabic(form: string): string {
  return form.replace(ARABIC_ARTICLE, '').replace(ARABIC_PLURAL, '$1ه');
}

/** The stemmer that reads this word, or null when none does. */
function algorithmFor(form: string, language: string | null): string | null {
  if (form.length < 3) return null;
  const byScript = SCRIPTS.find(([pattern]) => pattern.test(form))?.[1] ?? null;
  if (byScript !== 'english' || language === null) return byScript;
  const named = ALGORITHMS.get(language.slice(0, 2).toLowerCase()) ?? null;
  return named !== null && NOT_LATIN.has(named) ? byScript : named;
}

function stemmerOf(algorithm: string): Stemmer {
  const stemmer = stemmers.get(algorithm) ?? snowball.newStemmer(algorithm);
  stemmers.set(algorithm, stemmer);
  return stemmer;
}

function cacheOf(language: string): Map<string, string> {
  const cache = caches.get(language) ?? new Map<string, string>();
  caches.set(language, cache);
  return cache;
}
