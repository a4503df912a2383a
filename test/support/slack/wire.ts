import { wireFile } from './files.ts';
import type { Json } from './json.ts';
import { APP_ID, BOT_ID, BOT_USER, type Channel, type Message, type Workspace } from './workspace.ts';

/** A message as the Web API and the interaction payloads give it to an app. */
export function wireMessage(workspace: Workspace, message: Message, withMetadata: boolean): Json {
  const replies = message.threadTs === null ? workspace.replies(message) : [];
  const isOurs = message.user === BOT_USER;
  return {
    type: 'message',
    user: message.user,
    text: message.text,
    ts: message.ts,
    ...(isOurs ? { bot_id: BOT_ID, app_id: APP_ID } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.files.length > 0 ? { files: message.files.map(wireFile), upload: true } : {}),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
    ...threadMembers(message, replies),
  };
}

function threadMembers(message: Message, replies: Message[]): Json {
  if (message.threadTs !== null) {
    return {
      thread_ts: message.threadTs,
      ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    };
  }
  if (replies.length === 0) return {};
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
    latest_reply: replies.at(-1)?.ts,
  };
}

/** A channel as conversations.info and conversations.list give it. */
export function wireChannel(channel: Channel): Json {
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'direct',
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: channel.member,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
