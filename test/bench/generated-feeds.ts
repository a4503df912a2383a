import { atomFeed, type FeedDocument, rdfFeed, rssFeed } from '../support/feed-documents.ts';
import { randomFrom } from './random.ts';

const WORDS = {
  en: 'the of to in and a on for that with officials said on Monday after talks over border security ministers city',
  ar: 'في من إلى على أن عن مع قال مسؤولون إن القوات وصلت صباح اليوم مدينة حلب بعد محادثات الحدود الوزير',
  ru: 'в и на что с по не из за к сообщил министр после переговоров в столице сегодня войска города граница',
};
const LANGUAGES = Object.keys(WORDS) as (keyof typeof WORDS)[];

/** How much text the items of a feed carry: a teaser, or the whole article. */
const BODIES = { teaser: [1, 30], article: [12, 60] } as const;

/**
 * News feeds as they are found: short and long, with teasers and with whole articles, in three scripts, as RSS,
 * WordPress, RDF and Atom. The same documents every time.
 */
export function generatedFeeds(): string[] {
  const random = randomFrom(20_260_213);
  const feeds: string[] = [];
  for (const language of LANGUAGES) {
    for (const body of ['teaser', 'article'] as const) {
      for (const size of [10, 30, 100]) {
        for (const build of [rssFeed, wordPressFeed, rdfFeed, atomFeed]) {
          feeds.push(build(newsOf({ language, body, size, random })));
        }
      }
    }
  }
  return feeds;
}

interface NewsShape {
  language: keyof typeof WORDS;
  body: keyof typeof BODIES;
  size: number;
  random: () => number;
}

function newsOf({ language, body, size, random }: NewsShape): FeedDocument {
  const words = WORDS[language].split(' ');
  const sentence = (length: number) =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
  const [paragraphs, length] = BODIES[body];
  const items = Array.from({ length: size }, (_, index) => ({
    title: `${sentence(9)} & “${sentence(2)}”`,
    link: `https://news.example/${language}/${index}?utm_source=rss&utm_medium=feed`,
    guid: `https://news.example/?p=${Math.floor(random() * 1e6)}`,
    html: Array.from(
      { length: paragraphs },
      () => `<p>${sentence(length)}, <a href="https://news.example/topic">${sentence(2)}</a>.</p>`,
    ).join('\n'),
    publishedAt: new Date(Date.UTC(2026, 1, 13) - index * 1_800_000).toISOString(),
    author: sentence(2),
    imageUrl: `https://news.example/${index}.jpg`,
  }));
  return { title: sentence(2), language, items };
}

/** RSS as WordPress writes it: CDATA throughout, a teaser beside the content, and a dozen elements more. */
function wordPressFeed({ title = '', language = 'en', items }: FeedDocument): string {
  const namespaces = ['content', 'wfw', 'dc', 'atom', 'sy', 'slash'].map(
    (prefix) => `xmlns:${prefix}="${NAMESPACES[prefix]}"`,
  );
  const entries = items.map(
    ({ title: headline, link = '', guid, html = '', publishedAt = '', author }) => `
	<item>
		<title>${headline.replaceAll('&', '&#038;')}</title>
		<link>${link.replaceAll('&', '&#038;')}</link>
		<comments>${link.replaceAll('&', '&#038;')}#respond</comments>
		<dc:creator><![CDATA[${author}]]></dc:creator>
		<pubDate>${new Date(publishedAt).toUTCString().replace('GMT', '+0000')}</pubDate>
		<category><![CDATA[World]]></category>
		<category><![CDATA[Politics]]></category>
		<guid isPermaLink="false">${guid}</guid>
		<description><![CDATA[${html.slice(0, html.indexOf('</p>'))} [&#8230;]</p>]]></description>
		<content:encoded><![CDATA[${html}]]></content:encoded>
		<wfw:commentRss>https://news.example/comments/feed/</wfw:commentRss>
		<slash:comments>0</slash:comments>
	</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	${namespaces.join('\n\t')}>
<channel>
	<title>${title}</title>
	<atom:link href="https://news.example/feed/" rel="self" type="application/rss+xml" />
	<link>https://news.example</link>
	<description></description>
	<lastBuildDate>Fri, 13 Feb 2026 10:00:00 +0000</lastBuildDate>
	<language>${language}</language>
	<sy:updatePeriod>hourly</sy:updatePeriod>
	<sy:updateFrequency>1</sy:updateFrequency>
${entries.join('')}
</channel>
</rss>`;
}

const NAMESPACES: Record<string, string> = {
  content: 'http://purl.org/rss/1.0/modules/content/',
  wfw: 'http://wellformedweb.org/CommentAPI/',
  dc: 'http://purl.org/dc/elements/1.1/',
  atom: 'http://www.w3.org/2005/Atom',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
  slash: 'http://purl.org/rss/1.0/modules/slash/',
};
