import { articleText } from '../../src/feeds/article-text.ts';
import type { Article } from '../../src/model/article.ts';
import { feedItem } from '../support/feeds.ts';

/** What every document of an evaluation says of itself. */
export interface EvalDocument {
  id: string;
  source: string | null;
  published: string | null;
  lang: string | null;
  title: string | null;
}

/** The document as an article of a feed would be; one without a readable date is seen at `undatedAt`. */
export function documentArticle(
  { id, source, published, lang, title }: EvalDocument,
  { feedId, paragraphs, undatedAt }: { feedId: string; paragraphs: string[]; undatedAt: number },
): Article {
  const time = published === null ? Number.NaN : Date.parse(published);
  const publishedAt = Number.isNaN(time) ? null : time;
  const html = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('');
  return {
    id,
    feedId,
    outlet: source ?? 'eval',
    revision: 1,
    ...articleText(feedItem(title ?? '', '', { html })),
    link: null,
    imageUrl: null,
    author: null,
    tags: [],
    language: lang,
    publishedAt,
    firstSeenAt: publishedAt ?? undatedAt,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
