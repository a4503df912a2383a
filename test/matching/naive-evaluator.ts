import { type Condition, conditionOf } from '../../src/matching/condition.ts';
import type { FeedLabels } from '../../src/matching/feed-labels.ts';
import { parseQuery } from '../../src/matching/query.ts';
import type { Spelling, Term } from '../../src/matching/spellings.ts';
import { stem } from '../../src/text/stem.ts';
import { type Token, tokenize } from '../../src/text/tokens.ts';

/** A text as the naive evaluator sees it. */
export interface NaiveText {
  text: string;
  titleEnd: number;
  language: string | null;
  feed: FeedLabels | null;
}

/** Whether a text satisfies a query, by trying every spelling at every word: slow, obvious, without an index. */
export function satisfiesNaively(query: string, text: NaiveText): boolean {
  return holds(conditionOf(parseQuery(query).root), text, tokenize(text.text));
}

function holds(condition: Condition, text: NaiveText, tokens: Token[]): boolean {
  if (condition.kind === 'not') return !holds(condition.item, text, tokens);
  if (condition.kind === 'property') {
    return condition.field === 'lang'
      ? condition.value === text.language
      : isFeed(condition.value.toLowerCase(), text.feed);
  }
  if (condition.kind === 'term') {
    const words = condition.inTitle ? tokens.filter((token) => token.end <= text.titleEnd) : tokens;
    return condition.spellings.some((spelling) => words.some((_, at) => standsAt(spelling, text, words, at)));
  }
  const results = condition.items.map((item) => holds(item, text, tokens));
  return condition.kind === 'all' ? results.every(Boolean) : results.some(Boolean);
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

function standsAt(spelling: Spelling, text: NaiveText, tokens: Token[], at: number): boolean {
  const [term, ...rest] = spelling;
  if (term === undefined) return true;
  return [1, 2, 3].some((length) => {
    const parts = tokens.slice(at, at + length);
    if (parts.length < length || !isOneWord(parts, text.text) || !isTerm(term, parts, text)) return false;
    const [last, next] = [tokens[at + length - 1], tokens[at + length]];
    if (rest.length === 0) return true;
    return (
      last !== undefined &&
      next !== undefined &&
      goesOn(last, next, parts, text) &&
      standsAt(rest, text, tokens, at + length)
    );
  });
}

function isOneWord(parts: Token[], text: string): boolean {
  return parts.every((part, at) => {
    const before = parts[at - 1];
    return before === undefined || /^[-'’]$/.test(text.slice(before.end, part.start));
  });
}

function isTerm(term: Term, parts: Token[], { text, language }: NaiveText): boolean {
  const form = parts.map((part) => part.form).join('');
  const isForm = term.stemmed ? stem(form, language) === stem(term.form, language) : form === term.form;
  const source = text.slice(parts[0]?.start, parts.at(-1)?.end);
  return isForm && (!term.capitals || (source === source.toUpperCase() && source !== source.toLowerCase()));
}

/** No sentence and no title ends between; a full stop after three letters or fewer is an abbreviation's. */
function goesOn(last: Token, next: Token, parts: Token[], { text, titleEnd }: NaiveText): boolean {
  const gap = text.slice(last.end, next.start);
  if (last.end <= titleEnd && next.start > titleEnd) return false;
  if (gap.includes('\n\n') || /[!?;]/.test(gap)) return false;
  return !gap.includes('. ') || parts.map((part) => part.form).join('').length <= 3;
}
