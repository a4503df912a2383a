import type { Quantity } from '../quantities.ts';
import type { Bound, Language } from './language.ts';
import type { Found } from './phrases.ts';
import type { Word } from './words.ts';

interface Numeral {
  value: number;
  end: number;
  isRound: boolean;
}

/** The quantity that begins at `words[at]`, or null. */
export function quantityAt(words: readonly Word[], at: number, { numbers }: Language): Quantity | null {
  const word = words[at];
  if (word === undefined || !(/^\d/.test(word.form) || numbers.openings.mayBegin(word))) return null;
  const hedge = numbers.hedges.at(words, at);
  const numberStart = hedge?.end ?? at;
  const counted =
    vagueAt(words, numberStart, numbers) ??
    rangeAt(words, numberStart, numbers) ??
    articleAt(words, numberStart, numbers);
  if (counted === null) return null;
  return hedge === null ? counted : bounded({ ...counted, start: at, numberStart }, hedge.value);
}

type Numbers = Language['numbers'];

function bounded(counted: Quantity, bound: Bound): Quantity | null {
  if (counted.kind === 'vague') return bound === 'about' ? null : counted;
  if (bound === 'least') return { ...counted, max: null };
  return bound === 'most' ? { ...counted, min: null } : counted;
}

/** "13", "between 9 and 13", "9 or 10"; of "from 9 to 13" the second number. */
function rangeAt(words: readonly Word[], at: number, numbers: Numbers): Quantity | null {
  const opening = numbers.between.at(words, at);
  const first = numeralAt(words, opening?.end ?? at, numbers);
  if (first === null) return null;
  const second = secondOf(words, first.end, numbers);
  const isUpdate = opening === null && numbers.from.before(words, at);
  if (second !== null && isUpdate)
    return quantity({ start: second.start, end: second.end, min: second.value, max: second.value });
  if (second !== null && second.value > first.value)
    return quantity({ start: at, end: second.end, min: first.value, max: second.value });
  if (opening !== null) return null;
  // "Une cinquantaine de femmes": the number is its own hedge.
  const numberStart = first.isRound ? first.end : at;
  return quantity({ start: at, end: first.end, min: first.value, max: first.value, numberStart });
}

function secondOf(
  words: readonly Word[],
  at: number,
  numbers: Numbers,
): { value: number; start: number; end: number } | null {
  const joint = numbers.joint.at(words, at);
  const numeral = joint === null ? null : numeralAt(words, joint.end, numbers);
  return numeral === null || joint === null ? null : { ...numeral, start: joint.end };
}

function quantity(
  it: Pick<Quantity, 'start' | 'end' | 'min' | 'max'> & Partial<Pick<Quantity, 'numberStart'>>,
): Quantity {
  return { kind: 'number', numberStart: it.start, ...it };
}

function vagueAt(words: readonly Word[], at: number, numbers: Numbers): Quantity | null {
  const vague = numbers.vague.at(words, at);
  if (vague === null) return null;
  const scale = numbers.scales.at(words, numbers.of.at(words, vague.end)?.end ?? vague.end);
  const min = vague.value === 0 ? null : vague.value * (scale?.value ?? 1);
  return { kind: 'vague', min, max: null, start: at, numberStart: at, end: scale?.end ?? vague.end };
}

function articleAt(words: readonly Word[], at: number, numbers: Numbers): Quantity | null {
  const one = numbers.one.at(words, at);
  return one && { kind: 'one', min: 1, max: 1, start: at, numberStart: at, end: one.end };
}

function numeralAt(words: readonly Word[], at: number, numbers: Numbers): Numeral | null {
  const round = roundAt(words, at, numbers);
  if (round !== null) return round;
  const half = halfAt(words, at, numbers);
  if (half !== null) return half;
  return /^\d/.test(words[at]?.form ?? '') ? digitsAt(words, at, numbers) : spelledAt(words, at, numbers);
}

/** "Une cinquantaine", "una veintena". */
function roundAt(words: readonly Word[], at: number, numbers: Numbers): Numeral | null {
  const from = numbers.one.at(words, at)?.end ?? at;
  const round = numbers.round.at(words, from);
  return round && { value: round.value, end: round.end, isRound: true };
}

/** "Un demi-million", "نصف مليون". */
function halfAt(words: readonly Word[], at: number, numbers: Numbers): Numeral | null {
  const half = numbers.half.at(words, numbers.one.at(words, at)?.end ?? at);
  const scale = half && numbers.scales.at(words, half.end);
  return scale && { value: scale.value / 2, end: scale.end, isRound: false };
}

/** "3.000", "3,000" and "3 000" are three thousand; "6,4 millions" and "6.4" have a fraction. */
function digitsAt(words: readonly Word[], at: number, numbers: Numbers): Numeral | null {
  const { digits, end } = digitsOf(words, at);
  if (!/^\d{1,9}(?:\.\d{1,2})?$/.test(digits)) return null;
  const scale = numbers.scales.at(words, end);
  if (digits.includes('.') && scale === null) return null;
  const value = Math.round(Number(digits) * (scale?.value ?? 1));
  return { value, end: scale?.end ?? end, isRound: false };
}

function digitsOf(words: readonly Word[], at: number): { digits: string; end: number } {
  const first = words[at]?.form ?? '';
  let digits = /^\d{1,3}(?:\.\d{3})+$/.test(first) ? first.replaceAll('.', '') : first;
  let end = at + 1;
  while (/^\d{1,9}$/.test(digits) && isGroup(words, end)) {
    digits += words[end]?.form ?? '';
    end += 1;
  }
  if (!isFraction(words, end)) return { digits, end };
  return { digits: `${digits}.${words[end + 1]?.form}`, end: end + 2 };
}

/** A comma and a digit or two, with no space around. */
function isFraction(words: readonly Word[], at: number): boolean {
  const [before, comma, after] = words.slice(at - 1, at + 2);
  if (comma?.form !== ',' || !/^\d{1,2}$/.test(after?.form ?? '')) return false;
  return before?.end === comma.start && comma.end === after?.start;
}

/** Three digits right after one space. */
function isGroup(words: readonly Word[], at: number): boolean {
  const [before, word] = [words[at - 1], words[at]];
  return (
    word !== undefined &&
    /^\d{3}$/.test(word.form) &&
    /^\d{1,3}$/.test(before?.form ?? '') &&
    word.start - (before?.end ?? 0) === 1
  );
}

/** A number as far as its words are read. */
interface Spelled {
  total: number;
  current: number;
  end: number;
}

/** "vingt et un", "quatre-vingt-dix", "двадцать пять тысяч", "خمسة وعشرون". */
function spelledAt(words: readonly Word[], at: number, numbers: Numbers): Numeral | null {
  let spelled: Spelled = { total: 0, current: 0, end: at };
  for (let next: Spelled | null = spelled; next !== null; next = longer(words, spelled, { at, numbers }))
    spelled = next;
  const { total, current, end } = spelled;
  // "Un" alone is an article.
  const isArticle = numbers.one.at(words, at)?.end === end;
  return end === at || isArticle ? null : { value: total + current, end, isRound: false };
}

/** The number with its next word; null when that does not belong to it. */
function longer(
  words: readonly Word[],
  { total, current, end }: Spelled,
  { at, numbers }: { at: number; numbers: Numbers },
): Spelled | null {
  const joined = end > at ? numbers.and.at(words, end) : null;
  const from = joined?.end ?? end;
  const scale = numbers.scales.at(words, from);
  const small = numbers.words.at(words, from);
  if (scale !== null) {
    const count = end === at ? 1 : current;
    return count === 0 || joined !== null ? null : scaled({ total, current: count, end }, scale);
  }
  const isUnitFirst = numbers.isUnitFirst === true;
  const grown = small && grow(current, small.value, { isUnitFirst, isJoined: joined !== null });
  return grown === null || small === null ? null : { total, current: grown, end: small.end };
}

function scaled({ total, current }: Spelled, { value, end }: Found<number>): Spelled {
  return value === 100
    ? { total, current: current * 100, end }
    : { total: total + current * value, current: 0, end };
}

interface Joint {
  isUnitFirst: boolean;
  isJoined: boolean;
}

/** Below 1,000, with one more word; null when the word does not belong to it. */
function grow(current: number, value: number, joint: Joint): number | null {
  if (current === 0) return joint.isJoined && !joint.isUnitFirst ? null : value;
  if (current % 100 === 0) return value < 100 ? current + value : null;
  return joint.isUnitFirst ? unitsAndTens(current, value, joint) : tensAndUnits(current, value);
}

/** "خمسة وعشرون", "ثلاثة عشر". */
function unitsAndTens(current: number, value: number, { isJoined }: Joint): number | null {
  const isTens = isJoined ? value >= 20 && value < 100 : value === 10;
  return isTens && current % 100 < 10 ? current + value : null;
}

/** French counts by twenties: "quatre-vingts", "soixante-quinze". */
function tensAndUnits(current: number, value: number): number | null {
  if (current % 100 === 4 && value === 20) return current - 4 + 80;
  const room = current % 100 === 60 || current % 100 === 80 ? 20 : 10;
  return current % 10 === 0 && value < room ? current + value : null;
}
