import type { AtomFeed, DcNs, DcTermsNs, MediaNs, RdfFeed, RssFeed } from 'feedsmith';
import { leafOf, parentOf, type RawElement, type RawFeed } from './raw-element.ts';

/** What all formats may carry. */
interface Modules {
  dc?: DcNs.ItemOrFeed<string>;
  dcterms?: DcTermsNs.ItemOrFeed<string>;
  media?: MediaNs.ItemOrFeed;
}

/** The document as feedsmith reads it; it finds items in places where rss-parser does not look. Throws. */
export async function readWithFeedsmith(text: string): Promise<RawFeed> {
  // Hardly any document needs it, so an idle process is the smaller for it.
  const { parseFeed } = await import('feedsmith');
  const parsed = parseFeed(text);
  if (parsed.format === 'json') throw new TypeError('a JSON Feed is not XML');
  if (parsed.format === 'atom') return atomFeed(parsed.feed);
  const { feed } = parsed;
  const items = parsed.format === 'rss' ? parsed.feed.items?.map(rssItem) : parsed.feed.items?.map(rdfItem);
  const language = parsed.format === 'rss' ? parsed.feed.language : undefined;
  return {
    feed: parentOf({
      title: texts([feed.title]),
      link: texts([feed.link]),
      language: texts([language, ...(feed.dc?.languages ?? [])]),
    }),
    items: items ?? [],
    isAtom: false,
  };
}

function rssItem(item: RssFeed.Item<string>): RawElement {
  const { guid } = item;
  return parentOf({
    ...modulesOf(item),
    title: texts([item.title]),
    link: texts([item.link]),
    guid: [leafOf(guid?.value, { ispermalink: guid?.isPermaLink === false ? 'false' : undefined })],
    description: texts([item.description]),
    'content:encoded': texts([item.content?.encoded]),
    pubdate: texts([item.pubDate]),
    author: texts(item.authors?.map((person) => person.name ?? person.email)),
    category: texts(item.categories?.map((category) => category.name)),
    enclosure: item.enclosures?.map(({ url, type }) => leafOf(undefined, { url, type })),
  });
}

function rdfItem(item: RdfFeed.Item<string>): RawElement {
  return parentOf(
    {
      ...modulesOf(item),
      title: texts([item.title]),
      link: texts([item.link]),
      description: texts([item.description]),
      'content:encoded': texts([item.content?.encoded]),
    },
    { 'rdf:about': item.rdf?.about },
  );
}

function atomFeed(feed: AtomFeed.Feed<string>): RawFeed {
  const items = (feed.entries ?? []).map((entry) =>
    parentOf({
      ...modulesOf(entry),
      title: [typed(entry.title)],
      link: entry.links?.map(linkElement),
      id: texts([entry.id]),
      content: [typed(entry.content)],
      summary: [typed(entry.summary)],
      published: texts([entry.published]),
      updated: texts([entry.updated]),
      author: texts(entry.authors?.map((person) => person.name)),
      category: entry.categories?.map(({ term, label }) => leafOf(undefined, { term, label })),
    }),
  );
  const title = [typed(feed.title)];
  return { feed: parentOf({ title, link: feed.links?.map(linkElement) }), items, isAtom: true };
}

function modulesOf({ dc, dcterms, media }: Modules): Record<string, RawElement[]> {
  return {
    'dc:creator': texts(dc?.creators),
    'dc:subject': texts(dc?.subjects),
    'dc:date': texts(dc?.dates),
    'dcterms:modified': texts(dcterms?.modified),
    'media:description': texts([media?.description?.value]),
    'media:content': (media?.contents ?? []).map(({ url, type, medium }) =>
      leafOf(undefined, { url, type, medium }),
    ),
    'media:thumbnail': (media?.thumbnails ?? []).map(({ url }) => leafOf(undefined, { url })),
  };
}

function texts(values: (string | undefined)[] = []): RawElement[] {
  return values.map((value) => leafOf(value));
}

function typed(text: AtomFeed.Content | undefined): RawElement {
  return leafOf(text?.value, { type: text?.type });
}

function linkElement({ href, rel, type }: AtomFeed.Link<string>): RawElement {
  return leafOf(undefined, { href, rel, type });
}
