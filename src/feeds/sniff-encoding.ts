/** Enough for every letter to show how common it is, and read in a dozen ways within milliseconds. */
const SAMPLE_BYTES = 20_000;

/** Texts of the Latin alphabet have a letter, a quotation mark or a sign between ASCII; others have whole words. */
const MAX_LATIN_RUN = 2;

const CYRILLIC = 'оеаинтсрвлкмі';
const KANA =
  'あいうえおかがきくけこさしすせそただちっつてでとどなにねのはまめもやゃゅよょらりるれわをんーアイクシスタトフラリルレロン';
const HAN =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部日月新市' +
  '這為個國時來們於對會發動過說產種後學經進現實體機當點業從應開間樣與關';

/**
 * The commonest letters of the languages that an encoding is used for. Small ones: where windows-1251 has them, KOI8
 * has the capitals. Few, because the bytes of other encodings fall on some of them by chance.
 */
const LETTERS: readonly [encoding: string, letters: string][] = [
  ['windows-1252', '“”‘’–—…«»\u00a0éèàçñäöü'],
  ['windows-1255', 'יוהלאתמרבש'],
  ['windows-1251', CYRILLIC],
  ['koi8-u', CYRILLIC],
  ['windows-1253', 'αοιετσνηυρπκςμλ'],
  ['windows-1256', 'اليمنوترهبعدس'],
  ['gb18030', HAN],
  ['big5', HAN],
  ['euc-jp', KANA],
  ['shift_jis', KANA],
  ['euc-kr', '이다는의에을가한고로하은사대지정서도를인기자시일리어있과전부했아수제그나라해보장말들'],
];

/**
 * The encoding that makes the commonest letters of a language of bytes that are no UTF-8; windows-1252 for what
 * looks like the Latin alphabet, and for want of anything better.
 */
export function sniffEncoding(bytes: Uint8Array): string {
  const start = Math.max(0, bytes.findIndex(isHigh));
  const sample = bytes.subarray(start, start + SAMPLE_BYTES);
  let best = { encoding: 'windows-1252', share: 0 };
  if (meanRun(sample) < MAX_LATIN_RUN) return best.encoding;
  for (const [encoding, letters] of LETTERS) {
    const share = shareOf(letters, new TextDecoder(encoding).decode(sample));
    if (share > best.share) best = { encoding, share };
  }
  return best.encoding;
}

function isHigh(byte: number): boolean {
  return byte > 0x7f;
}

/** How many bytes beyond ASCII follow each other, on average. */
function meanRun(bytes: Uint8Array): number {
  let high = 0;
  let runs = 0;
  for (const [index, byte] of bytes.entries()) {
    if (!isHigh(byte)) continue;
    high += 1;
    if (!isHigh(bytes[index - 1] ?? 0)) runs += 1;
  }
  return high / Math.max(1, runs);
}

/** How many of the characters beyond ASCII are among `letters`. */
function shareOf(letters: string, text: string): number {
  const wanted = new Set(letters);
  let foreign = 0;
  let found = 0;
  for (const character of text) {
    if (character <= '\x7f') continue;
    foreign += 1;
    if (wanted.has(character)) found += 1;
  }
  return found / Math.max(1, foreign);
}
