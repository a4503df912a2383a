import { required } from './arguments.ts';
import { asText } from './json.ts';
import type { Call, Method } from './method.ts';
import { edit, post, TEXT_MAX } from './posting.ts';
import { Refusal } from './refusal.ts';
import { wireMessage } from './wire.ts';
import { BOT_USER, type Channel, type Message } from './workspace.ts';

/** Longer texts are refused by chat.update, unlike chat.postMessage (docs.slack.dev/reference/methods/chat.update). */
const UPDATE_TEXT_MAX = 4000;

const WRITE = { token: 'bot', scope: 'chat:write' } as const;

/** The chat.* methods. */
export const CHAT_METHODS: Record<string, Method> = {
  'chat.postMessage': { ...WRITE, run: postMessage },
  'chat.postEphemeral': { ...WRITE, run: postEphemeral },
  'chat.update': { ...WRITE, run: update },
  'chat.delete': { ...WRITE, run: remove },
};

function postMessage(call: Call) {
  const channel = writableChannel(call);
  call.spendRate(channel.id);
  const parent = asText(call.args.thread_ts) || null;
  const message = post(call.workspace, call.args, {
    channel: channel.id,
    threadTs: parent === null ? null : threadOf(call, channel, parent),
    ephemeralFor: null,
  });
  const truncated = asText(call.args.text).length > TEXT_MAX;
  return {
    channel: channel.id,
    ts: message.ts,
    message: wireMessage(call.workspace, message, false),
    ...(truncated
      ? { warning: 'message_truncated', response_metadata: { warnings: ['message_truncated'] } }
      : {}),
  };
}

/** The thread of a reply to a reply is that of its parent. */
function threadOf(call: Call, channel: Channel, ts: string): string {
  return call.workspace.find(channel.id, ts)?.threadTs ?? ts;
}

function postEphemeral(call: Call) {
  const user = required(call.args, 'user');
  const channel = writableChannel(call);
  if (!channel.member) throw new Refusal('not_in_channel');
  if (!call.workspace.users.has(user)) throw new Refusal('user_not_in_channel');
  const threadTs = asText(call.args.thread_ts) || null;
  const message = post(call.workspace, call.args, { channel: channel.id, threadTs, ephemeralFor: user });
  return { message_ts: message.ts };
}

function update(call: Call) {
  const message = ownMessage(call, 'cant_update_message');
  if (asText(call.args.text).length > UPDATE_TEXT_MAX) throw new Refusal('msg_too_long');
  edit(call.workspace, message, call.args);
  return {
    channel: message.channel,
    ts: message.ts,
    text: message.text,
    message: wireMessage(call.workspace, message, false),
  };
}

function remove(call: Call) {
  const message = ownMessage(call, 'cant_delete_message');
  call.workspace.remove(message);
  return { channel: message.channel, ts: message.ts };
}

/** A channel that takes messages; a user's id stands for the conversation with them. */
function writableChannel(call: Call): Channel {
  const id = required(call.args, 'channel');
  const channel = call.workspace.users.has(id)
    ? call.workspace.direct(id)
    : call.workspace.visibleChannel(id);
  if (channel.kind === 'direct' && !call.manifest.messagesTab) throw new Refusal('messages_tab_disabled');
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.member && !call.manifest.scopes.has('chat:write.public')) throw new Refusal('not_in_channel');
  return channel;
}

function ownMessage(call: Call, notOurs: string): Message {
  const channel = call.workspace.visibleChannel(required(call.args, 'channel'));
  const message = call.workspace.find(channel.id, required(call.args, 'ts'));
  if (!message) throw new Refusal('message_not_found');
  if (channel.archived) throw new Refusal('is_inactive');
  if (message.user !== BOT_USER) throw new Refusal(notOurs);
  return message;
}
