import { flag, required, whole } from './arguments.ts';
import { asText, type Json } from './json.ts';
import { type Call, type Method, requireScope } from './method.ts';
import { Refusal } from './refusal.ts';
import { wireChannel, wireMessage } from './wire.ts';
import type { Channel, Message } from './workspace.ts';

const SCOPE_PREFIX = { public: 'channels', private: 'groups', direct: 'im' } as const;

/** The conversations.* methods. Which scope they need depends on the kind of channel, so they check it themselves. */
export const CONVERSATION_METHODS: Record<string, Method> = {
  'conversations.history': { token: 'bot', run: history },
  'conversations.replies': { token: 'bot', run: replies },
  'conversations.info': { token: 'bot', run: info },
  'conversations.list': { token: 'bot', run: list },
  'conversations.open': { token: 'bot', scope: 'im:write', run: openDirect },
  'conversations.join': { token: 'bot', scope: 'channels:join', run: join },
};

function history(call: Call): Json {
  const channel = readableChannel(call);
  const messages = call.workspace.messages
    .filter((message) => message.channel === channel.id && message.ephemeralFor === null)
    .filter((message) => message.threadTs === null || message.broadcast)
    .filter((message) => isWithin(call, message.ts))
    .reverse();
  const page = pageOf(call, messages);
  return { ...wirePage(call, page), pin_count: 0 };
}

function replies(call: Call): Json {
  const channel = readableChannel(call);
  const ts = required(call.args, 'ts');
  const found = call.workspace.find(channel.id, ts);
  if (!found) throw new Refusal('thread_not_found');
  const parent = found.threadTs === null ? found : call.workspace.find(channel.id, found.threadTs);
  if (!parent) throw new Refusal('thread_not_found');
  const answers = call.workspace.replies(parent).filter((message) => isWithin(call, message.ts));
  return wirePage(call, pageOf(call, [parent, ...answers]));
}

function info(call: Call): Json {
  const channel = call.workspace.visibleChannel(required(call.args, 'channel'));
  requireScope(call.manifest, `${SCOPE_PREFIX[channel.kind]}:read`);
  return { channel: wireChannel(channel) };
}

function list(call: Call): Json {
  const types = (asText(call.args.types) || 'public_channel').split(',');
  const kinds = types.map(
    (type) => ({ public_channel: 'public', private_channel: 'private', im: 'direct' })[type],
  );
  if (kinds.includes('public')) requireScope(call.manifest, 'channels:read');
  if (kinds.includes('private')) requireScope(call.manifest, 'groups:read');
  const channels = [...call.workspace.channels.values()]
    .filter((channel) => kinds.includes(channel.kind) && (channel.kind === 'public' || channel.member))
    .filter((channel) => !(channel.archived && flag(call.args, 'exclude_archived')));
  const page = pageOf(call, channels);
  return { channels: page.items.map(wireChannel), response_metadata: { next_cursor: page.next } };
}

function join(call: Call): Json {
  const channel = call.workspace.visibleChannel(required(call.args, 'channel'));
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refusal('is_archived');
  channel.member = true;
  call.workspace.changed();
  return { channel: wireChannel(channel) };
}

function openDirect(call: Call): Json {
  const user = required(call.args, 'users');
  if (!call.workspace.users.has(user)) throw new Refusal('user_not_found');
  return { channel: { id: call.workspace.direct(user).id } };
}

function readableChannel(call: Call): Channel {
  const channel = call.workspace.visibleChannel(required(call.args, 'channel'));
  requireScope(call.manifest, `${SCOPE_PREFIX[channel.kind]}:history`);
  if (!channel.member) throw new Refusal('not_in_channel');
  return channel;
}

/** Bounds are exclusive unless `inclusive` is on. */
function isWithin(call: Call, ts: string): boolean {
  const at = micros(ts);
  const slack = flag(call.args, 'inclusive') ? 1 : 0;
  const oldest = asText(call.args.oldest);
  const latest = asText(call.args.latest);
  if (oldest !== '' && at <= micros(oldest) - slack) return false;
  return latest === '' || at < micros(latest) + slack;
}

/** Microseconds of "1643846400.000100"; a whole number of seconds is fine too. Throws `invalid_ts_oldest`. */
function micros(ts: string): number {
  const match = ts.match(/^(\d+)(?:\.(\d{1,6}))?$/);
  if (!match) throw new Refusal('invalid_ts_oldest');
  return Number(match[1]) * 1e6 + Number((match[2] ?? '').padEnd(6, '0'));
}

interface Page<Item> {
  items: Item[];
  /** Empty on the last page. */
  next: string;
}

function pageOf<Item extends { ts: string } | { id: string }>(call: Call, items: Item[]): Page<Item> {
  const limit = whole(call.args, 'limit', 100, 'invalid_limit');
  if (limit < 1 || limit > 999) throw new Refusal('invalid_limit');
  const key = (item: Item) => ('ts' in item ? item.ts : item.id);
  const cursor = asText(call.args.cursor);
  const wanted = Buffer.from(cursor, 'base64')
    .toString()
    .replace(/^next:/, '');
  const start = cursor === '' ? 0 : items.findIndex((item) => key(item) === wanted);
  if (start < 0) throw new Refusal('invalid_cursor');
  const following = items[start + limit];
  return {
    items: items.slice(start, start + limit),
    next: following ? Buffer.from(`next:${key(following)}`).toString('base64') : '',
  };
}

function wirePage(call: Call, page: Page<Message>): Json {
  const withMetadata = flag(call.args, 'include_all_metadata');
  return {
    messages: page.items.map((message) => wireMessage(call.workspace, message, withMetadata)),
    has_more: page.next !== '',
    ...(page.next === '' ? {} : { response_metadata: { next_cursor: page.next } }),
  };
}
