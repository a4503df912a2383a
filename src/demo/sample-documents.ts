import type { SampleArticle, SampleOutletSlug } from './sample-articles.ts';

/** An invented outlet and the form its feed takes. */
export interface SampleOutlet {
  slug: SampleOutletSlug;
  name: string;
  feedFile: string;
  feedType: string;
  renderFeed(edition: SampleEdition): string;
}

/** What one outlet has published so far, newest first. `origin` has no trailing slash. */
export interface SampleEdition {
  outlet: SampleOutlet;
  origin: string;
  articles: SampleArticle[];
}

/** Three outlets, so that the demo polls the forms that most news feeds take: full RSS, plain RSS and Atom. */
export const SAMPLE_OUTLETS: SampleOutlet[] = [
  {
    slug: 'northgate-courier',
    name: 'Northgate Courier',
    feedFile: 'rss.xml',
    feedType: 'application/rss+xml; charset=utf-8',
    renderFeed: (edition) => renderRss(edition, fullItemBody),
  },
  {
    slug: 'halyard-wire',
    name: 'Halyard Wire',
    feedFile: 'rss.xml',
    feedType: 'application/rss+xml; charset=utf-8',
    renderFeed: (edition) => renderRss(edition, plainItemBody),
  },
  {
    slug: 'eastmark-dispatch',
    name: 'Eastmark Dispatch',
    feedFile: 'atom.xml',
    feedType: 'application/atom+xml; charset=utf-8',
    renderFeed: renderAtom,
  },
];

export const PICTURE_PATH = '/picture.png';

/** The picture of every article that has one: a bell, 160 × 90 pixels. */
export const PICTURE = Buffer.from(
  `iVBORw0KGgoAAAANSUhEUgAAAKAAAABaAQMAAAAFCM8RAAAABlBMVEUfLT3ywU6ZMu9uAAAAiUlEQVR42u3UMQ6AIAwFUIkD
   I0fgKB5Nj8ZROAKjA/Gb6ka/CZqIDvzxpaEdSoeh507GSNAmgm5thNNGEFj07ICe3gH6UQ9k3QfQnWYApDlpz9AIhhocBWMN
   WsH0FTrB9f/oBfNjnAS3GpQFUStC8bByRRiaEwMpLEqb4dU3bIY+154Leqx6XssOLHzyGjCxpIQAAAAASUVORK5CYII=`,
  'base64',
);

/** The outlet's front page, where the feed's own link leads. */
export function renderFrontPage({ outlet, origin, articles }: SampleEdition): string {
  const entries = articles.map(
    (article) => `<li><a href="${articleUrl(origin, article)}">${escapeMarkup(article.headline)}</a></li>`,
  );
  return renderPage(outlet.name, `<h1>${outlet.name}</h1>\n<ul>\n${entries.join('\n')}\n</ul>`);
}

/** The page behind an article's link. */
export function renderArticlePage(outlet: SampleOutlet, article: SampleArticle): string {
  const published = new Date(article.published).toUTCString();
  return renderPage(
    `${article.headline} | ${outlet.name}`,
    `<p><a href="/${outlet.slug}/">${outlet.name}</a> · ${escapeMarkup(article.category)}</p>
<h1>${escapeMarkup(article.headline)}</h1>
<p>${escapeMarkup(article.author)}, <time datetime="${article.published}">${published}</time></p>
${renderParagraphs(article)}`,
  );
}

/** The tag keeps an article's id the same on every run, while its address carries the port of this one. */
function articleId({ outlet, slug }: SampleArticle): string {
  return `tag:${outlet}.example,2022:${slug}`;
}

function articleUrl(origin: string, { outlet, slug }: SampleArticle): string {
  return `${origin}/${outlet}/${slug}`;
}

function renderRss(
  { outlet, origin, articles }: SampleEdition,
  renderBody: (article: SampleArticle, origin: string) => string,
): string {
  const items = articles.map(
    (article) => `<item>
<title>${escapeMarkup(article.headline)}</title>
<link>${articleUrl(origin, article)}</link>
<guid isPermaLink="false">${articleId(article)}</guid>
<pubDate>${new Date(article.published).toUTCString()}</pubDate>
<dc:creator>${escapeMarkup(article.author)}</dc:creator>
<category>${escapeMarkup(article.category)}</category>
${renderBody(article, origin)}
</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>${outlet.name}</title>
<link>${origin}/${outlet.slug}/</link>
<atom:link rel="self" type="application/rss+xml" href="${origin}/${outlet.slug}/${outlet.feedFile}"/>
<description>${NOTICE}</description>
<language>en</language>
${items.join('\n')}
</channel>
</rss>
`;
}

function fullItemBody(article: SampleArticle, origin: string): string {
  return `<description>${escapeMarkup(paragraphs(article)[0] ?? '')}</description>
<content:encoded><![CDATA[${renderParagraphs(article)}]]></content:encoded>
<media:thumbnail url="${origin}${PICTURE_PATH}" width="160" height="90"/>`;
}

function plainItemBody(article: SampleArticle): string {
  return `<description>${escapeMarkup(paragraphs(article).join('\n\n'))}</description>`;
}

function renderAtom({ outlet, origin, articles }: SampleEdition): string {
  const entries = articles.map(
    (article) => `<entry>
<id>${articleId(article)}</id>
<title>${escapeMarkup(article.headline)}</title>
<link rel="alternate" type="text/html" href="${articleUrl(origin, article)}"/>
<published>${article.published}</published>
<updated>${article.published}</updated>
<author><name>${escapeMarkup(article.author)}</name></author>
<category term="${escapeMarkup(article.category)}"/>
<summary>${escapeMarkup(paragraphs(article)[0] ?? '')}</summary>
<content type="html">${escapeMarkup(renderParagraphs(article))}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:${outlet.slug}.example,2022:feed</id>
<title>${outlet.name}</title>
<subtitle>${NOTICE}</subtitle>
<link rel="alternate" type="text/html" href="${origin}/${outlet.slug}/"/>
<link rel="self" type="application/atom+xml" href="${origin}/${outlet.slug}/${outlet.feedFile}"/>
<updated>${articles[0]?.published}</updated>
${entries.join('\n')}
</feed>
`;
}

const NOTICE =
  'Written for the demo of Tocsin. The outlets are invented, and so is most of their news; ' +
  'the raid near Atme of 3 February 2022 is told as it was reported on the day.';

function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeMarkup(title)}</title>
<style>body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, serif }</style>
</head>
<body>
${body}
<hr>
<p><small>${NOTICE}</small></p>
</body>
</html>
`;
}

function renderParagraphs(article: SampleArticle): string {
  return paragraphs(article)
    .map((paragraph) => `<p>${escapeMarkup(paragraph)}</p>`)
    .join('\n');
}

function paragraphs({ body }: SampleArticle): string[] {
  return body
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s+/g, ' '));
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
