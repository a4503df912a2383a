import { randomBytes } from 'node:crypto';
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { invalidForm, refusal } from './api-error.ts';
import { checkMessageBody, type MessageInput } from './message-rules.ts';
import { createMessage, deleteMessage, editMessage } from './messages.ts';
import { type ApiRequest, type ApiResult, openRoute, param, type Route } from './router.ts';
import { checkSchema } from './schema.ts';
import { ephemeralFlag, loadingFlag, messageJson } from './serialize.ts';
import {
  type Channel,
  type Component,
  channelOf,
  type Json,
  type StoredMessage,
  type World,
} from './world.ts';

/** A dialog that a person sees. */
export interface OpenModal {
  customId: string;
  title: string;
  components: Component[];
  userId: string;
  channelId: string;
  /** The message whose button opened it. */
  source: StoredMessage | null;
}

export interface Interaction {
  id: string;
  token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 modal. */
  type: number;
  channel: Channel;
  userId: string;
  createdAt: number;
  source: StoredMessage | null;
  state: 'waiting' | 'answered' | 'expired';
  /** The type of the first answer. */
  answerType: number | null;
  original: StoredMessage | null;
  followUps: StoredMessage[];
  modal: OpenModal | null;
  choices: { name: string; value: string | number }[];
  /** Grows with every answer, edit and follow-up. */
  activity: number;
}

export interface Interactions {
  routes: Route[];
  /** Dialogs that people have open, oldest first. */
  modals: OpenModal[];
  /** A new interaction whose clock for the first answer runs. */
  open(given: { type: number; channel: Channel; userId: string; source?: StoredMessage }): Interaction;
  close(): void;
}

/** First answers that fit, by interaction type. */
const answersTo: Record<number, number[]> = { 2: [4, 5, 9], 3: [4, 5, 6, 7, 9], 4: [8], 5: [4, 5, 6, 7] };

/** The interactions of a world: their deadlines and the routes that answer them. */
export function openInteractions(
  world: World,
  clocks: { firstAnswerMs: number; tokenMs: number },
): Interactions {
  const byToken = new Map<string, Interaction>();
  const timers = new Set<NodeJS.Timeout>();
  const modals: OpenModal[] = [];

  function expire(interaction: Interaction): void {
    if (interaction.state !== 'waiting') return;
    interaction.state = 'expired';
    world.bus.emit('change');
  }

  /** The interaction of a webhook path, once it has been answered and while its token lives. */
  function answered(request: ApiRequest): Interaction {
    const interaction = byToken.get(param(request, 'token'));
    const isOurs = param(request, 'application') === world.applicationId;
    if (interaction?.state !== 'answered' || !isOurs) throw refusal('unknownWebhook');
    if (Date.now() - interaction.createdAt > clocks.tokenMs) throw refusal('invalidWebhookToken');
    return interaction;
  }

  function callback(request: ApiRequest): ApiResult {
    const interaction = byToken.get(param(request, 'token'));
    const isKnown = interaction && interaction.id === param(request, 'interaction');
    if (!isKnown || interaction.state === 'expired') throw refusal('unknownInteraction');
    if (interaction.state === 'answered') throw refusal('alreadyAcknowledged');
    const type = firstAnswer(world, interaction, request);
    if (interaction.modal) modals.push(interaction.modal);
    touch(world, interaction);
    if (request.query.get('with_response') !== 'true') return { status: 204 };
    return { status: 200, body: callbackJson(world, interaction, type) };
  }

  const message = '/webhooks/:application/:token/messages/:message';
  return {
    modals,
    routes: [
      openRoute('POST', '/interactions/:interaction/:token/callback', callback),
      openRoute('POST', '/webhooks/:application/:token', (request) =>
        followUp(world, answered(request), request),
      ),
      openRoute('GET', message, (request) => ok(world, ownMessage(answered(request), request))),
      openRoute('PATCH', message, (request) => change(world, answered(request), request)),
      openRoute('DELETE', message, (request) => withdraw(world, answered(request), request)),
    ],
    open({ type, channel, userId, source }) {
      const interaction: Interaction = {
        id: world.nextId(),
        token: randomBytes(24).toString('base64url'),
        type,
        channel,
        userId,
        createdAt: Date.now(),
        source: source ?? null,
        state: 'waiting',
        answerType: null,
        original: null,
        followUps: [],
        modal: null,
        choices: [],
        activity: 0,
      };
      byToken.set(interaction.token, interaction);
      timers.add(setTimeout(expire, clocks.firstAnswerMs, interaction).unref());
      return interaction;
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Carries out the first answer and returns its type. Throws 50035 and 50006; the interaction then still waits. */
function firstAnswer(world: World, interaction: Interaction, request: ApiRequest): number {
  const type = Number(request.body.type);
  if (!answersTo[interaction.type]?.includes(type)) throw unfitting(interaction.type, type);
  if ((type === 6 || type === 7) && !interaction.source) throw unfitting(interaction.type, type);
  const data = (request.body.data ?? {}) as Json;
  if (type === 4 || type === 5) reply(world, interaction, request, data);
  else if (type === 6 || type === 7) update(world, interaction, request, data);
  else if (type === 8) suggest(interaction, request);
  else openModal(interaction, request, data);
  interaction.state = 'answered';
  interaction.answerType = type;
  return type;
}

function unfitting(interactionType: number, type: number) {
  const message = `Response type ${type} does not fit an interaction of type ${interactionType}.`;
  return invalidForm([{ path: ['type'], code: 'INTERACTION_RESPONSE_TYPE_INVALID', message }]);
}

function reply(world: World, interaction: Interaction, request: ApiRequest, data: Json): void {
  checkSchema(CreateMessageInteractionCallbackRequestSchema, request.body);
  const input = checkMessageBody(IncomingWebhookRequestPartialSchema, data, ['data']);
  const isLoading = request.body.type === 5;
  interaction.original = respond(world, interaction, { input, files: request.files, isLoading });
}

function update(world: World, interaction: Interaction, request: ApiRequest, data: Json): void {
  checkSchema(UpdateMessageInteractionCallbackRequestSchema, request.body);
  const input = checkMessageBody(IncomingWebhookUpdateRequestPartialSchema, data, ['data']);
  interaction.original = interaction.source;
  if (request.body.type === 7 && interaction.source)
    editMessage(world, interaction.source, input, request.files);
}

function suggest(interaction: Interaction, request: ApiRequest): void {
  checkSchema(ApplicationCommandAutocompleteCallbackRequestSchema, request.body);
  const { choices } = request.body.data as { choices?: Interaction['choices'] };
  interaction.choices = choices ?? [];
}

/** A modal takes 1 to 5 rows or labels (docs: interactions/receiving-and-responding). */
function openModal(interaction: Interaction, request: ApiRequest, data: Json): void {
  checkSchema(ModalInteractionCallbackRequestSchema, request.body);
  const components = data.components as Component[];
  if (components.length > 5) {
    const message = 'Must be 5 or fewer in length.';
    throw invalidForm([{ path: ['data', 'components'], code: 'BASE_TYPE_MAX_LENGTH', message }]);
  }
  interaction.modal = {
    customId: String(data.custom_id),
    title: String(data.title),
    components,
    userId: interaction.userId,
    channelId: interaction.channel.id,
    source: interaction.source,
  };
}

/** A message that answers; ephemeral ones are for the person who asked. */
function respond(
  world: World,
  interaction: Interaction,
  given: { input: MessageInput; files: ApiRequest['files']; isLoading?: boolean },
): StoredMessage {
  const { id, type, userId, channel } = interaction;
  const ephemeralFor = (given.input.flags ?? 0) & ephemeralFlag ? userId : null;
  return createMessage(world, { ...given, channel, ephemeralFor, interaction: { id, type, userId } });
}

/** The first follow-up after a deferred reply takes the place of "thinking", and its visibility. */
function followUp(world: World, interaction: Interaction, request: ApiRequest): ApiResult {
  const input = checkMessageBody(IncomingWebhookRequestPartialSchema, request.body);
  const pending = interaction.original;
  if (pending && pending.flags & loadingFlag) {
    editMessage(world, pending, input, request.files);
    touch(world, interaction);
    return ok(world, pending);
  }
  const message = respond(world, interaction, { input, files: request.files });
  interaction.followUps.push(message);
  touch(world, interaction);
  return ok(world, message);
}

function change(world: World, interaction: Interaction, request: ApiRequest): ApiResult {
  const message = ownMessage(interaction, request);
  const input = checkMessageBody(IncomingWebhookUpdateRequestPartialSchema, request.body);
  editMessage(world, message, input, request.files);
  touch(world, interaction);
  return ok(world, message);
}

function withdraw(world: World, interaction: Interaction, request: ApiRequest): ApiResult {
  const message = ownMessage(interaction, request);
  deleteMessage(world, channelOf(world, message.channelId), message);
  // What is said after "thinking" was taken away is a message of its own (discord-api-docs#2739).
  if (message === interaction.original) interaction.original = null;
  touch(world, interaction);
  return { status: 204 };
}

function ownMessage(interaction: Interaction, request: ApiRequest): StoredMessage {
  const id = param(request, 'message');
  const own = [interaction.original, ...interaction.followUps].filter((message) => message !== null);
  const message = id === '@original' ? interaction.original : own.find((candidate) => candidate.id === id);
  if (!message || !interaction.channel.messages.includes(message)) throw refusal('unknownMessage');
  return message;
}

function touch(world: World, interaction: Interaction): void {
  interaction.activity += 1;
  world.bus.emit('change');
}

function ok(world: World, message: StoredMessage): ApiResult {
  return { status: 200, body: messageJson(world, message) };
}

function callbackJson(world: World, interaction: Interaction, type: number): Json {
  const message = interaction.original;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (message.flags & loadingFlag) !== 0,
            response_message_ephemeral: message.ephemeralFor !== null,
          }
        : {}),
    },
    resource: { type, ...(message && type !== 6 ? { message: messageJson(world, message) } : {}) },
  };
}
