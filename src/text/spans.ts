import type { Span } from '../model/article.ts';

/** Whether the two have a character in common. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether the inner one lies in the outer one; both may be the same. */
export function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** In UTF-16 code units. */
export function lengthOf(span: Span): number {
  return span.end - span.start;
}
