import { composeAlert } from '../../../alerts/compose.ts';
import { withJudgment } from '../../../alerts/severity.ts';
import { readingOf } from '../../../facts/read.ts';
import type { Feed } from '../../../model/feed.ts';
import type { Line } from '../../../model/rich-text.ts';
import type { CommandDeps, CommandRequest } from '../../command.ts';
import { counted } from '../../plain.ts';
import { isHere } from '../here.ts';
import { namedFeed, nameOf } from './address.ts';

/** How many articles `/feeds latest` posts. */
const LATEST = 3;

/** Ends the workspace's subscription; what was posted stays. */
export async function removeFeed(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const feed = await namedFeed(request.argument, request, deps);
  if (typeof feed === 'string') return [[feed]];
  const name: Line[number] = { text: nameOf(feed), style: 'bold' };
  const wasFollowed = await deps.store.subscriptions.remove(feed.id, request.workspace, deps.now());
  if (wasFollowed) return [['No longer following ', name, '.']];
  if (feed.subscriptions.some((one) => one.origin === 'import')) {
    return [
      [
        name,
        ` was imported for everybody: whoever runs Tocsin can take it out with “tocsin feeds remove ${feed.url}”.`,
      ],
    ];
  }
  return [[name, ' comes from the configuration file: whoever runs Tocsin can take it out there.']];
}

/** Posts the newest articles as alerts, the oldest of them first; those that were told here already are left out. */
export async function postLatest(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const feed = await namedFeed(request.argument, request, deps);
  if (typeof feed === 'string') return [[feed]];
  const articles = await deps.store.articles.ofFeed(feed.id, LATEST);
  if (articles.length === 0) return [[`${nameOf(feed)} has not been read yet: try again in a moment.`]];
  let posted = 0;
  for (const article of articles.toReversed()) {
    posted += await deps.store.exclusive(async (tables) => {
      const story = article.storyId;
      if (story === null) return 0;
      const told = await tables.alerts.ofStory(story);
      if (told.some((alert) => isHere(request, alert.channel))) return 0;
      const reading = readingOf(article);
      const now = deps.now();
      const content = withJudgment(composeAlert(reading, []), deps.judge([article]));
      await tables.alerts.create({ channel: request.channel, storyId: story, content, dueAt: now }, now);
      return 1;
    });
  }
  const trouble = posted === 0 ? null : await deps.channelTrouble(request.channel);
  if (trouble !== null) return [[{ text: `They wait, for ${trouble}`, style: 'bold' }]];
  return [
    [posted === 0 ? 'The newest articles are here already.' : `Posting ${counted(posted, 'article')}.`],
  ];
}

/** Reads a feed now, also one that was gone. */
export async function pollFeed(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const feed = await namedFeed(request.argument, request, deps);
  if (typeof feed === 'string') return [[feed]];
  await deps.store.feeds.wake(feed.id, deps.now());
  const wasPolled = await deps.feedDesk.pollNow(feed.id);
  const name: Line[number] = { text: nameOf(feed), style: 'bold' };
  if (!wasPolled) return [[name, ' is read as soon as its host may be asked again.']];
  const after = await deps.store.feeds.get(feed.id);
  return [
    after?.failures === 0 ? [name, ' was read.'] : [name, ` could not be read: ${after?.lastError ?? ''}`],
  ];
}

/** Puts a feed into a group for `feed:` queries, or takes it out. */
export async function groupFeed(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const [group = '', feed] = await wordAndFeed(request, deps);
  if (typeof feed === 'string') return [[feed]];
  if (!/[\p{L}\p{N}]/u.test(group))
    return [['A group needs a letter or a digit, so that feed: can name it.']];
  if (group.length > 40) return [['A group has one word of at most 40 characters.']];
  const isNone = group.toLowerCase() === 'none';
  const isOwn = await change(feed, { group: isNone ? null : group }, request, deps);
  if (!isOwn) return [fromFile(feed)];
  const name: Line[number] = { text: nameOf(feed), style: 'bold' };
  if (isNone) return [[name, ' is in no group.']];
  return [
    [
      name,
      ' is in the group ',
      { text: group, style: 'bold' },
      ': queries can say ',
      { text: `feed:${group}`, style: 'code' },
      '.',
    ],
  ];
}

/** Whether the pages behind short items are read. */
export async function readPages(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const [word, feed] = await wordAndFeed(request, deps);
  if (word !== 'on' && word !== 'off')
    return [['Type “/feeds pages on” or “/feeds pages off”, then the feed.']];
  if (typeof feed === 'string') return [[feed]];
  if (!(await change(feed, { fullText: word === 'on' }, request, deps))) return [fromFile(feed)];
  const what =
    word === 'on' ? 'the pages behind its short items are read too' : 'only the feed itself is read';
  return [[{ text: nameOf(feed), style: 'bold' }, `: ${what}.`]];
}

/** Posts, discards or takes as the new baseline what the sanity breaker holds. */
export async function decideHeld(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const { store, now } = deps;
  const [word, feed] = await wordAndFeed(request, deps);
  if (word !== 'post' && word !== 'discard' && word !== 'baseline') {
    return [['Type “/feeds held post”, “discard” or “baseline”, then the feed.']];
  }
  if (typeof feed === 'string') return [[feed]];
  const name: Line[number] = { text: nameOf(feed), style: 'bold' };
  const count = await store.transaction(async (tables) => {
    const decided = await tables.heldItems.decide(feed.id, word === 'post' ? 'post' : 'discard');
    if (decided > 0 && word === 'baseline') {
      await tables.heldItems.forget(feed.id);
      await tables.feeds.rebaseline(feed.id, now());
    }
    return decided;
  });
  if (count === 0) return [[name, ' has nothing held: it was decided already.']];
  await (word === 'baseline' ? deps.feedDesk.pollNow(feed.id) : deps.feedDesk.takeDecided(feed.id));
  const items = counted(count, 'item');
  if (word === 'baseline')
    return [[name, ' is read anew: what it shows now is stored, and nothing of it is posted.']];
  return [
    word === 'post'
      ? [`Posting the ${items} of `, name, ' that were held.']
      : [`Discarded the ${items} of `, name, '.'],
  ];
}

/** "syria Reuters World" as its first word and the feed that the rest names. */
async function wordAndFeed(request: CommandRequest, deps: CommandDeps): Promise<[string, Feed | string]> {
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(request.argument) ?? [];
  return [
    word,
    rest === '' ? 'Name the feed too: /feeds list shows their names.' : await namedFeed(rest, request, deps),
  ];
}

/** False when the feed is the file's alone. */
async function change(
  feed: Feed,
  settings: { group?: string | null; fullText?: boolean },
  { workspace, person }: CommandRequest,
  { store, now }: CommandDeps,
): Promise<boolean> {
  const own = feed.subscriptions.find((one) => one.workspace === workspace);
  if (own === undefined) return false;
  const name = null;
  await store.subscriptions.put({ ...own, ...settings, feedId: feed.id, name, createdBy: person }, now());
  return true;
}

function fromFile(feed: Feed): Line {
  return [
    { text: nameOf(feed), style: 'bold' },
    ' comes from the configuration file: change it there, or follow it here with /feeds follow.',
  ];
}
