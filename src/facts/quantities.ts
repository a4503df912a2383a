/** A word, number or mark of a sentence, in offsets of the sentence. */
export interface Word {
  text: string;
  lower: string;
  start: number;
  end: number;
}

/** How many, as words say it: `words[start..end)` of the sentence. */
export interface Quantity {
  /** `number`: "13", "9 to 13", "a dozen"; `vague`: "several"; `one`: "a", "an"; `none`: "no", "without". */
  kind: 'number' | 'vague' | 'one' | 'none';
  min: number | null;
  max: number | null;
  /** Index of the first word of "at least", or of the number. */
  start: number;
  /** Index after the last word. */
  end: number;
  /** Index of the first word of the number itself: the hedge is before it. */
  numberStart: number;
}

/** "14:28", "13-year-old" and "3rd" are one word, so that no part of them is taken for a number. */
const WORD =
  /(?:\p{Lu}\.){2,}|[$€£¥]\s?\d[\d.,]*|\d+(?:,\d{3})+(?!\d|,\d)(?:\.\d+)?|\d+(?:[.:/]\d+)*(?:%|(?:-?\p{L}+)+)?|\p{L}[\p{L}\p{M}]*(?:[-'’][\p{L}\p{M}\d]+)*|\S/gu;

/** Words as one phrase in small letters. */
export function phraseOf(words: readonly Word[]): string {
  return words.map(({ lower }) => lower).join(' ');
}

/** The words and marks of a sentence in order. */
export function wordsOf(sentence: string): Word[] {
  return [...sentence.matchAll(WORD)].map(({ 0: text, index }) => ({
    text,
    lower: text.toLowerCase().replace('’', "'"),
    start: index,
    end: index + text.length,
  }));
}

const UNITS = new Map(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
   eighteen nineteen`
    .split(/\s+/)
    .map((word, value) => [word, value] as const),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, 20 + 10 * index] as const),
);
const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
]);
/** Words without a number, with the least that they can honestly mean; null when they tell nothing. */
const VAGUE = new Map<string, number | null>([
  ['multiple', null],
  ['several', null],
  ['many', null],
  ['numerous', null],
  ['dozens', 12],
  ['scores', 20],
  ['hundreds', 100],
  ['thousands', 1000],
]);

type Bound = 'least' | 'most' | 'about';

/** Hedges in front of a number, longest first. */
const HEDGES: [string[], Bound][] = (
  [
    [
      'at least|well over|no fewer than|no less than|not less than|more than|over|upwards of|in excess of',
      'least',
    ],
    ['up to|as many as|at most|no more than|fewer than|less than', 'most'],
    [
      'an estimated|estimated|about|around|approximately|roughly|some|nearly|almost|close to|approaching',
      'about',
    ],
  ] as [string, Bound][]
)
  .flatMap(([phrases, bound]) =>
    phrases.split('|').map((phrase): [string[], Bound] => [phrase.split(' '), bound]),
  )
  .sort((a, b) => b[0].length - a[0].length);

/** The quantity that begins at `words[at]`, or null. */
export function quantityAt(words: readonly Word[], at: number): Quantity | null {
  const hedge = HEDGES.find(([phrase]) => phrase.every((word, offset) => words[at + offset]?.lower === word));
  const numberStart = at + (hedge?.[0].length ?? 0);
  const counted = rangeAt(words, numberStart) ?? vagueAt(words, numberStart);
  if (hedge !== undefined) {
    const bounded = counted === null ? null : boundedBy(counted, hedge[1]);
    return bounded === null ? null : { ...bounded, start: at, numberStart };
  }
  return counted ?? articleAt(words, at);
}

function boundedBy(counted: Quantity, bound: Bound): Quantity | null {
  if (counted.kind === 'vague') return bound === 'about' ? null : counted;
  if (bound === 'least') return { ...counted, max: null };
  return bound === 'most' ? { ...counted, min: null } : counted;
}

/** "13", "9 to 13", "9-13", "between 9 and 13". */
function rangeAt(words: readonly Word[], at: number): Quantity | null {
  const isBetween = words[at]?.lower === 'between';
  const first = numberAt(words, isBetween ? at + 1 : at);
  if (first === null) return null;
  const joint = words[first.end]?.lower ?? '';
  const second = (isBetween ? joint === 'and' : /^(?:to|or|-|–)$/.test(joint))
    ? numberAt(words, first.end + 1)
    : null;
  const base = { kind: 'number', start: at, numberStart: at } as const;
  if (second !== null && second.value > first.value)
    return { ...base, min: first.value, max: second.value, end: second.end };
  return isBetween ? null : { ...base, min: first.value, max: first.value, end: first.end };
}

function vagueAt(words: readonly Word[], at: number): Quantity | null {
  const word = words[at]?.lower ?? '';
  const next = words[at + 1]?.lower ?? '';
  const base = { kind: 'vague', start: at, numberStart: at, max: null } as const;
  const isCountless = word === 'tens' || word === 'hundreds';
  if (isCountless && next === 'of' && words[at + 2]?.lower === 'thousands')
    return { ...base, min: word === 'tens' ? 10_000 : 100_000, end: afterOf(words, at + 3) };
  if (word === 'a' && next === 'number' && words[at + 2]?.lower === 'of')
    return { ...base, min: null, end: at + 3 };
  if (word === 'a' && next === 'few') return { ...base, min: null, end: afterOf(words, at + 2) };
  const min = VAGUE.get(word);
  return min === undefined ? null : { ...base, min, end: afterOf(words, at + 1) };
}

/** "dozens of people", but "several of them" is read by its noun. */
function afterOf(words: readonly Word[], at: number): number {
  return words[at]?.lower === 'of' ? at + 1 : at;
}

/** "a soldier", "no casualties": what is counted decides whether it is a number at all. */
function articleAt(words: readonly Word[], at: number): Quantity | null {
  const word = words[at]?.lower ?? '';
  const base = { start: at, numberStart: at, end: at + 1 };
  const ordinal = ordinalEnd(words, at);
  if (ordinal !== null) return { ...base, kind: 'number', min: 1, max: 1, end: ordinal };
  const size = isCouple(words, at) ? 2 : 1;
  if (word === 'a' || word === 'an') return { ...base, kind: 'one', min: size, max: size };
  if (word === 'nobody') return { ...base, kind: 'none', min: 0, max: 0 };
  if (word === 'none' && words[at + 1]?.lower === 'of') return { ...base, kind: 'none', min: 0, max: 0 };
  if (word === 'no' || word === 'without')
    return {
      ...base,
      kind: 'none',
      min: 0,
      max: 0,
      end: words[at + 1]?.lower === 'any' ? at + 2 : at + 1,
    };
  return null;
}

/** "A couple", "an elderly couple"; "a couple of" is a few. */
function isCouple(words: readonly Word[], at: number): boolean {
  const couple = words.slice(at + 1, at + 3).findIndex(({ lower }) => lower === 'couple');
  return couple >= 0 && words[at + couple + 2]?.lower !== 'of';
}

/** After "another" or "a second", which are one more: "one soldier died and another was wounded". */
function ordinalEnd(words: readonly Word[], at: number): number | null {
  const [first = '', second = ''] = [words[at]?.lower, words[at + 1]?.lower];
  if (first === 'another') return (rangeAt(words, at + 1) ?? vagueAt(words, at + 1)) ? null : at + 1;
  return first === 'a' && /^(?:second|third|fourth|fifth|sixth)$/.test(second) ? at + 2 : null;
}

interface Numeral {
  value: number;
  end: number;
}

function numberAt(words: readonly Word[], at: number): Numeral | null {
  const word = words[at]?.text ?? '';
  if (/^\d/.test(word)) return digitsAt(words, at);
  const dozen = dozenAt(words, at);
  return dozen ?? spelledAt(words, at);
}

function digitsAt(words: readonly Word[], at: number): Numeral | null {
  const text = words[at]?.text ?? '';
  const scale = SCALES.get(words[at + 1]?.lower ?? '');
  const isWhole = /^\d{1,9}$|^\d{1,3}(?:,\d{3})+$/.test(text);
  if (!isWhole && !(scale !== undefined && /^\d+\.\d+$/.test(text))) return null;
  const value = Number(text.replaceAll(',', ''));
  return scale === undefined ? { value, end: at + 1 } : { value: Math.round(value * scale), end: at + 2 };
}

function dozenAt(words: readonly Word[], at: number): Numeral | null {
  const phrase = [0, 1, 2].map((offset) => words[at + offset]?.lower ?? '');
  if (phrase.join(' ') === 'half a dozen') return { value: 6, end: at + 3 };
  if (phrase[1] !== 'dozen') return null;
  if (phrase[0] === 'a') return { value: 12, end: at + 2 };
  const count = UNITS.get(phrase[0] ?? '');
  return count === undefined ? null : { value: 12 * count, end: at + 2 };
}

/** "thirteen", "twenty-three", "one hundred and five", "a hundred", "two thousand". */
function spelledAt(words: readonly Word[], at: number): Numeral | null {
  const isAHundred = words[at]?.lower === 'a' && SCALES.has(words[at + 1]?.lower ?? '');
  let number = { total: 0, current: isAHundred ? 1 : 0 };
  let end = isAHundred ? at + 1 : at;
  for (;;) {
    const skipped = words[end]?.lower === 'and' && number.total + number.current >= 100 ? end + 1 : end;
    const grown = grow(number, words[skipped]?.lower);
    if (grown === null) break;
    number = grown;
    end = skipped + 1;
  }
  return end === at ? null : { value: number.total + number.current, end };
}

/** The number with one more word; null when the word does not belong to it ("five six", "and"). */
function grow(
  number: { total: number; current: number },
  word: string | undefined,
): { total: number; current: number } | null {
  const { total, current } = number;
  const small = smallNumber(word);
  const scale = SCALES.get(word ?? '');
  if (small !== null) {
    const isFresh = current === 0 || current % 100 === 0;
    return isFresh ? { total, current: current + small } : null;
  }
  if (scale === undefined || current === 0) return null;
  return scale === 100 ? { total, current: current * 100 } : { total: total + current * scale, current: 0 };
}

/** Below 100: "seven", "twenty", "twenty-three". */
function smallNumber(word: string | undefined): number | null {
  if (word === undefined) return null;
  const plain = UNITS.get(word) ?? TENS.get(word);
  if (plain !== undefined) return plain;
  const [tens, unit] = word.split('-');
  const high = TENS.get(tens ?? '');
  const low = UNITS.get(unit ?? '');
  return high !== undefined && low !== undefined && low < 10 ? high + low : null;
}
