import type { FeedItem } from '../model/article.ts';

/** What can be odd about a feed's document. */
interface ReadDocument {
  items: readonly Pick<FeedItem, 'link' | 'publishedAt'>[];
  isCutOff: boolean;
}

/**
 * One sentence about the worst of what is odd about a feed that could be read, with what follows from it; null
 * when nothing is. `repairedFrom` is the encoding that the document wrongly claims, or null.
 */
export function documentNote(
  { items, isCutOff }: ReadDocument,
  repairedFrom: string | null = null,
): string | null {
  if (isCutOff) {
    return 'The document ends too early, so its last items may be missing; tell the publisher.';
  }
  if (items.length === 0) {
    return 'The feed has no items; if that stays so, look for another feed of the site.';
  }
  if (items.every(({ link }) => link === null)) {
    return 'No item has a link, so alerts show none; look for another feed of the site.';
  }
  if (repairedFrom !== null) {
    return `The feed says that it is in ${repairedFrom}, which is wrong and was repaired; tell the publisher.`;
  }
  if (items.every(({ publishedAt }) => publishedAt === null)) {
    return 'No item has a date that can be read, so articles are dated by when they were first seen.';
  }
  return null;
}
