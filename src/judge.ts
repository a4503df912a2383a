import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Judgment, severityOf } from './alerts/severity.ts';
import { independentOf, readPublishers } from './knowledge/publishers.ts';
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

/** A judge who knows the world as `knowledge` has it. */
export function createJudge(knowledge: Knowledge): Judge {
  const publishers = readPublishers(PUBLISHERS);
  const topics = createWatchIndex(knowledge);
  for (const name of knowledge.topics?.keys() ?? []) topics.add({ id: name, query: `topic:${name}` });
  return (articles) => {
    const sources = articles.map(({ outlet, link, text }) => ({ outlet, host: hostOf(link), text }));
    const independent = independentOf(sources, publishers).map(({ name }) => name);
    const newest = articles.at(-1);
    const told = newest === undefined ? [] : topicsOf(newest);
    const { level, score, reasons } = severityOf({
      topics: told,
      facts: articles.flatMap(({ facts }) => facts),
      independent: independent.length,
      outletCount: new Set(articles.map(({ outlet }) => outlet)).size,
      doubts: [],
      title: newest?.title ?? '',
      text: newest?.text ?? '',
    });
    return { severity: level, score, reasons, independent, topics: told };
  };

  /** What stands deep in a text is rarely the event. */
  function topicsOf(article: JudgedArticle): string[] {
    const end = leadEndOf(article.title.length);
    const matches = topics.match(article.text, fieldsOf(article));
    const told = matches.filter(
      ({ isNearMiss, spans }) => !isNearMiss && spans.some((span) => span.end <= end),
    );
    return told.map(({ watchId }) => watchId);
  }
}

/** Null for an address of numbers or of one machine, which many may share. */
function hostOf(link: string | null): string | null {
  const host = link === null ? null : (URL.parse(link)?.hostname ?? null);
  return host === null || isIP(host.replace(/^\[|\]$/g, '')) !== 0 || !host.includes('.') ? null : host;
}
