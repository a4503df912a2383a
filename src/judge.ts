import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Judged, type Judgment, severityOf } from './alerts/severity.ts';
import { independentOf, readPublishers, type StorySource } from './knowledge/publishers.ts';
import { fieldsOf, type ReadArticle } from './matching/article-fields.ts';
import type { Knowledge } from './matching/condition.ts';
import { leadEndOf } from './matching/lead.ts';
import { createWatchIndex } from './matching/watch-index.ts';

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

/** A judge who knows the world as `knowledge` has it. */
export function createJudge(knowledge: Knowledge): Judge {
  const publishers = readPublishers(PUBLISHERS);
  const topics = createWatchIndex(knowledge);
  for (const name of knowledge.topics?.keys() ?? []) topics.add({ id: name, query: `topic:${name}` });
  return (articles) => {
    const publishersOfIt = independentOf(sourcesOf(articles), publishers);
    const independent = publishersOfIt.map(({ name }) => name);
    const outletCount = publishersOfIt.reduce((sum, publisher) => sum + publisher.outletCount, 0);
    const newest = articles.at(-1);
    const kinds = newest === undefined ? { topics: [], doubts: [] } : kindsOf(newest);
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

  /**
   * What stands deep in a text is rarely the event. Words that seem to tell one but are of a figure of speech, a film
   * or a game speak against it, unless other words do tell one.
   */
  function kindsOf(article: JudgedArticle): Pick<Judged, 'topics' | 'doubts'> {
    const end = leadEndOf(article.title.length);
    const near = topics
      .match(article.text, fieldsOf(article))
      .filter(({ spans }) => spans.some((span) => span.end <= end));
    const told = near.filter(({ isNearMiss }) => !isNearMiss).map(({ watchId }) => watchId);
    if (told.length > 0) return { topics: told, doubts: [] };
    const doubts = near.flatMap((match) => match.doubts.filter(({ tells }) => tells !== null));
    return { topics: [], doubts };
  }
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
