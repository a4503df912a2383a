import type { Span } from '../model/article.ts';
import { overlaps } from '../text/spans.ts';
import type { Sentence } from './sentence.ts';

/** A quotation that runs on for more sentences is a mark that somebody forgot. */
const QUOTED_SENTENCES = 5;
const OPENING = /^\s*["“]/u;

/**
 * Whole sentences in quotation marks are somebody's even where only a neighbour tells whose: `“Six people died. We saw
 * it,” said X.` They get that speaker; where nobody tells, they are no report of the outlet and are set aside.
 */
export function attributeQuotations(sentences: Sentence[]): void {
  let at = 0;
  while (at < sentences.length) {
    const last = lastQuoted(sentences, at);
    if (last !== null) quote(sentences, at, last);
    at = (last ?? at) + 1;
  }
}

/** Index of the sentence that ends the quotation which `sentences[at]` begins with or leaves open; null for none. */
function lastQuoted(sentences: Sentence[], at: number): number | null {
  const first = sentences[at]?.text ?? '';
  const isOpen = leavesOpen(first);
  if (!isOpen) return OPENING.test(first) && /["”][.,]?$/u.test(first) ? at : null;
  for (let next = at + 1; next < Math.min(sentences.length, at + QUOTED_SENTENCES); next += 1)
    if (/["”]/u.test(sentences[next]?.text ?? '')) return next;
  return null;
}

function leavesOpen(text: string): boolean {
  const opened = text.match(/“/gu)?.length ?? 0;
  const closed = text.match(/”/gu)?.length ?? 0;
  return opened > closed || (text.match(/"/gu)?.length ?? 0) % 2 === 1;
}

function quote(sentences: Sentence[], from: number, to: number): void {
  const passages = sentences.slice(from, to + 1).map((sentence, index) => {
    const span = quotedSpan(sentence, { isFirst: index === 0, isLast: from + index === to });
    return { sentence, span };
  });
  const told =
    passages.flatMap(({ sentence, span }) =>
      sentence.attributions.filter(({ claim }) => overlaps(claim, span)),
    )[0] ??
    passages[0]?.sentence.attributions.at(-1) ??
    earlierSpeaker(sentences[from - 1]);
  for (const { sentence, span } of passages) {
    if (sentence.attributions.some(({ claim }) => overlaps(claim, span))) continue;
    if (told === undefined) sentence.background.push(span);
    else sentence.attributions.push({ ...told, claim: span });
  }
}

/** The part of a sentence that is quoted: from the mark that opens the quotation, up to the one that closes it. */
function quotedSpan(
  { text, start, end }: Sentence,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): Span {
  const isWhole = isFirst && isLast;
  const opening = isWhole ? text.search(/["“]/u) : text.search(/["“](?!.*["“])/u);
  const closing = isWhole ? text.search(/["”](?!.*["”])/u) : text.search(/["”]/u);
  return trimmed(
    text,
    { start: isFirst ? opening + 1 : 0, end: isLast ? closing : text.length },
    { start, end },
  );
}

function trimmed(text: string, { start, end }: Span, sentence: Span): Span {
  const words = text.slice(start, end);
  const lead = /^[\s"“”]*/u.exec(words)?.[0].length ?? 0;
  const tail = /[\s"“”.,;:]*$/u.exec(words.slice(lead))?.[0].length ?? 0;
  return { start: sentence.start + start + lead, end: sentence.start + end - tail };
}

/** Who was quoted in the sentence before and goes on. */
function earlierSpeaker(before: Sentence | undefined): Sentence['attributions'][number] | undefined {
  return before !== undefined && /["”]/u.test(before.text) ? before.attributions.at(-1) : undefined;
}
