import {
  type Condition,
  conditionOf,
  type Knowledge,
  type PropertyCondition,
  type TermCondition,
} from '../../src/matching/condition.ts';
import type { Guard } from '../../src/matching/doubts.ts';
import type { FeedLabels } from '../../src/matching/feed-labels.ts';
import type { ArticleFields } from '../../src/matching/fields.ts';
import type { Term } from '../../src/matching/spellings.ts';
import { withoutClitics } from '../../src/text/clitics.ts';
import { stem } from '../../src/text/stem.ts';
import { type Token, tokenize } from '../../src/text/tokens.ts';

/** A text as the naive evaluator sees it. */
export interface NaiveText {
  text: string;
  titleEnd: number;
  language: string | null;
  feed: FeedLabels | null;
  fields?: Partial<ArticleFields>;
  /** Figures of speech, whose words say nothing. */
  hidden?: readonly Found[];
}

/**
 * How a text ranks for a query, or null when it does not satisfy it, by trying every spelling at every word: slow,
 * obvious, without an index.
 */
export function rankNaively(query: string, text: NaiveText, knowledge: Knowledge = {}): number | null {
  const result = weigh(conditionOf(query, knowledge), text, tokenize(text.text));
  return result === null ? null : Math.max(0, 100 - off(result));
}

/** Words in a row: from the first token to before the last. */
interface Place {
  from: number;
  to: number;
}

/** What satisfies a condition, and what takes points off: by what says it of what. */
interface Weighed {
  doubts: ReadonlyMap<string, number>;
  words: Found[];
}

const NO_DOUBTS: Weighed['doubts'] = new Map();

interface Found {
  start: number;
  end: number;
  /** The same for the same words of a query. */
  of: string;
}

/** Of signs, words near each other are found as one, if a sentence holds them. */
function weigh(condition: Condition, text: NaiveText, tokens: Token[], isSign = false): Weighed | null {
  switch (condition.kind) {
    case 'not': {
      const excluded = weigh(condition.item, text, tokens, isSign);
      return excluded === null || off(excluded) >= 50 ? { doubts: NO_DOUBTS, words: [] } : null;
    }
    case 'property':
      return weighProperty(condition, text);
    case 'topic': {
      const { property, ...rest } = condition;
      const own = { ...rest, kind: 'guarded' as const };
      return least([own, property].map((choice) => weigh(choice, text, tokens, isSign)));
    }
    case 'guarded': {
      const item = weigh(condition.item, text, tokens, isSign);
      return item === null
        ? null
        : { ...item, doubts: once([item, doubtsOf(condition, item, text, tokens)]) };
    }
    case 'term':
      return undoubted(foundAt(condition, placesOf(condition, text, tokens), tokens));
    case 'near':
      return undoubted((isSign ? nearPairs : nearWords)(condition, text, tokens));
    case 'all':
      return together(condition.items.map((item) => weigh(item, text, tokens, isSign)));
    case 'any':
      return least(condition.items.map((item) => weigh(item, text, tokens, isSign)));
  }
}

function undoubted(words: Found[]): Weighed | null {
  return words.length === 0 ? null : { doubts: NO_DOUBTS, words };
}

function together(items: (Weighed | null)[]): Weighed | null {
  const held = items.filter((item) => item !== null);
  if (held.length < items.length) return null;
  return { doubts: once(held), words: held.flatMap(({ words }) => words) };
}

function least(choices: (Weighed | null)[]): Weighed | null {
  const held = choices.filter((choice) => choice !== null);
  if (held.length === 0) return null;
  const best = held.toSorted((one, other) => off(one) - off(other))[0];
  return { doubts: best?.doubts ?? NO_DOUBTS, words: held.flatMap(({ words }) => words) };
}

function off({ doubts }: Pick<Weighed, 'doubts'>): number {
  return [...doubts.values()].reduce((sum, points) => sum + points, 0);
}

/** What says the same of the same words counts once, as much as the strongest. */
function once(all: Pick<Weighed, 'doubts'>[]): Weighed['doubts'] {
  const sorted = all.flatMap(({ doubts }) => [...doubts]).toSorted(([, one], [, other]) => one - other);
  return new Map(sorted);
}

function weighProperty(condition: PropertyCondition, text: NaiveText): Weighed | null {
  if (hasProperty(condition, text)) return { doubts: NO_DOUBTS, words: [] };
  if (condition.field !== 'place' && condition.field !== 'country') return null;
  const mentioning = { ...text, fields: { places: text.fields?.mentioned } };
  if (!hasProperty(condition, mentioning)) return null;
  return { doubts: new Map([[`${condition.field}:${condition.value}`, 60]]), words: [] };
}

const POINTS = { sure: 60, unsure: 30, figure: 60 };
const REACH = { sure: 60, unsure: 60, figure: 0 };

type Guarded = Condition & { kind: 'guarded' };

/**
 * Nothing where words stand in a title without signs; beside hard news there are no signs but figures, and what is
 * not in them must not hold, in the text or else in the title alone.
 */
function doubtsOf(
  { guards, news, item }: Guarded,
  { words }: Weighed,
  text: NaiveText,
  tokens: Token[],
): Pick<Weighed, 'doubts'> {
  const hard = news === null ? [] : (weigh(news, text, tokens, true)?.words ?? []);
  const isHard = hard.some((one) => words.some((word) => isWithin(one, word, 100)));
  const told = guards
    .filter(({ kind }) => kind === 'figure' || !isHard)
    .map((guard) => ({ guard, signs: weigh(guard.item, text, tokens, true)?.words ?? [] }));
  const rest = (signs: Found[]) => {
    const hidden = [...(text.hidden ?? []), ...signs];
    return weigh(item, { ...text, hidden }, tokens)?.words ?? [];
  };
  const inTitle = (some: Found[]) => some.some(({ end }) => end <= text.titleEnd);
  const headline = isHard ? [] : words.filter(({ end }) => end <= text.titleEnd);
  const doubts = told.flatMap(({ guard, signs }) => {
    if (guard.kind !== 'figure') return doubtOf(guard, words, signs, text);
    const left = signs.length === 0 ? [] : rest(signs);
    const isFigure = left.length === 0;
    const isFigureInTitle = !inTitle(left);
    return [
      ...(isFigure ? doubtOf(guard, words, signs, text) : []),
      ...(isFigureInTitle ? doubtOf(guard, headline, signs, text) : []),
    ];
  });
  if (inTitle(words) && !told.some(({ signs }) => inTitle(signs))) return { doubts: NO_DOUBTS };
  return { doubts: once(doubts.map((doubt) => ({ doubts: new Map([doubt]) }))) };
}

function isWithin(one: Found, other: Found, characters: number): boolean {
  return one.start <= other.end + characters && one.end >= other.start - characters;
}

function different(signs: Found[]): number {
  return new Set(apart(signs).map(({ of }) => of)).size;
}

/** Of signs that overlap, only the first and longest one. */
function apart(signs: Found[]): Found[] {
  const [first] = signs.toSorted((one, other) => one.start - other.start || other.end - one.end);
  return first === undefined ? [] : [first, ...apart(signs.filter(({ start }) => start >= first.end))];
}

/** Each different sign near all of the words, or three of them in the lead, up to two. */
function doubtOf({ name, kind }: Guard, words: Found[], signs: Found[], text: NaiveText): [string, number][] {
  if (words.length === 0) return [];
  const isNear = (one: Found, other: Found) => isWithin(one, other, REACH[kind]);
  const lead = signs.filter(({ end }) => end <= text.titleEnd + 150);
  const isAll = kind !== 'figure' && lead.some(({ end }) => end <= text.titleEnd) && different(lead) >= 3;
  if (kind !== 'figure' && !isAll && words.some((word) => !signs.some((sign) => isNear(sign, word))))
    return [];
  const counted = isAll ? lead : signs.filter((sign) => words.some((word) => isNear(sign, word)));
  if (counted.length === 0) return [];
  const start = Math.min(...counted.map((sign) => sign.start));
  const end = Math.max(...counted.filter((sign) => sign.start === start).map((sign) => sign.end));
  return [[`${name} ${start} ${end}`, POINTS[kind] * Math.min(2, different(counted))]];
}

function foundAt({ spellings, within }: TermCondition, places: Place[], tokens: Token[]): Found[] {
  const of = JSON.stringify([within, spellings.map(({ terms }) => terms)]);
  return places.map(({ from, to }) => ({
    start: tokens[from]?.start ?? 0,
    end: tokens[to - 1]?.end ?? 0,
    of,
  }));
}

function nearWords(near: Condition & { kind: 'near' }, text: NaiveText, tokens: Token[]): Found[] {
  const [lefts = [], rights = []] = near.items.map((side) => sidePlaces(side, text, tokens));
  const isPair = (one: Place, other: Place) => other.from >= one.to && other.from - one.to <= near.distance;
  const isEither = (left: Place, right: Place) =>
    isPair(left, right) || (!near.ordered && isPair(right, left));
  return [
    ...lefts.filter((left) => rights.some((right) => isEither(left, right))),
    ...rights.filter((right) => lefts.some((left) => isEither(left, right))),
  ].flatMap((place) => foundAt(place.term, [place], tokens));
}

function nearPairs(near: Condition & { kind: 'near' }, text: NaiveText, tokens: Token[]): Found[] {
  const [lefts = [], rights = []] = near.items.map((side) => sidePlaces(side, text, tokens));
  const isPair = (one: SidePlace, other: SidePlace) =>
    other.from - one.to <= near.distance &&
    isOneSentence(one, other, text, tokens) &&
    isOneClause(one, other, text, tokens);
  const nearest = (one: SidePlace, others: SidePlace[]) =>
    others
      .filter((other) => other.from >= one.to)
      .sort((a, b) => a.from - b.from || b.to - a.to)
      .slice(0, 1);
  const pairs = (some: SidePlace[], others: SidePlace[]) =>
    some.flatMap((one) =>
      nearest(one, others)
        .filter((other) => isPair(one, other))
        .flatMap((other) => foundAt(one.term, [{ from: one.from, to: other.to }], tokens)),
    );
  return [...pairs(lefts, rights), ...(near.ordered ? [] : pairs(rights, lefts))];
}

function isOneSentence(one: Place, other: Place, text: NaiveText, tokens: Token[]): boolean {
  const [last, next] = [tokens[one.to - 1], tokens[other.from]];
  return last !== undefined && next !== undefined && goesOn(last, next, tokens.slice(one.from, one.to), text);
}

/** No comma, colon, bracket or dash between, unless it comes first, after a number at most. */
function isOneClause(one: Place, other: Place, { text }: NaiveText, tokens: Token[]): boolean {
  const gap = text.slice(tokens[one.to - 1]?.end, tokens[other.from]?.start);
  const words = gap.trimStart().replace(/^\d*[,:]/, '');
  return !/[,،;:()—–]/.test(words) && !words.includes(' - ');
}

type SidePlace = Place & { term: TermCondition };

function sidePlaces(side: Condition, text: NaiveText, tokens: Token[]): SidePlace[] {
  if (side.kind === 'term') return placesOf(side, text, tokens).map((place) => ({ ...place, term: side }));
  return 'items' in side ? side.items.flatMap((item) => sidePlaces(item, text, tokens)) : [];
}

function placesOf({ spellings, within }: TermCondition, text: NaiveText, tokens: Token[]): Place[] {
  const end = { text: Infinity, title: text.titleEnd, lead: text.titleEnd + 150 }[within];
  const words = tokens.filter((token) => token.end <= end);
  const { hidden = [] } = text;
  const all = spellings.flatMap(({ terms }) =>
    words.flatMap((_, at) => endsFrom(terms, text, words, at).map((to) => ({ from: at, to }))),
  );
  const isHidden = ({ from, to }: Place) =>
    hidden.some(({ start, end }) => start < (tokens[to - 1]?.end ?? 0) && (tokens[from]?.start ?? 0) < end);
  return all.filter((place) => !isHidden(place));
}

function hasProperty({ field, value }: PropertyCondition, text: NaiveText): boolean {
  const wanted = value.toLowerCase();
  const says = (known: string | null | undefined) => ` ${known?.toLowerCase()} `.includes(` ${wanted} `);
  switch (field) {
    case 'lang':
      return value === text.language;
    case 'feed':
      return isFeed(wanted, text.feed);
    case 'source':
      return says(text.fields?.outlet);
    case 'author':
      return says(text.fields?.author);
    case 'tag':
      return text.fields?.tags?.some(says) ?? false;
    case 'topic':
      return text.fields?.topics?.includes(value) ?? false;
    case 'country':
      return text.fields?.places?.some((place) => place.country === value) ?? false;
    case 'place':
      return text.fields?.places?.some((place) => place.name === value || place.admin === value) ?? false;
  }
}

/** For values in small letters with single spaces, and names of letters and spaces. */
function isFeed(value: string, feed: FeedLabels | null): boolean {
  if (feed === null) return false;
  const isHost = ({ hostname }: URL) => value.includes('.') && `.${hostname}`.endsWith(`.${value}`);
  return (
    feed.groups.some((group) => group.toLowerCase() === value) ||
    feed.names.some((name) => ` ${name.toLowerCase()} `.includes(` ${value} `)) ||
    feed.urls.some((url) => isHost(new URL(url)))
  );
}

/** The tokens before which the words that begin at `at` may end. */
function endsFrom(terms: Term[], text: NaiveText, tokens: Token[], at: number): number[] {
  const [term, ...rest] = terms;
  if (term === undefined) return [at];
  return [1, 2, 3].flatMap((length) => {
    const parts = tokens.slice(at, at + length);
    const isWord = isOneWord(parts, text.text) || (term.how === 'form' && isBigram(parts));
    if (parts.length < length || !isWord || !isTerm(term, parts, text)) return [];
    if (rest.length === 0) return [at + length];
    const [last, next] = [parts.at(-1), tokens[at + length]];
    const isOn = last !== undefined && next !== undefined && goesOn(last, next, parts, text);
    return isOn ? endsFrom(rest, text, tokens, at + length) : [];
  });
}

function isOneWord(parts: Token[], text: string): boolean {
  return parts.every((part, at) => {
    const before = parts[at - 1];
    return before === undefined || /^[-'’]$/.test(text.slice(before.end, part.start));
  });
}

/** Two characters of Chinese that touch. */
function isBigram([left, right, more]: Token[]): boolean {
  const isHan = (token: Token | undefined) => /^\p{Script=Han}$/u.test(token?.form ?? '');
  return isHan(left) && isHan(right) && more === undefined && left?.end === right?.start;
}

function isTerm(term: Term, parts: Token[], text: NaiveText): boolean {
  const written = parts.map((part) => part.form).join('');
  const [start, end] = [parts[0]?.start ?? 0, parts.at(-1)?.end ?? 0];
  const forms = term.letters.startsWith('=') ? [written] : [written, ...withoutClitics(written)];
  return forms.some((form) => isForm(term, form, text.language)) && isWritten(term, start, end, text);
}

function isForm({ form, how }: Term, word: string, language: string | null): boolean {
  if (how === 'prefix') return word.startsWith(form);
  return how === 'stem' ? stem(word, language) === stem(form, language) : word === form;
}

function isWritten({ letters }: Term, start: number, end: number, { text, titleEnd }: NaiveText): boolean {
  const source = text.slice(start, end);
  if (letters === 'any') return true;
  if (letters === 'capitalized') return /^\p{Lu}/u.test(source);
  if (letters !== 'capitals') return `=${source.normalize('NFC').replaceAll('’', "'")}` === letters;
  const title = text.slice(0, titleEnd);
  const isLoud = title.includes(' ') && !/\p{Ll}/u.test(title) && text.length > titleEnd + 2;
  return /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]+$/u.test(source) && !(isLoud && end <= titleEnd);
}

/** No sentence and no title ends between; a full stop after three letters or fewer is an abbreviation's. */
function goesOn(last: Token, next: Token, parts: Token[], { text, titleEnd }: NaiveText): boolean {
  const gap = text.slice(last.end, next.start);
  if (last.end <= titleEnd && next.start > titleEnd) return false;
  if (gap.includes('\n\n') || /[!?;]/.test(gap)) return false;
  return (
    !gap.includes('. ') ||
    parts
      .map((part) => text.slice(part.start, part.end))
      .join('-')
      .replaceAll('.', '').length <= 3
  );
}
