import type { Span } from '../model/article.ts';

/** Whether the two have a character in common. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** In UTF-16 code units. */
export function lengthOf(span: Span): number {
  return span.end - span.start;
}
