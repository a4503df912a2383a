import {
  CreateTextThreadWithMessageRequestSchema,
  CreateTextThreadWithoutMessageRequestSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
} from 'discord-api-spec/zod';
import { refusal } from './api-error.ts';
import { openPost } from './forums.ts';
import { checkMessageBody } from './message-rules.ts';
import {
  createMessage,
  deleteMessage,
  editMessage,
  isForum,
  listMessages,
  publicMessage,
  requirePermission,
  requirePostingRights,
  sameNonce,
  startThread,
  visibleChannel,
} from './messages.ts';
import { type ApiRequest, type ApiResult, param, type Route, route } from './router.ts';
import { checkSchema } from './schema.ts';
import { channelJson, messageJson } from './serialize.ts';
import { intents, isDenied, publish, type World } from './world.ts';

/** Messages, threads, reactions and typing. */
export function messageRoutes(world: World): Route[] {
  const messages = '/channels/:channel/messages';
  const message = `${messages}/:message`;
  return [
    route('POST', messages, (request) => post(world, request)),
    route('GET', messages, (request) => list(world, request)),
    route('GET', message, (request) => get(world, request)),
    route('PATCH', message, (request) => edit(world, request)),
    route('DELETE', message, (request) => remove(world, request)),
    route('POST', `${message}/threads`, (request) => thread(world, request)),
    route('POST', '/channels/:channel/threads', (request) =>
      isForum(here(world, request)) ? openPost(world, request) : thread(world, request),
    ),
    route('PUT', `${message}/reactions/:emoji/@me`, (request) => react(world, request, true)),
    route('DELETE', `${message}/reactions/:emoji/@me`, (request) => react(world, request, false)),
    route('POST', '/channels/:channel/typing', (request) => {
      requirePermission(world, here(world, request), 'SendMessages');
      return { status: 204 };
    }),
  ];
}

function here(world: World, request: ApiRequest) {
  return visibleChannel(world, param(request, 'channel'));
}

function post(world: World, request: ApiRequest): ApiResult {
  const channel = here(world, request);
  const input = checkMessageBody(MessageCreateRequestSchema, request.body);
  requirePostingRights(world, channel, input, request.files.length);
  const message = sameNonce(world, input) ?? createMessage(world, { channel, input, files: request.files });
  return { status: 200, body: messageJson(world, message, true) };
}

/** Without the right to read history the list is empty, not refused. */
function list(world: World, request: ApiRequest): ApiResult {
  const channel = here(world, request);
  const found = listMessages(channel, request.query);
  if (isDenied(world, channel, 'ReadMessageHistory')) return { status: 200, body: [] };
  return { status: 200, body: found.map((message) => messageJson(world, message)) };
}

function get(world: World, request: ApiRequest): ApiResult {
  const channel = here(world, request);
  requirePermission(world, channel, 'ReadMessageHistory');
  return { status: 200, body: messageJson(world, publicMessage(channel, param(request, 'message'))) };
}

function edit(world: World, request: ApiRequest): ApiResult {
  const channel = here(world, request);
  const message = publicMessage(channel, param(request, 'message'));
  const input = checkMessageBody(MessageEditRequestPartialSchema, request.body);
  if (message.authorId !== world.applicationId) throw refusal('notYourMessage');
  if (input.embeds?.length) requirePermission(world, channel, 'EmbedLinks');
  editMessage(world, message, input, request.files);
  return { status: 200, body: messageJson(world, message) };
}

function remove(world: World, request: ApiRequest): ApiResult {
  const channel = here(world, request);
  const message = publicMessage(channel, param(request, 'message'));
  if (message.authorId !== world.applicationId) requirePermission(world, channel, 'ManageMessages');
  deleteMessage(world, channel, message);
  return { status: 204 };
}

function thread(world: World, request: ApiRequest): ApiResult {
  const channel = here(world, request);
  const from = request.params.message ? publicMessage(channel, request.params.message) : null;
  checkSchema(
    from ? CreateTextThreadWithMessageRequestSchema : CreateTextThreadWithoutMessageRequestSchema,
    request.body,
  );
  const started = startThread(world, channel, String(request.body.name), from);
  return { status: 201, body: channelJson(world, started) };
}

function react(world: World, request: ApiRequest, isAdded: boolean): ApiResult {
  const channel = here(world, request);
  if (isAdded) requirePermission(world, channel, 'AddReactions');
  const message = publicMessage(channel, param(request, 'message'));
  const emoji = param(request, 'emoji');
  const users = message.reactions.get(emoji) ?? new Set();
  if (isAdded) message.reactions.set(emoji, users.add(world.applicationId));
  else if (users.delete(world.applicationId) && users.size === 0) message.reactions.delete(emoji);
  const event = isAdded ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE';
  const data = {
    user_id: world.applicationId,
    channel_id: channel.id,
    message_id: message.id,
    guild_id: channel.guildId,
    emoji: { id: null, name: emoji },
    type: 0,
    burst: false,
  };
  publish(world, event, data, intents.guildReactions);
  return { status: 204 };
}
