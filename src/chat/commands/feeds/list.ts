import type { Feed } from '../../../model/feed.ts';
import type { Line } from '../../../model/rich-text.ts';
import { visibleTo } from '../../../store/subscriptions.ts';
import { spokenTime } from '../../../text/spoken-time.ts';
import type { CommandDeps, CommandRequest } from '../../command.ts';
import { counted } from '../../plain.ts';
import { nameOf, visibleFeeds } from './address.ts';

/** More lines than these nobody reads in a channel. */
const SHOWN = 30;

/** The feeds of the workspace, those with trouble first: how each is, and when and why it is read next. */
export async function listFeeds(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const words = request.argument.toLowerCase();
  const all = await visibleFeeds(request, deps);
  const feeds = all.filter((feed) => `${nameOf(feed)} ${feed.url}`.toLowerCase().includes(words));
  if (feeds.length === 0) {
    const none = words === '' ? 'No feed yet' : `No feed has “${request.argument}” in its name or address`;
    return [[`${none}. Type `, { text: '/feeds add https://…', style: 'code' }, ' to add one.']];
  }
  const failing = feeds.filter((feed) => feed.failures > 0 || feed.isGone);
  const ordered = [...failing, ...feeds.filter((feed) => !failing.includes(feed))];
  const held = await heldCounts(feeds, deps);
  const more = ordered.length - SHOWN;
  return [
    [`${counted(feeds.length, 'feed')}, ${failing.length} with trouble.`],
    ...ordered.slice(0, SHOWN).map((feed) => feedLine(feed, { request, held, now: deps.now() })),
    ...(more > 0 ? [[`… and ${more} more: /feeds list <words> shows those with these words.`]] : []),
  ];
}

async function heldCounts(feeds: Feed[], { store }: CommandDeps): Promise<Map<string, number>> {
  const counts = await store.heldItems.waiting();
  return new Map(feeds.map(({ id }) => [id, counts.get(id) ?? 0]));
}

function feedLine(
  feed: Feed,
  { request, held, now }: { request: CommandRequest; held: Map<string, number>; now: number },
): Line {
  const sentences = [state(feed, now), ...remarks(feed, request, held.get(feed.id) ?? 0)];
  return ['• ', { text: nameOf(feed), style: 'bold' }, ` ${feed.url}: ${sentences.join(' ')}`];
}

function state(feed: Feed, now: number): string {
  if (feed.isGone) return `not polled any more. ${feed.lastError ?? ''} “/feeds poll” asks it again.`;
  const next = `Next read in ${spokenTime(feed.nextPollAt - now)} (${feed.pollReason ?? 'it is new'}).`;
  if (feed.failures > 0) {
    const since = spokenTime(now - (feed.failingSince ?? now));
    return `failing for ${since}. ${feed.lastError ?? ''} ${next}`;
  }
  if (feed.lastOkAt === null) return `not read yet. ${next}`;
  return `read ${spokenTime(now - feed.lastOkAt)} ago. ${next}`;
}

function remarks(feed: Feed, { workspace, channel }: CommandRequest, held: number): string[] {
  const own = visibleTo(workspace, feed);
  const groups = [...new Set(own.map((one) => one.group).filter((group) => group !== null))];
  return [
    ...(feed.note === null ? [] : [feed.note]),
    ...(held > 0 ? [`${counted(held, 'item')} held: decide with “/feeds held”.`] : []),
    ...(feed.address === feed.url ? [] : [`It has moved to ${feed.address}.`]),
    ...(groups.length > 0 ? [`Group: ${groups.join(', ')}.`] : []),
    ...(own.some((one) => one.channels.includes(channel)) ? ['Everything of it is posted here.'] : []),
    ...(own.some((one) => one.fullText) ? [] : ['Pages are not read.']),
    ...(own.some((one) => one.origin === 'config') ? ['From the configuration file.'] : []),
  ];
}
