import type { AlertContent, AlertUpdate, FactItem, Source } from '../model/alert.ts';
import type { Reading } from '../model/fact.ts';
import {
  composeAlert,
  isSameSource,
  knownLines,
  linesOf,
  listedSources,
  mergeLines,
  onlyNew,
  shownLines,
} from './compose.ts';

/** The marks of the sources that these articles are. */
export function marksOf(content: AlertContent, articleIds: readonly string[]): number[] {
  return listedSources(content)
    .filter(({ source }) => articleIds.includes(source.articleId))
    .map(({ mark }) => mark);
}

/**
 * The alert without these sources and what they say, from the readings of the others with their marks, in their order.
 * Where a source that leaves gave the headline, the first of the others gives it.
 */
export function withoutSources(
  content: AlertContent,
  marks: readonly number[],
  left: readonly { reading: Reading; mark: number }[],
): AlertContent {
  const sources = content.sources.map(
    (source, index): Source => (marks.includes(index + 1) ? { ...source, isSplitOff: true } : source),
  );
  const rest = { ...content, lines: linesOf(content, left), sources };
  const [next] = left;
  if (next === undefined || !marks.includes(content.head ?? 1)) return rest;
  const { headline, link, imageUrl, outlet, publishedAt, firstSeenAt, lead } = composeAlert(next.reading, []);
  return { ...rest, headline, link, imageUrl, outlet, publishedAt, firstSeenAt, lead, head: next.mark };
}

/** Two alerts of one channel as one, and what readers of the first learn from the second; null when nothing. */
export function joinAlerts(
  one: AlertContent,
  other: AlertContent,
): { content: AlertContent; update: AlertUpdate | null } {
  const sources = [...one.sources];
  const marks = new Map<number, number>();
  for (const { source, mark } of listedSources(other)) {
    const known = sources.findIndex((own) => isSameSource(own, { id: source.articleId, link: source.link }));
    const at = known < 0 ? sources.length : known;
    sources[at] = known < 0 ? source : listed(sources[at] ?? source);
    marks.set(mark, at + 1);
  }
  const lines = other.lines.map(({ label, items }) => ({
    label,
    items: items.map((item) => renumbered(item, marks)),
  }));
  const known = knownLines(one);
  const merged = mergeLines(known, lines);
  const news = onlyNew(known, merged);
  const content = {
    ...one,
    lines: shownLines(one, merged),
    watches: [...new Set([...one.watches, ...other.watches])],
    aliases: [...new Set([...(one.aliases ?? []), ...(other.aliases ?? [])])],
    sources,
  };
  const { headline, outlet, link } = other;
  const source = marks.get(other.head ?? 1) ?? 1;
  return { content, update: news.length === 0 ? null : { headline, outlet, link, source, lines: news } };
}

function renumbered(item: FactItem, marks: ReadonlyMap<number, number>): FactItem {
  const markOf = (mark: number) => marks.get(mark) ?? mark;
  const { sources, receipts, was } = item;
  return {
    ...item,
    sources: sources.map(markOf),
    ...(receipts && { receipts: receipts.map((one) => ({ ...one, source: markOf(one.source) })) }),
    ...(was && { was: { ...was, sources: was.sources.map(markOf) } }),
  };
}

/** One that was split off, and is back. */
function listed({ isSplitOff: _, ...source }: Source): Source {
  return source;
}
