import { loadModule } from 'cld3-asm';
import { languagesOf, mainScript } from './alphabets.ts';

/**
 * The language of an article: ISO 639-1 (three letters where it has no two), or null when neither its words nor its
 * feed tell. `declared` is what the feed says, as BCP 47.
 */
export type LanguageReader = (
  words: { title: string; text: string },
  declared: string | null,
) => string | null;

/** What the letters of a text are most like. */
interface Guess {
  language: string;
  probability: number;
}

type Guesser = (text: string) => Guess | null;

/** After the title: 400 characters would cost 300 µs, more than matching does, and tell no more. */
const OPENING = 120;
const LONG_TITLE = 200;

/**
 * How probable cld3 must find a language, by letters: it calls "Quake hits Nepal" reliably Hmong, and of 519 longer
 * English headlines, which are full of names, it was this sure and wrong about one (about nine at 0.9).
 */
const CERTAIN: [letters: number, probability: number][] = [
  [60, 0.95],
  [40, 0.99],
];
/** Enough for English, and where the letters leave a choice of a few. */
const LIKELY = 0.7;

/** Common in English and hardly found in other languages, at least not two of them in one opening. */
const ENGLISH = new Set(
  'the of and to with from after who says said were been have their its into about against'.split(' '),
);

/** So near that cld3 divides its certainty between them: half is much. */
const TWINS = ['id ms', 'hr bs sr'].map((group) => group.split(' '));

/** cld3 calls every third Indonesian text Malay; these words are Malay alone. */
const MALAY =
  /\b(?:bahawa|datuk|hospital|ialah|kemalangan|kerana|kes|menerusi|peguam|polis|sekiranya|selepas|suspek)\b/i;

/** Languages that cld3 takes for each other even where it is sure: the feed knows better. */
const ALIKE = ['hr bs sr sl', 'id ms jv su', 'no da', 'gl pt'].map((group) => group.split(' '));

/** Languages whose news is written in Latin letters too, which is not the script that Unicode names for them. */
const ALSO_LATIN = new Set(['sr', 'kk', 'mn']);

/** What letters or cld3 can tell; of others cld3 knows only what they resemble. */
const KNOWN = new Set(
  `af am ar as az ba be bg bn bo bs ca ceb co cs cy da de dv el en eo es et eu fa fi fil fr fy ga gd gl gu ha haw he hi hmn hr ht
  hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my ne nl no ny or pa pl ps pt ro ru
  sd si sk sl sm sn so sq sr st su sv sw syr ta te tg th ti tr tt ug uk ur uz vi xh yi yo zgh zh zu`.split(
    /\s+/,
  ),
);

/** One code for every way to write a language that Unicode keeps apart. */
const SAME = new Map(Object.entries({ nb: 'no', nn: 'no', ckb: 'ku', kmr: 'ku', arz: 'ar', yue: 'zh' }));

const ADDRESSES = /https?:\/\/\S+|[@#][\p{L}\p{N}_]+/gu;

let loading: Promise<LanguageReader> | null = null;

/** Loads cld3 (WebAssembly, 20 to 35 ms and about 30 MB), once per process. The reader is pure. */
export function loadLanguageReader(): Promise<LanguageReader> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LanguageReader> {
  const factory = await loadModule({ timeout: 60_000 });
  const identifier = factory.create(0, 700);
  const guess: Guesser = (text) => {
    const { language, probability } = identifier.findLanguage(text);
    // What it says of languages in foreign letters ("ru-Latn") is noise in news.
    if (probability < 0.5 || language.includes('-')) return null;
    return { language: canonical(language) ?? language, probability };
  };
  return ({ title, text }, declared) => {
    const sample = text.slice(0, Math.min(title.length, LONG_TITLE) + OPENING).replace(ADDRESSES, ' ');
    return decide(sample.toWellFormed(), canonical(declared), guess);
  };
}

function decide(sample: string, declared: string | null, guess: Guesser): string | null {
  const main = mainScript(sample);
  if (main === null) return declared;
  const choice = languagesOf(sample, main);
  const hint = declared !== null && isPossible(declared, main.script, choice) ? declared : null;
  if (hint !== null && !KNOWN.has(hint)) return hint;
  if (choice.length > 0) return hint ?? chosen(sample, guess, choice);
  const found = trusted(sample, guess, main.letters);
  return hint !== null && (found === null || isAlike(found, hint)) ? hint : found;
}

function isPossible(language: string, script: string, choice: string[]): boolean {
  const isLikely = choice.length === 0 || choice.includes(language) || !KNOWN.has(language);
  return isLikely && isWrittenIn(language, script);
}

/** The one of the few that the letters allow which cld3 is for, or else the likeliest. */
function chosen(sample: string, guess: Guesser, choice: string[]): string | null {
  const found = choice.length > 1 ? guess(sample) : null;
  const isOne = found !== null && choice.includes(found.language) && found.probability >= LIKELY;
  return (isOne ? found.language : choice[0]) ?? null;
}

/** What cld3 finds, as far as the words bear it out. */
function trusted(sample: string, guess: Guesser, letters: number): string | null {
  if (isEnglish(sample)) return 'en';
  const found = guess(sample);
  if (found === null) return null;
  const { language, probability } = found;
  if (language === 'en') return probability >= LIKELY ? 'en' : null;
  const isTwin = letters >= 60 && TWINS.some((twins) => twins.includes(language));
  if (!isTwin && !CERTAIN.some((row) => letters >= row[0] && probability >= row[1])) return null;
  return language === 'ms' && !MALAY.test(sample) ? 'id' : language;
}

function isEnglish(sample: string): boolean {
  const words = sample.toLowerCase().match(/[a-z]+/g) ?? [];
  return new Set(words.filter((word) => ENGLISH.has(word))).size >= 2;
}

function isAlike(one: string, other: string): boolean {
  return ALIKE.some((group) => group.includes(one) && group.includes(other));
}

/** The language of a BCP 47 tag, also of one with an underscore or an old code (iw, in); null for what is none. */
function canonical(tag: string | null): string | null {
  try {
    const { language } = new Intl.Locale((tag ?? '').trim().replaceAll('_', '-'));
    return language === 'und' || language.length > 3 ? null : (SAME.get(language) ?? language);
  } catch {
    return null;
  }
}

function isWrittenIn(language: string, script: string): boolean {
  const usual = new Intl.Locale(language).maximize().script ?? '';
  const same: Record<string, string> = { Hans: 'Hani', Hant: 'Hani', Kore: 'Hang' };
  if (usual === 'Jpan') return script === 'Hani' || script === 'Kana';
  return (same[usual] ?? usual) === script || (script === 'Latn' && ALSO_LATIN.has(language));
}
