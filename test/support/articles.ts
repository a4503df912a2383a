import type { AlertContent, FactItem } from '../../src/model/alert.ts';
import type { Article } from '../../src/model/article.ts';
import type { Fingerprint } from '../../src/model/story.ts';

/** An article with this headline and body; everything else is plausible. */
export function article(title: string, body: string, more: Partial<Article> = {}): Article {
  return {
    id: 'article-1',
    feedId: 'feed-1',
    outlet: 'Northern Wire',
    revision: 1,
    title,
    text: `${title}\n\n${body}`,
    link: 'https://news.example/raid',
    imageUrl: null,
    author: null,
    tags: [],
    language: 'en',
    publishedAt: Date.UTC(2022, 1, 3, 12),
    firstSeenAt: Date.UTC(2022, 1, 3, 12, 5),
    ...more,
  };
}

/** What stories would compare of it. */
export function print(more: Partial<Fingerprint> = {}): Fingerprint {
  return {
    link: null,
    titleTerms: [],
    terms: [],
    places: [],
    days: [],
    at: Date.UTC(2022, 1, 3, 12),
    ...more,
  };
}

/** An alert's content with sensible defaults. */
export function content(more: Partial<AlertContent> = {}): AlertContent {
  return {
    headline: 'Gun battle near Atme kills several',
    link: 'https://news.example/raid',
    imageUrl: null,
    outlet: 'Northern Wire',
    publishedAt: Date.UTC(2022, 1, 3, 12),
    firstSeenAt: Date.UTC(2022, 1, 3, 12, 5),
    lead: ['Helicopters landed near Atme before dawn, witnesses said.'],
    lines: [],
    watches: ['Idlib'],
    sources: [
      {
        articleId: 'article-1',
        outlet: 'Northern Wire',
        headline: 'Gun battle near Atme kills several',
        link: 'https://news.example/raid',
      },
    ],
    ...more,
  };
}

/** A verbatim item of a fact line. */
export function item(text: string, more: Partial<FactItem> = {}): FactItem {
  return { text, resolvedFrom: null, speaker: null, sources: [1], ...more };
}
