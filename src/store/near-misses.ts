import type { Kysely, Selectable } from 'kysely';
import type { NearMiss } from '../model/alert.ts';
import type { RollUpRow, Schema } from './schema.ts';
import { CONFIG_WORKSPACE } from './watches.ts';

/** More under one digest nobody reads. */
const MAX_NEAR_MISSES = 5;
/** Several watches may almost find one article, and several outlets tell one story. */
const SEARCHED = 20 * MAX_NEAR_MISSES;
const DAY_MS = 86_400_000;

/**
 * What almost alerted the channel between its last digest and this one: one article of each story, and none of a story
 * that it was told. The last message of a digest lists them.
 */
export async function nearMissesFor(db: Kysely<Schema>, rollUp: Selectable<RollUpRow>): Promise<NearMiss[]> {
  const { cause, id, channel_id: channel, opened_at: until } = rollUp;
  if (cause !== 'digest') return [];
  const digests = await db
    .selectFrom('roll_up')
    .select(['id', 'opened_at'])
    .where('channel_id', '=', channel)
    .where('cause', '=', 'digest')
    .where('opened_at', '<=', until)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  if (digests[0]?.id !== id) return [];
  const since = digests.find(({ opened_at }) => opened_at < until)?.opened_at ?? until - DAY_MS;
  const rows = await untold(db, channel, { since, until });
  return [...Map.groupBy(rows, ({ story }) => story).values()]
    .slice(0, MAX_NEAR_MISSES)
    .flatMap(([newest]) => newest ?? [])
    .map(({ title, link, outlet, doubts }) => ({
      headline: title,
      link,
      outlet,
      doubts: JSON.parse(doubts ?? '[]'),
    }));
}

/** Near-misses of the channel's watches in feeds that their owners follow, newest first, the least doubted of each. */
async function untold(
  db: Kysely<Schema>,
  channel: string,
  { since, until }: { since: number; until: number },
) {
  return db
    .selectFrom('match')
    .innerJoin('watch', 'watch.id', 'match.watch_id')
    .innerJoin('article', (join) =>
      join.onRef('article.id', '=', 'match.article_id').onRef('article.revision', '=', 'match.revision'),
    )
    .innerJoin('revision', (join) =>
      join.onRef('revision.article_id', '=', 'article.id').onRef('revision.number', '=', 'article.revision'),
    )
    .select(['article.story_id as story', 'revision.title', 'article.link', 'article.outlet', 'match.doubts'])
    .where('is_near_miss', '=', 1)
    .where('watch.removed_at', 'is', null)
    .where('watch.channels', 'like', `%${JSON.stringify(channel)}%`)
    .where('article.first_seen_at', '>', since)
    .where('article.first_seen_at', '<=', until)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('alert')
            .select('alert.id')
            .whereRef('alert.story_id', '=', 'article.story_id')
            .where('alert.channel_id', '=', channel),
        ),
      ),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('subscription')
          .select('feed_id')
          .whereRef('subscription.feed_id', '=', 'article.feed_id')
          .where((eb) =>
            eb.or([
              eb('subscription.workspace', '=', eb.ref('watch.workspace')),
              eb('subscription.workspace', '=', CONFIG_WORKSPACE),
            ]),
          ),
      ),
    )
    .orderBy('article.id', 'desc')
    .orderBy('match.rank', 'desc')
    .limit(SEARCHED)
    .execute();
}
