/** An item of a test's feed; texts are plain, `html` is markup. */
interface DocumentItem {
  title: string;
  link?: string;
  guid?: string;
  html?: string;
  /** ISO 8601. */
  publishedAt?: string;
  author?: string;
  imageUrl?: string;
}

export interface FeedDocument {
  title?: string;
  /** The site's address. */
  link?: string;
  language?: string;
  items: DocumentItem[];
}

/** An RSS 2.0 document. */
export function rssFeed({
  title = 'Feed',
  link = 'https://example.org/',
  language,
  items,
}: FeedDocument): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
${element('title', title)}${element('link', link)}${element('language', language)}
${items.map(rssItem).join('\n')}
</channel></rss>`;
}

function rssItem(item: DocumentItem): string {
  const image = item.imageUrl ? `<media:content medium="image" url="${escaped(item.imageUrl)}"/>` : '';
  const guid = item.guid === undefined ? '' : `<guid isPermaLink="false">${escaped(item.guid)}</guid>`;
  const published = item.publishedAt && new Date(item.publishedAt).toUTCString();
  return `<item>${element('title', item.title)}${element('link', item.link)}${guid}${element('pubDate', published)}${element('dc:creator', item.author)}${element('description', item.html)}${image}</item>`;
}

/** An Atom 1.0 document. */
export function atomFeed({
  title = 'Feed',
  link = 'https://example.org/',
  language,
  items,
}: FeedDocument): string {
  const lang = language ? ` xml:lang="${escaped(language)}"` : '';
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"${lang}>
${element('title', title)}<link href="${escaped(link)}"/>
${items.map(atomEntry).join('\n')}
</feed>`;
}

function atomEntry(item: DocumentItem): string {
  const link = item.link ? `<link rel="alternate" href="${escaped(item.link)}"/>` : '';
  const author = item.author ? `<author>${element('name', item.author)}</author>` : '';
  const html = item.html === undefined ? '' : `<content type="html">${escaped(item.html)}</content>`;
  return `<entry>${element('title', item.title)}${link}${element('id', item.guid)}${element('published', item.publishedAt)}${author}${html}</entry>`;
}

/** An RSS 1.0 (RDF) document. */
export function rdfFeed({
  title = 'Feed',
  link = 'https://example.org/',
  language,
  items,
}: FeedDocument): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${escaped(link)}">${element('title', title)}${element('link', link)}${element('dc:language', language)}</channel>
${items.map(rdfItem).join('\n')}
</rdf:RDF>`;
}

function rdfItem(item: DocumentItem): string {
  const about = item.guid ?? item.link;
  return `<item${about ? ` rdf:about="${escaped(about)}"` : ''}>${element('title', item.title)}${element('link', item.link)}${element('dc:date', item.publishedAt)}${element('dc:creator', item.author)}${element('description', item.html)}</item>`;
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
