import {
  type Condition,
  conditionOf,
  type Knowledge,
  type PropertyCondition,
  type TermCondition,
} from '../../src/matching/condition.ts';
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

/** Whether a text satisfies a query, by trying every spelling at every word: slow, obvious, without an index. */
export function satisfiesNaively(query: string, text: NaiveText, knowledge: Knowledge = {}): boolean {
  return holds(conditionOf(query, knowledge), text, tokenize(text.text));
}

/** Words in a row: from the first token to before the last. */
interface Place {
  from: number;
  to: number;
}

function holds(condition: Condition, text: NaiveText, tokens: Token[]): boolean {
  switch (condition.kind) {
    case 'not':
      return !holds(condition.item, text, tokens);
    case 'property':
      return hasProperty(condition, text);
    case 'topic':
      return hasProperty(condition.property, text) || holds(condition.item, text, tokens);
    case 'term':
      return placesOf(condition, text, tokens).length > 0;
    case 'near':
      return isNear(condition, text, tokens);
    case 'all':
      return condition.items.every((item) => holds(item, text, tokens));
    case 'any':
      return condition.items.some((item) => holds(item, text, tokens));
  }
}

function isNear(near: Condition & { kind: 'near' }, text: NaiveText, tokens: Token[]): boolean {
  const [lefts = [], rights = []] = near.items.map((side) => sidePlaces(side, text, tokens));
  const isPair = (one: Place, other: Place) => other.from >= one.to && other.from - one.to <= near.distance;
  return lefts.some((left) =>
    rights.some((right) => isPair(left, right) || (!near.ordered && isPair(right, left))),
  );
}

function sidePlaces(side: Condition, text: NaiveText, tokens: Token[]): Place[] {
  if (side.kind === 'term') return placesOf(side, text, tokens);
  return 'items' in side ? side.items.flatMap((item) => sidePlaces(item, text, tokens)) : [];
}

function placesOf({ spellings, inTitle }: TermCondition, text: NaiveText, tokens: Token[]): Place[] {
  const words = inTitle ? tokens.filter((token) => token.end <= text.titleEnd) : tokens;
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
