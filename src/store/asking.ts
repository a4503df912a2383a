import type { Kysely } from 'kysely';
import type { AlertContent } from '../model/alert.ts';
import type { Schema } from './schema.ts';

/** Who asks for an alert in its channel now. */
interface Asking {
  /** Of the watches that it names. */
  watches: { name: string; telling: string | null }[];
  /** The channel gets everything of a feed that tells the story. */
  isFollowed: boolean;
}

/** Who still asks for what an alert says in this channel: watches are removed while it is held. */
export async function askingFor(
  db: Kysely<Schema>,
  channel: string,
  { watches, sources }: AlertContent,
): Promise<Asking> {
  const named = await db
    .selectFrom('watch')
    .select(['name', 'telling', 'channels'])
    .where('removed_at', 'is', null)
    .where('name', 'in', watches.length === 0 ? [''] : watches)
    .execute();
  const followed = await db
    .selectFrom('subscription')
    .innerJoin('article', 'article.feed_id', 'subscription.feed_id')
    .select('channels')
    .where(
      'article.id',
      'in',
      sources.map(({ articleId }) => articleId),
    )
    .execute();
  const isHere = (row: { channels: string }) => JSON.parse(row.channels).includes(channel);
  return {
    watches: named.filter(isHere).map(({ name, telling }) => ({ name, telling })),
    isFollowed: watches.length === 0 || followed.some(isHere),
  };
}
