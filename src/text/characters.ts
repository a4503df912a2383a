/** What one character is to the tokenizer. */
export type CharacterKind =
  /** Ends a word. */
  | 'break'
  | 'letter'
  | 'digit'
  /** A letter of a script written without spaces: a token by itself. */
  | 'solo'
  /** A vowel sign or tone mark that belongs to the letter before it and carries meaning. */
  | 'mark'
  /** Not there as far as reading goes: harakat, accents, tatweel, soft hyphen, direction marks. */
  | 'ignored'
  | 'apostrophe';

const KINDS: CharacterKind[] = ['break', 'letter', 'digit', 'solo', 'mark', 'ignored', 'apostrophe'];

const APOSTROPHES = new Set(["'", '’', '‘', 'ʼ', 'ʻ', 'ʿ', 'ʾ', '`', '´', '＇', '׳', '״']);
/** Tatweel, which only widens a word, and what Unicode calls ignorable: joiners, soft hyphen, direction marks. */
const INVISIBLE = /[\u0640\p{Default_Ignorable_Code_Point}]/u;
/** Marks that readers drop when they type: accents, niqqud, harakat; not the voicing marks of kana. */
const DROPPED_MARK =
  /(?=\p{M})(?!\p{scx=Hiragana})[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}]/u;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

/** Letters that decompose into nothing simpler but are typed without their stroke or tail. */
const PLAIN_SPELLING: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ə: 'e',
  ς: 'σ',
  ё: 'е',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ٱ: 'ا',
  ہ: 'ه',
};

/** Kinds of the 65,536 UTF-16 code units, filled as they are met: index into KINDS plus one. */
const kindOfUnit = new Uint8Array(0x10000);
const foldingOfPoint = new Map<number, string>();

/** What the code point at hand is to the tokenizer. */
export function characterKind(codePoint: number): CharacterKind {
  if (codePoint > 0xffff) return readKind(String.fromCodePoint(codePoint));
  const known = kindOfUnit[codePoint];
  if (known) return KINDS[known - 1] ?? 'break';
  const kind = readKind(String.fromCodePoint(codePoint));
  kindOfUnit[codePoint] = KINDS.indexOf(kind) + 1;
  return kind;
}

/** One composed character without case and diacritics; an empty string when it is not read at all. */
export function foldCharacter(codePoint: number): string {
  const known = foldingOfPoint.get(codePoint);
  if (known !== undefined) return known;
  const folded = readFolding(String.fromCodePoint(codePoint));
  foldingOfPoint.set(codePoint, folded);
  return folded;
}

function readKind(character: string): CharacterKind {
  if (APOSTROPHES.has(character)) return 'apostrophe';
  if (INVISIBLE.test(character) || DROPPED_MARK.test(character)) return 'ignored';
  if (/\p{M}/u.test(character)) return 'mark';
  if (/\p{Nd}/u.test(character)) return 'digit';
  if (!/[\p{L}\p{N}]/u.test(character)) return 'break';
  return WITHOUT_SPACES.test(character) ? 'solo' : 'letter';
}

function readFolding(character: string): string {
  const kind = readKind(character);
  if (kind === 'ignored' || kind === 'apostrophe') return '';
  if (kind === 'digit') return decimalDigit(character);
  const lower = character.toLowerCase();
  const plain = PLAIN_SPELLING[lower];
  if (plain !== undefined) return plain;
  // Cyrillic й, ї and ў are letters of their own, which stemmers need; only ё is written as е.
  if (/\p{Script=Cyrillic}/u.test(character)) return lower;
  const bare = [...lower.normalize('NFKD').toLowerCase()].filter((part) => !DROPPED_MARK.test(part));
  return bare
    .map((part) => PLAIN_SPELLING[part] ?? part)
    .join('')
    .normalize('NFC');
}

/** Unicode lays every script's digits out in rows of ten that start at zero; some rows touch. */
function decimalDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(point - before - 1))) before += 1;
  return String(before % 10);
}
