import type { Span } from '../model/article.ts';
import { type CharacterKind, characterKind, foldCharacter } from './characters.ts';

/** One word of a text: `form` is its folded spelling, the span is where it stands in the original. */
export interface Token extends Span {
  form: string;
}

/** French and Italian words that lose their vowel before the next one: "l'Iran", "dell'Ucraina". */
const ELISIONS = new Set(
  'l d j m n s t c qu jusqu lorsqu puisqu all dell dall nell sull un quest'.split(' '),
);

/** Initials written with full stops ("U.S."), unless the last one begins a word ("J.K.Rowling" gives "J.K"). */
const INITIALS = /\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])/uy;
/** A group of thousands: its comma is part of the number. */
const THOUSANDS = /,\d{3}(?!\d)/y;

/** Text without case, diacritics, apostrophes and invisible characters; everything else stays as it is. */
export function fold(text: string): string {
  let folded = '';
  // Composing first keeps й, which is и with a breve when decomposed, a letter of its own.
  for (const character of text.normalize('NFC')) {
    const point = character.codePointAt(0) ?? 0;
    const kind = characterKind(point);
    folded += kind === 'break' ? character : foldCharacter(point);
  }
  return folded;
}

/**
 * The words of a text in order, with offsets into it. A hyphenated word gives its parts, "Syria's" gives
 * "syria", "U.S." gives "us", and a script written without spaces gives one token per character (`bigrams.ts` says
 * which two make a word).
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  scanWords(text, {
    plain: (start, end) => tokens.push({ start, end, form: text.slice(start, end).toLowerCase() }),
    spelled: (start, end, form) => tokens.push({ start, end, form }),
  });
  return tokens;
}

/** Is told each word of a text, in order. */
export interface WordSink {
  /** A word of ASCII letters and digits only: its form is the same in small letters. */
  plain(start: number, end: number): void;
  spelled(start: number, end: number, form: string): void;
}

/** The words that `tokenize` gives, without making an object and a string of each. */
export function scanWords(text: string, sink: WordSink): void {
  let at = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    // Two of three characters of most news begin no word or a plain one.
    if (isAsciiAlphanumeric(unit)) at = readWord(text, at, sink);
    else if (unit < 0x80) at += 1;
    else at = readBeyondAscii(text, at, sink);
  }
}

function readBeyondAscii(text: string, at: number, sink: WordSink): number {
  const kind = kindAt(text, at);
  if (kind === 'letter' || kind === 'digit') return readWord(text, at, sink);
  return kind === 'solo' ? readSolo(text, at, sink) : at + widthAt(text, at);
}

function readWord(text: string, start: number, sink: WordSink): number {
  // Most words of most news are plain ASCII: looking at them only once doubles the speed (11 to 20 Mchar/s).
  const plainEnd = asciiWordEnd(text, start);
  if (plainEnd > start) {
    sink.plain(start, plainEnd);
    return plainEnd;
  }
  const initials = text[start + 1] === '.' ? matchLength(INITIALS, text, start) : 0;
  if (initials === 0) return readSpelledWord(text, start, sink);
  const end = start + initials;
  push(sink, text, start, end, fold(text.slice(start, end)).replaceAll('.', ''));
  return end;
}

/** A word that holds apostrophes, digits with separators or anything beyond ASCII. */
function readSpelledWord(text: string, start: number, sink: WordSink): number {
  let part = start;
  let at = start;
  for (;;) {
    while (stepInWord(text, at) > 0) at += stepInWord(text, at);
    if (characterKindAt(text, at) !== 'apostrophe' || !isLetterAt(text, at + 1)) break;
    if (isPossessive(text, at)) {
      pushPart(sink, text, part, at);
      return at + 2;
    }
    if (ELISIONS.has(fold(text.slice(part, at)))) {
      pushPart(sink, text, part, at);
      part = at + 1;
    }
    at += 1;
  }
  pushPart(sink, text, part, at);
  return at;
}

/** Where an ASCII word ends; `start` when it holds or meets anything that needs a closer look. */
function asciiWordEnd(text: string, start: number): number {
  let at = start;
  let unit = text.charCodeAt(at);
  while (isAsciiAlphanumeric(unit)) {
    at += 1;
    unit = text.charCodeAt(at);
  }
  if (unit > 0x7f || unit === 0x27 || unit === 0x60) return start;
  const meetsSeparator = unit === 0x2c || unit === 0x2e;
  const after = text.charCodeAt(at + 1);
  return meetsSeparator && (isAsciiAlphanumeric(after) || after > 0x7f) ? start : at;
}

function isAsciiAlphanumeric(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
}

/** How many code units the word goes on from here; 0 when it ends or an apostrophe must be looked at. */
function stepInWord(text: string, at: number): number {
  const kind = characterKindAt(text, at);
  if (kind === 'letter' || kind === 'digit' || kind === 'mark' || kind === 'ignored')
    return widthAt(text, at);
  const unit = text[at];
  if (kind !== 'break' || (unit !== '.' && unit !== ',') || !isDigitAt(text, at - 1)) return 0;
  if (unit === '.') return isDigitAt(text, at + 1) ? 1 : 0;
  return matchLength(THOUSANDS, text, at);
}

function readSolo(text: string, start: number, sink: WordSink): number {
  let end = start + widthAt(text, start);
  while (end < text.length && isAttached(kindAt(text, end))) end += widthAt(text, end);
  push(sink, text, start, end, fold(text.slice(start, end)));
  return end;
}

function isAttached(kind: CharacterKind): boolean {
  return kind === 'mark' || kind === 'ignored';
}

/** The apostrophe at `at` begins an English "'s" that ends the word. */
function isPossessive(text: string, at: number): boolean {
  const next = text[at + 1];
  return (next === 's' || next === 'S') && !isLetterAt(text, at + 2) && !isDigitAt(text, at + 2);
}

function pushPart(sink: WordSink, text: string, start: number, end: number): void {
  const slice = text.slice(start, end);
  const form = isAscii(slice)
    ? slice.toLowerCase().replaceAll(/[',`]/g, '')
    : fold(slice).replaceAll(',', '');
  push(sink, text, start, end, form);
}

function push(sink: WordSink, text: string, start: number, end: number, form: string): void {
  let last = end;
  // Direction marks after a word are not part of what a reader sees as the word.
  while (last > start && kindAt(text, last - 1) === 'ignored' && !isAccent(text, last - 1)) last -= 1;
  if (form !== '') sink.spelled(start, last, form);
}

function isAccent(text: string, at: number): boolean {
  return /\p{M}/u.test(text.charAt(at)) || text[at] === '\u0640';
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function characterKindAt(text: string, at: number): CharacterKind {
  return at < text.length ? kindAt(text, at) : 'break';
}

function isLetterAt(text: string, at: number): boolean {
  return characterKindAt(text, at) === 'letter';
}

function isDigitAt(text: string, at: number): boolean {
  return characterKindAt(text, at) === 'digit';
}

function kindAt(text: string, at: number): CharacterKind {
  const unit = text.charCodeAt(at);
  const isHighSurrogate = unit >= 0xd800 && unit <= 0xdbff;
  return characterKind(isHighSurrogate ? (text.codePointAt(at) ?? unit) : unit);
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
