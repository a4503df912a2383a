import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Judgment, severityOf } from './alerts/severity.ts';
import type { KindReader } from './event-kinds.ts';
import { independentOf, readPublishers, type StorySource } from './knowledge/publishers.ts';
import type { ReadArticle } from './matching/article-fields.ts';

const PUBLISHERS = fileURLToPath(new URL('../config/publishers.yaml', import.meta.url));

/** One article of a story. */
interface JudgedArticle extends ReadArticle {
  link: string | null;
}

/** Judges a story by its articles, in the order in which they arrived; the last one brings the news. */
export type Judge = (articles: readonly JudgedArticle[]) => Judgment;

/** Judges a story by those of its articles, newest first, that have these ids: what a channel was told. */
export function judgeTold<T extends JudgedArticle & { id: string }>(
  judge: Judge,
  articles: readonly T[],
  ids: readonly string[],
): Judgment {
  return judge(articles.filter(({ id }) => ids.includes(id)).toReversed());
}

/** A judge who tells kinds of events as `reader` does. */
export function createJudge(reader: KindReader): Judge {
  const publishers = readPublishers(PUBLISHERS);
  return (articles) => {
    const publishersOfIt = independentOf(sourcesOf(articles), publishers);
    const independent = publishersOfIt.map(({ name }) => name);
    const outletCount = publishersOfIt.reduce((sum, publisher) => sum + publisher.outletCount, 0);
    const newest = articles.at(-1);
    const kinds = newest === undefined ? { topics: [], doubts: [] } : reader.kindsOf(newest);
    const { level, score, reasons } = severityOf({
      ...kinds,
      facts: articles.flatMap(({ facts }) => facts),
      independent: independent.length,
      outletCount,
      title: newest?.title ?? '',
      text: newest?.text ?? '',
    });
    return { severity: level, score, reasons, independent, outletCount, topics: kinds.topics };
  };
}

/** What has the link of an earlier article is no further source: readers are not told of it as one either. */
function sourcesOf(articles: readonly JudgedArticle[]): StorySource[] {
  return articles
    .filter(({ link }, at) => link === null || articles.findIndex((one) => one.link === link) === at)
    .map(({ outlet, link, text }) => ({ outlet, host: hostOf(link), text }));
}

/** Null for an address of numbers or of one machine, which many may share. */
function hostOf(link: string | null): string | null {
  const host = link === null ? null : (URL.parse(link)?.hostname ?? null);
  return host === null || isIP(host.replace(/^\[|\]$/g, '')) !== 0 || !host.includes('.') ? null : host;
}
