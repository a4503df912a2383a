import { parseDate as dateOf } from '../../src/feeds/dates.ts';
import { decodeDocument } from '../../src/feeds/decode.ts';
import { readFeed } from '../../src/feeds/read-feed.ts';

/** Where relative links of documents without an address point. */
const NO_ADDRESS = 'https://feed.invalid/';

/** One document through our real decoding and parsing, in the shape that the yardstick's scorer asks for. */
export async function parse(bytes: Buffer, contentType?: string, baseUrl?: string) {
  const { text } = decodeDocument(bytes, contentType ?? null);
  const { title, link, items } = await readFeed(text, baseUrl ?? NO_ADDRESS);
  return {
    title,
    link,
    items: items.map((item) => ({
      id: item.guid,
      title: item.title,
      link: item.link,
      published: instant(item.publishedAt),
      updated: instant(item.updatedAt),
      summary: item.summary,
      content: item.html,
      author: item.author,
    })),
  };
}

/** Our date parser, in the shape that the yardstick's scorer of dates asks for. */
export function parseDate(text: string): Date | null {
  return instant(dateOf(text));
}

function instant(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
