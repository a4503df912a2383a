import type { Line } from '../model/rich-text.ts';

/** The text between marks; platforms read a mark only next to a word, so outer spaces stay outside. */
export function marked(text: string, mark: string): string {
  const inner = text.trim();
  return inner === '' ? text : text.replace(inner, () => `${mark}${inner}${mark}`);
}

/** A sentence of an article is shown up to here: the article has the rest. */
export const SENTENCE_SHOWN = 400;

/** The line's words without styles and links. */
export function bare(line: Line): Line {
  return line.map((part) => (typeof part === 'object' && 'text' in part ? part.text : part));
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text, cut with … where `measure` of it would pass `max`; never inside a character as readers see it. */
export function cut(
  text: string,
  max: number,
  measure: (text: string) => number = (whole) => whole.length,
): string {
  if (measure(text) <= max) return text;
  let kept = '';
  let size = measure('…');
  for (const { segment } of graphemes.segment(text)) {
    size += measure(segment);
    if (size > max) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines joined into as few texts of at most `max` characters as they need; a longer line is cut. */
export function packLines(lines: string[], max: number): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < max) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(cut(line, max));
  }
  return texts;
}

/** "1 article", "3 articles", "2 stories". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
