/** Codes that feeds use for the same language. */
const SAME_LANGUAGE = new Map(
  Object.entries({
    ckb: 'ku',
    in: 'id',
    iw: 'he',
    ji: 'yi',
    kmr: 'ku',
    mo: 'ro',
    nb: 'no',
    nn: 'no',
    tl: 'fil',
  }),
);
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const ENGLISH_NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

let codes: Map<string, string> | null = null;

/** The code of a language that somebody named by code or English name ("ar", "en-GB", "Arabic"); null when there is none. */
export function languageNamed(text: string): string | null {
  const name = text.trim().toLowerCase();
  const tag = /^[a-z]{2,3}(?=$|[-_])/.exec(name)?.[0];
  if (tag !== undefined && ENGLISH_NAMES.of(tag) !== undefined) return languageCode(tag);
  codes ??= readCodes();
  return codes.get(name) ?? null;
}

/** ISO 639 code without region, the same one for every way to write it. */
export function languageCode(tag: string): string {
  const [code = ''] = tag.toLowerCase().split(/[-_]/, 1);
  return SAME_LANGUAGE.get(code) ?? code;
}

/** Lower-case English names of all languages with a code of two letters: 190 in 5 ms. */
function readCodes(): Map<string, string> {
  const pairs = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return new Map(
    pairs.flatMap((code): [string, string][] => {
      const name = ENGLISH_NAMES.of(code);
      return name === undefined ? [] : [[name.toLowerCase(), languageCode(code)]];
    }),
  );
}
