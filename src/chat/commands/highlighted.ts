import type { Span } from '../../model/article.ts';
import type { Line } from '../../model/rich-text.ts';
import { splitSentences } from '../../text/sentences.ts';
import { cut, SENTENCE_SHOWN } from '../plain.ts';

/** The sentence of the text that has most of these spans, with them in bold; empty when there are none. */
export function highlighted(text: string, spans: readonly Span[]): Line {
  const sentences = splitSentences(text).map((sentence) => ({
    sentence,
    inside: spans.filter(({ start, end }) => start >= sentence.start && end <= sentence.end),
  }));
  const [most] = sentences.sort((a, b) => b.inside.length - a.inside.length);
  if (most === undefined || most.inside.length === 0) return [];
  const { sentence, inside } = most;
  const end = Math.min(sentence.end, sentence.start + SENTENCE_SHOWN);
  const line: Line = [];
  let at = sentence.start;
  for (const span of inside.sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end > end) continue;
    line.push(text.slice(at, span.start), { text: text.slice(span.start, span.end), style: 'bold' });
    at = span.end;
  }
  line.push(cut(text.slice(at, sentence.end), Math.max(1, end - at)));
  return line.filter((part) => part !== '');
}
