import type { Button, Line, Reply } from '../../../model/rich-text.ts';
import { visibleTo } from '../../../store/subscriptions.ts';
import { spokenTime } from '../../../text/spoken-time.ts';
import type { CommandDeps, CommandRequest } from '../../command.ts';
import type { Look } from '../../feed-desk.ts';
import { counted, cut } from '../../plain.ts';
import { nameOf, readWanted, type Wanted } from './address.ts';

type FoundFeed = Look & { kind: 'feed' };

/** Discord takes 5 buttons a row. */
const OFFERED = 5;

/** What is at the address, before anything is added; the buttons add it. */
export async function addFeed(request: CommandRequest, deps: CommandDeps): Promise<Line[] | Reply> {
  const wanted = readWanted(request.argument);
  if (typeof wanted === 'string') return [[wanted]];
  const known = await alreadyFollowed(wanted, request, deps);
  if (known !== null) return known;
  const look = await deps.feedDesk.look(wanted.address, wanted.headers);
  if (look.kind === 'problem') return [[look.text]];
  if (look.kind === 'page') return choice(look.feeds, wanted, { request, deps });
  return (
    (await alreadyFollowed({ ...wanted, address: look.url }, request, deps)) ??
    preview(look, wanted, { request, deps })
  );
}

/** Adds a feed: by its address, or by the id that a button carries. */
export async function followFeed(request: CommandRequest, deps: CommandDeps): Promise<Line[] | Reply> {
  const wanted = readWanted(request.argument);
  if (typeof wanted === 'string') return [[wanted]];
  // Discord shows what was typed to everybody who sees the answer.
  if (hasSecret(wanted))
    return [['Use /feeds add for a feed that needs a header or a password: only you see it.']];
  const seen = await deps.store.feeds.get(wanted.address);
  if (seen !== null && (seen.owner ?? request.workspace) === request.workspace) {
    return follow(seen.id, wanted, { request, deps });
  }
  if (/^[0-9a-z]{22}$/.test(wanted.address))
    return [['I have forgotten that feed: type /feeds add and its address again.']];
  const known = await alreadyFollowed(wanted, request, deps);
  if (known !== null) return known;
  const look = await deps.feedDesk.look(wanted.address, wanted.headers);
  if (look.kind === 'problem') return [[look.text]];
  if (look.kind === 'page') return choice(look.feeds, wanted, { request, deps });
  const id = await deps.feedDesk.keep(look.url, look.headers, request.workspace);
  return follow(id, wanted, { request, deps });
}

interface Context {
  request: CommandRequest;
  deps: CommandDeps;
}

/** A feed is followed once; asked for "here", it only gets this channel too. */
async function alreadyFollowed(
  wanted: Wanted,
  request: CommandRequest,
  deps: CommandDeps,
): Promise<Line[] | Reply | null> {
  // With credentials of its own it is another feed, or the same one with new ones.
  if (hasSecret(wanted)) return null;
  const feed = await deps.feedDesk.known(wanted.address, request.workspace);
  if (feed === null) return null;
  const own = feed.subscriptions.find((one) => one.workspace === request.workspace);
  const isHere = own?.channels.includes(request.channel) === true;
  if (isHere || !wanted.isHere) {
    const where = isHere ? ', and everything of it is posted here' : '';
    return [[{ text: nameOf(feed), style: 'bold' }, ` is followed already${where}.`]];
  }
  return follow(feed.id, wanted, { request, deps });
}

function hasSecret({ address, headers }: Wanted): boolean {
  return Object.keys(headers).length > 0 || /^\S+:\/\/[^/]*@/.test(address);
}

async function preview(look: FoundFeed, wanted: Wanted, { request, deps }: Context): Promise<Reply> {
  const id = await deps.feedDesk.keep(look.url, look.headers, request.workspace);
  const group = groupWords(wanted);
  const add = { label: 'Add', command: `feeds follow ${id}${group}` };
  const here = { label: 'Add, and post everything here', command: `feeds follow ${id} here${group}` };
  return { lines: described(look), buttons: wanted.isHere ? [here] : [add, here] };
}

function groupWords({ group }: Wanted): string {
  return group === null ? '' : ` group:${group}`;
}

function described(look: FoundFeed): Line[] {
  const { title, url, language, count, newest, gapMs, note } = look;
  const rhythm = gapMs === null ? 'how often is not known yet' : `a new one about every ${spokenTime(gapMs)}`;
  const spoken = language === null ? '' : `, in ${languageName(language)}`;
  return [
    [{ text: cut(title ?? new URL(url).host, 200), style: 'bold' }, ` at ${url}${spoken}`],
    [`${counted(count, 'item')}, ${rhythm}.`],
    ...newest.map(
      (item): Line => [
        '• ',
        cut(item.title, 200),
        ...(item.publishedAt === null ? [] : [' (', { timeMs: item.publishedAt }, ')']),
      ],
    ),
    ...(note === null ? [] : [[note]]),
  ];
}

function languageName(language: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}

/** A page with several feeds: one button for each. */
async function choice(
  feeds: (Look & { kind: 'page' })['feeds'],
  wanted: Wanted,
  { request, deps }: Context,
): Promise<Reply> {
  const offered = feeds.slice(0, OFFERED);
  const buttons: Button[] = [];
  for (const { url, title, headers } of offered) {
    const id = await deps.feedDesk.keep(url, headers, request.workspace);
    const here = wanted.isHere ? ' here' : '';
    buttons.push({ label: cut(title ?? url, 75), command: `feeds follow ${id}${here}${groupWords(wanted)}` });
  }
  const more = feeds.length - offered.length;
  return {
    lines: [
      [`This is a web page with ${counted(feeds.length, 'feed')}. Which one shall I add?`],
      ...offered.map(({ url, title }): Line => [`• ${title === null ? '' : `${cut(title, 100)}: `}${url}`]),
      ...(more > 0 ? [[`… and ${more} more.`]] : []),
    ],
    buttons,
  };
}

async function follow(feedId: string, wanted: Wanted, { request, deps }: Context): Promise<Line[] | Reply> {
  const { workspace, channel, person } = request;
  const before = await deps.store.feeds.get(feedId);
  const own = before?.subscriptions.find((one) => one.workspace === workspace);
  const visible = before === null ? [] : visibleTo(workspace, before);
  const channels = new Set(own?.channels);
  if (wanted.isHere) channels.add(channel);
  await deps.store.subscriptions.put(
    {
      feedId,
      workspace,
      name: null,
      channels: [...channels],
      group: wanted.group ?? own?.group ?? null,
      fullText: own?.fullText ?? visible.every((one) => one.fullText),
      origin: 'chat',
      createdBy: person,
    },
    deps.now(),
  );
  const isRead = before?.baselinedAt != null && before.subscriptions.length > 0;
  if (!isRead || before.failures > 0 || before.isGone) {
    await deps.store.feeds.wake(feedId, deps.now());
    await deps.feedDesk.pollNow(feedId);
  }
  return welcome(feedId, wanted, { request, deps });
}

async function welcome(feedId: string, wanted: Wanted, { request, deps }: Context): Promise<Reply> {
  const feed = await deps.store.feeds.get(feedId);
  const name = feed === null ? 'the feed' : nameOf(feed);
  const what = wanted.isHere
    ? 'everything it publishes from now on is posted here'
    : 'watches see what it publishes from now on';
  const isRead = feed !== null && feed.baselinedAt !== null;
  const trouble = wanted.isHere ? await deps.channelTrouble(request.channel) : null;
  return {
    lines: [
      ['Following ', { text: name, style: 'bold' }, `: ${what}.`],
      ...(isRead
        ? []
        : [
            [
              `It could not be read yet${feed?.lastError ? `: ${feed.lastError}` : ', and follows in a moment.'}`,
            ],
          ]),
      ...(trouble === null ? [] : [[{ text: `But ${trouble}`, style: 'bold' as const }] satisfies Line]),
    ],
    buttons: isRead ? [{ label: 'Post the newest 3 here', command: `feeds latest ${feedId}` }] : [],
  };
}
