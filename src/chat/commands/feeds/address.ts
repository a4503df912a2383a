import type { Feed } from '../../../model/feed.ts';
import { visibleTo } from '../../../store/subscriptions.ts';
import type { CommandDeps, CommandRequest } from '../../command.ts';

/** The words after `/feeds add`. */
export interface Wanted {
  address: string;
  /** Everything of it is posted in this channel. */
  isHere: boolean;
  group: string | null;
  /** What its requests must carry. Secrets. */
  headers: Record<string, string>;
}

/** Reads "https://example.org/rss here group:syria with Cookie: a=b", or says in one sentence what is wrong. */
export function readWanted(argument: string): Wanted | string {
  const [, all = '', header] = /^(.*?)(?:\s+with(?:\s+(.*)|\s*$))?$/is.exec(argument) ?? [];
  const headers = /\swith(?:\s|$)/i.test(argument) ? readHeader(header ?? '') : {};
  if (headers === null) return 'After “with” comes a header, such as: with Cookie: session=abc';
  const [address = '', ...options] = all.trim().split(/\s+/);
  const wanted: Wanted = { address: bareAddress(address), isHere: false, group: null, headers };
  for (const option of options) {
    const group = /^group:(?=.*[\p{L}\p{N}])(.{1,40})$/iu.exec(option)?.[1];
    if (group !== undefined) wanted.group = group;
    else if (option.toLowerCase() === 'here') wanted.isHere = true;
    else
      return `I do not know “${option}” here: after the address come “here”, “group:<name>” or “with <Header: value>”.`;
  }
  return wanted;
}

function readHeader(text: string): Record<string, string> | null {
  const [, name, value] = /^([^\s:]+):\s*(.+)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? null : { [name]: value };
}

/** Slack writes addresses as links, and some sites as `feed:` addresses. */
function bareAddress(address: string): string {
  return address.replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1').replace(/^feed:(?:\/\/)?(?=\S+\.)/i, '');
}

/** The feeds that the workspace follows or everybody sees, by name. */
export async function visibleFeeds({ workspace }: CommandRequest, { store }: CommandDeps): Promise<Feed[]> {
  const feeds = await store.feeds.list();
  return feeds.filter((feed) => visibleTo(workspace, feed).length > 0);
}

/**
 * The one feed that these words name: its id, its address, its whole name, or else a part of one that no other has.
 * A sentence with the remedy when there is none or more than one.
 */
export async function namedFeed(
  words: string,
  request: CommandRequest,
  deps: CommandDeps,
): Promise<Feed | string> {
  const feeds = await visibleFeeds(request, deps);
  const wanted = words.trim().toLowerCase();
  const exact = feeds.filter((feed) =>
    [feed.id, feed.url.toLowerCase(), nameOf(feed).toLowerCase()].includes(wanted),
  );
  const [first] = exact;
  if (first !== undefined && exact.length === 1) return first;
  const known = await deps.feedDesk.known(bareAddress(words.trim()), request.workspace);
  if (known !== null) return known;
  const partly = feeds.filter((feed) => `${nameOf(feed)} ${feed.url}`.toLowerCase().includes(wanted));
  const [only, ...others] = exact.length > 1 ? exact : partly;
  if (only === undefined) return `No feed is called “${words}”: /feeds list shows their names.`;
  if (others.length === 0) return only;
  return `“${words}” could be ${others.length + 1} feeds, such as ${only.url} and ${others[0]?.url}: give the address.`;
}

/** What readers know the feed by. */
export function nameOf(feed: Feed): string {
  return feed.name ?? new URL(feed.url).host;
}
