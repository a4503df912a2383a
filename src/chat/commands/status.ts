import type { Feed } from '../../model/feed.ts';
import type { Line, Reply } from '../../model/rich-text.ts';
import type { OutboxCounts } from '../../store/deliveries.ts';
import { spokenTime } from '../../text/spoken-time.ts';
import type { Command, CommandDeps, CommandRequest } from '../command.ts';
import { counted } from '../plain.ts';
import { nameOf, visibleFeeds } from './feeds/address.ts';

const SHOWN_FEEDS = 8;

/** `/status`: whether everything works, and what does not. */
export const statusCommand: Command = {
  name: 'status',
  help: 'Whether everything works, and what does not',
  actions: [
    {
      name: null,
      help: 'feeds, watches, messages waiting and what is wrong',
      argument: null,
      audience: 'person',
      run: status,
    },
    {
      name: 'retry',
      help: 'send again what was set aside',
      argument: null,
      audience: 'person',
      run: retry,
    },
  ],
};

async function retry(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const channels = await channelsOf(request, deps);
  const queued = await deps.store.deliveries.retryParked(channels, deps.now());
  const held = await deps.store.deliveries.troubles(channels);
  for (const channel of channels) await deps.store.deliveries.retryHeld(channel);
  const tried = held.length > queued ? [['What waits for a channel is tried again now.']] : [];
  return [
    [queued === 0 ? 'Nothing was set aside.' : `${counted(queued, 'message')} queued again.`],
    ...tried,
  ];
}

async function status(request: CommandRequest, deps: CommandDeps): Promise<Reply> {
  const feeds = await visibleFeeds(request, deps);
  const channels = await channelsOf(request, deps);
  const counts = await deps.store.deliveries.counts(channels);
  const troubles = await deps.store.deliveries.troubles(channels);
  const lines = [
    ...feedLines(feeds, deps.now()),
    [`${counted(await deps.store.articles.count(), 'article')} stored.`],
    ...outboxLines(counts, troubles, deps.now()),
    ...deps.connections().map((line): Line => [line]),
  ];
  return {
    lines,
    buttons: troubles.length === 0 ? [] : [{ label: 'Send again', command: 'status retry' }],
  };
}

function feedLines(feeds: Feed[], now: number): Line[] {
  const failing = feeds.filter((feed) => feed.failures > 0 || feed.isGone);
  const waiting = feeds.filter((feed) => feed.failures === 0 && feed.lastOkAt === null);
  const summary = `${counted(feeds.length, 'feed')}: ${feeds.length - failing.length - waiting.length} read, ${waiting.length} not polled yet, ${failing.length} failing.`;
  const shown = failing
    .slice(0, SHOWN_FEEDS)
    .map(
      (feed): Line => [
        `• ${nameOf(feed)}: ${feed.lastError ?? 'failing'} ${feed.isGone ? 'It is not polled any more.' : `Next try in ${spokenTime(feed.nextPollAt - now)}.`}`,
      ],
    );
  const more = failing.length > SHOWN_FEEDS ? [[`… and ${failing.length - SHOWN_FEEDS} more.`]] : [];
  return [[summary], ...shown, ...more];
}

/** The channels of the workspace's own watches, and the one asked in with the forum whose post that is. */
async function channelsOf(request: CommandRequest, deps: CommandDeps): Promise<string[]> {
  const { workspace, channel, forum = channel } = request;
  const own = await deps.store.watches.list(workspace);
  return [...new Set([channel, forum, ...own.flatMap((watch) => watch.channels)])];
}

function outboxLines(
  counts: OutboxCounts,
  troubles: readonly { channel: string; trouble: string }[],
  now: number,
): Line[] {
  const oldest =
    counts.oldestWaitingAt === null ? '' : `, the oldest since ${spokenTime(now - counts.oldestWaitingAt)}`;
  return [
    [`Messages: ${counts.sent} sent, ${counts.waiting} waiting${oldest}, ${counts.parked} set aside.`],
    ...troubles.map(({ channel, trouble }): Line => ['• ', { channel }, `: ${trouble}`]),
  ];
}
