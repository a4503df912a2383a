import type { Span } from '../model/article.ts';

/** A text as quotations are compared, with the place of each of its characters in the original. */
interface Folded {
  text: string;
  /** Where the original of `text[i]` starts and ends. */
  starts: number[];
  ends: number[];
}

const SPACE = /\s/u;
const SINGLE = /[‘’‚‛′`´]/gu;
const DOUBLE = /[“”„‟«»″]/gu;
const DASH = /[\u2010-\u2015\u2212]/gu;
/** Soft hyphens, zero-width and directional characters: no reader sees them. */
const UNSEEN = /^[\p{Cf}\p{Cc}]+$/u;

/** The words without differences that no reader minds: compatibility forms, quotation marks, dashes, spaces. */
export function foldQuote(text: string): string {
  return folded(text).text.trim();
}

function folded(text: string): Folded {
  const result: Folded = { text: '', starts: [], ends: [] };
  // A letter and its combining marks are one, however they are encoded.
  for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const plain = foldCluster(cluster);
    const isRepeatedSpace = plain === ' ' && result.text.endsWith(' ');
    if (isRepeatedSpace) continue;
    result.text += plain;
    for (let at = 0; at < plain.length; at += 1) {
      result.starts.push(index);
      result.ends.push(index + cluster.length);
    }
  }
  return result;
}

function foldCluster(cluster: string): string {
  if (SPACE.test(cluster)) return ' ';
  if (UNSEEN.test(cluster)) return '';
  return cluster
    .normalize('NFKC')
    .replace(SINGLE, "'")
    .replace(DOUBLE, '"')
    .replace(DASH, '-')
    .replace(/\s+/gu, ' ');
}

/** Finds quotations in one text. */
export function quoteFinder(text: string): (quote: string) => Span[] {
  const source = folded(text);
  return (quote) => {
    const words = foldQuote(quote).replace(/^["'\s]+|["'\s]+$/gu, '');
    const spans: Span[] = [];
    if (words === '') return spans;
    for (let at = source.text.indexOf(words); at >= 0; at = source.text.indexOf(words, at + 1)) {
      const end = at + words.length;
      if (isInsideWord(source.text, at) || isInsideWord(source.text, end)) continue;
      spans.push({ start: source.starts[at] ?? 0, end: source.ends[end - 1] ?? 0 });
    }
    return spans;
  };
}

/** Whether a word, or a number with its separators, goes on across `at`: "13" is not in "130", "1,300" or "13.5". */
function isInsideWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at, at + 2);
  if (/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after)) return true;
  return (/\d$/u.test(before) && /^[.,:]\d/u.test(after)) || (/\d[.,:]$/u.test(before) && /^\d/u.test(after));
}
