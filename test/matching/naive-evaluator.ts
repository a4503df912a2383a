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
}

/**
 * How a text ranks for a query, or null when it does not satisfy it, by trying every spelling at every word: slow,
 * obvious, without an index.
 */
export function rankNaively(query: string, text: NaiveText, knowledge: Knowledge = {}): number | null {
  const result = weigh(conditionOf(query, knowledge), text, tokenize(text.text));
  return result === null ? null : Math.max(0, 100 - result.off);
}

/** Words in a row: from the first token to before the last. */
interface Place {
  from: number;
  to: number;
}

/** What satisfies a condition, and the points off. */
interface Weighed {
  off: number;
  words: Found[];
}

interface Found {
  start: number;
  end: number;
  /** The same for the same words of a query. */
  of: string;
}

function weigh(condition: Condition, text: NaiveText, tokens: Token[]): Weighed | null {
  switch (condition.kind) {
    case 'not': {
      const excluded = weigh(condition.item, text, tokens);
      return excluded === null || excluded.off >= 50 ? { off: 0, words: [] } : null;
    }
    case 'property':
      return weighProperty(condition, text);
    case 'topic': {
      const { item, guards, property } = condition;
      const own = { kind: 'guarded' as const, item, guards };
      return least([own, property].map((choice) => weigh(choice, text, tokens)));
    }
    case 'guarded': {
      const item = weigh(condition.item, text, tokens);
      if (item === null) return null;
      const off = condition.guards.map((guard) => pointsOff(guard, item.words, text, tokens));
      return { ...item, off: off.reduce((sum, points) => sum + points, item.off) };
    }
    case 'term': {
      const words = foundAt(condition, placesOf(condition, text, tokens), tokens);
      return words.length === 0 ? null : { off: 0, words };
    }
    case 'near': {
      const words = nearWords(condition, text, tokens);
      return words.length === 0 ? null : { off: 0, words };
    }
    case 'all': {
      const items = condition.items.map((item) => weigh(item, text, tokens));
      const held = items.filter((item) => item !== null);
      if (held.length < items.length) return null;
      return { off: held.reduce((sum, { off }) => sum + off, 0), words: held.flatMap(({ words }) => words) };
    }
    case 'any':
      return least(condition.items.map((item) => weigh(item, text, tokens)));
  }
}

function least(choices: (Weighed | null)[]): Weighed | null {
  const held = choices.filter((choice) => choice !== null);
  if (held.length === 0) return null;
  return { off: Math.min(...held.map(({ off }) => off)), words: held.flatMap(({ words }) => words) };
}

function weighProperty(condition: PropertyCondition, text: NaiveText): Weighed | null {
  if (hasProperty(condition, text)) return { off: 0, words: [] };
  if (condition.field !== 'place' && condition.field !== 'country') return null;
  const mentioning = { ...text, fields: { places: text.fields?.mentioned } };
  return hasProperty(condition, mentioning) ? { off: 60, words: [] } : null;
}

/** Each different sign near all of the words, or three of them in the lead, up to two. */
function pointsOff({ item, weight, reach }: Guard, words: Found[], text: NaiveText, tokens: Token[]): number {
  const signs = weigh(item, text, tokens)?.words ?? [];
  const isNear = (one: Found, other: Found) =>
    one.start <= other.end + reach && one.end >= other.start - reach;
  const different = (some: Found[]) => new Set(some.map(({ of }) => of)).size;
  if (words.length === 0) return 0;
  const isTitled = signs.some(({ end }) => end <= text.titleEnd);
  if (isTitled && different(signs.filter(({ end }) => end <= text.titleEnd + 150)) >= 3) return 2 * weight;
  if (words.some((word) => !signs.some((sign) => isNear(sign, word)))) return 0;
  return weight * Math.min(2, different(signs.filter((sign) => words.some((word) => isNear(sign, word)))));
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

type SidePlace = Place & { term: TermCondition };

function sidePlaces(side: Condition, text: NaiveText, tokens: Token[]): SidePlace[] {
  if (side.kind === 'term') return placesOf(side, text, tokens).map((place) => ({ ...place, term: side }));
  return 'items' in side ? side.items.flatMap((item) => sidePlaces(item, text, tokens)) : [];
}

function placesOf({ spellings, within }: TermCondition, text: NaiveText, tokens: Token[]): Place[] {
  const end = { text: Infinity, title: text.titleEnd, lead: text.titleEnd + 150 }[within];
  const words = tokens.filter((token) => token.end <= end);
  return spellings.flatMap(({ terms }) =>
    words.flatMap((_, at) => endsFrom(terms, text, words, at).map((to) => ({ from: at, to }))),
  );
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
    if (parts.length < length || !isOneWord(parts, text.text) || !isTerm(term, parts, text)) return [];
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
