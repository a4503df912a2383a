import { attachmentBytes } from './attached-files.ts';
import { type CommandCall, commandData, registeredCommand } from './command-input.ts';
import type { Interaction, Interactions, OpenModal } from './interactions.ts';
import { walk } from './message-rules.ts';
import { ordinaryPermissions, permissionBits } from './permissions.ts';
import { readMessage, type SeenMessage, visibleMessage } from './reader.ts';
import { channelJson, loadingFlag, memberJson, messageJson } from './serialize.ts';
import {
  type Channel,
  type Component,
  channelOf,
  isDenied,
  type Json,
  permissionsIn,
  publish,
  type StoredMessage,
  someone,
  userOf,
  type World,
} from './world.ts';

/** What the person sees once the answer has settled. */
interface CommandOutcome {
  /** The texts of `messages`, or what Discord's client says when no answer came. */
  text: string;
  ephemeral: boolean;
  embeds: unknown[];
  /** The answer (or the updated message), then the follow-ups. */
  messages: SeenMessage[];
  /** The dialog that opened instead of an answer. */
  modal: { customId: string; title: string; fields: ModalField[] } | null;
  /** True when nothing came in time. */
  failed: boolean;
}

interface ModalField {
  customId: string;
  label: string;
  required: boolean;
}

interface ButtonClick {
  channel: string;
  messageId: string;
  customId: string;
  user?: string;
  /** For select menus. */
  values?: string[];
}

interface ModalSubmission {
  user?: string;
  /** The newest of the person's dialogs when absent. */
  customId?: string;
  values: Record<string, string>;
}

/** What people can do in Discord's client. */
export interface People {
  command(call: CommandCall): Promise<CommandOutcome>;
  /** The choices shown while the option `focused` is being typed; rejects when none came in time. */
  autocomplete(call: CommandCall & { focused: string }): Promise<{ name: string; value: string | number }[]>;
  click(click: ButtonClick): Promise<CommandOutcome>;
  openModals(user?: string): NonNullable<CommandOutcome['modal']>[];
  submitModal(submission: ModalSubmission): Promise<CommandOutcome>;
}

/** How long a deferred answer is followed before its "thinking" counts as the outcome. */
const deferredMs = 10_000;
/** A deferred update may rightly never change anything, and "thinking" may be taken away without a word. */
const deferredUpdateMs = 1_000;
/** No further answer for this long: settled. */
const quietMs = 40;

/** People who use the bot through its interactions. */
export function people(world: World, interactions: Interactions): People {
  const send = (given: {
    type: number;
    channel: Channel;
    userId: string;
    data: Json;
    source?: StoredMessage;
  }) => {
    const interaction = interactions.open(given);
    publish(world, 'INTERACTION_CREATE', interactionJson(world, interaction, given.data), null);
    return interaction;
  };

  return {
    async command(call) {
      const userId = userOf(world, call.user ?? someone).id;
      const data = commandData(world, registeredCommand(world, call, userId), call);
      return await outcome(world, send({ type: 2, channel: channelOf(world, call.channel), userId, data }));
    },

    async autocomplete({ focused, ...call }) {
      const userId = userOf(world, call.user ?? someone).id;
      const data = commandData(world, registeredCommand(world, call, userId), call, focused);
      const interaction = send({ type: 4, channel: channelOf(world, call.channel), userId, data });
      await until(world, () => interaction.state !== 'waiting', deferredMs);
      if (interaction.state === 'expired') throw new Error('Loading options failed');
      return interaction.choices;
    },

    async click({ channel: channelId, messageId, customId, user = someone, values }) {
      const channel = channelOf(world, channelId);
      const source = visibleMessage(channel, messageId, user);
      const component = clickable(source, customId);
      const data = { custom_id: customId, component_type: component.type, ...selected(component, values) };
      return await outcome(world, send({ type: 3, channel, userId: user, data, source }));
    },

    openModals(user = someone) {
      return interactions.modals.filter(({ userId }) => userId === user).map(seenModal);
    },

    async submitModal({ user = someone, customId, values }) {
      const modal = interactions.modals.findLast(
        (open) => open.userId === user && (customId === undefined || open.customId === customId),
      );
      if (!modal) throw new Error(`user ${user} has no such dialog open`);
      const data = { custom_id: modal.customId, components: filledModal(modal, values) };
      interactions.modals.splice(interactions.modals.indexOf(modal), 1);
      const channel = channelOf(world, modal.channelId);
      const source = modal.source ? { source: modal.source } : {};
      return await outcome(world, send({ type: 5, channel, userId: user, data, ...source }));
    },
  };
}

/** Resolves to true when the condition holds, to false after `timeoutMs`. */
export function until(world: World, condition: () => boolean, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (result: boolean) => {
      clearTimeout(timer);
      world.bus.off('change', check);
      resolve(result);
    };
    const check = () => {
      if (condition()) finish(true);
    };
    const timer = setTimeout(finish, timeoutMs, false);
    world.bus.on('change', check);
    check();
  });
}

async function outcome(world: World, interaction: Interaction): Promise<CommandOutcome> {
  await until(world, () => interaction.state !== 'waiting', deferredMs);
  if (interaction.state !== 'answered') return failure(interaction);
  if (interaction.answerType === 5) await until(world, () => !isThinking(interaction), deferredMs);
  if (interaction.answerType === 5) await until(world, () => hasAnswer(interaction), deferredUpdateMs);
  if (interaction.answerType === 6) await until(world, () => interaction.activity > 1, deferredUpdateMs);
  let seen = -1;
  while (seen !== interaction.activity) {
    seen = interaction.activity;
    await until(world, () => interaction.activity !== seen, quietMs);
  }
  const messages = [interaction.original, ...interaction.followUps]
    .filter((message) => message !== null)
    .filter((message) => interaction.channel.messages.includes(message))
    .map((message) => readMessage(world, message, interaction.userId));
  return {
    text: messages.map(({ text }) => text).join('\n'),
    ephemeral: messages.length > 0 && messages.every(({ ephemeral }) => ephemeral),
    embeds: messages.flatMap(({ embeds }) => embeds),
    messages,
    modal: interaction.modal ? seenModal(interaction.modal) : null,
    failed: false,
  };
}

function isThinking({ original }: Interaction): boolean {
  return original !== null && (original.flags & loadingFlag) !== 0;
}

function hasAnswer({ original, followUps }: Interaction): boolean {
  return original !== null || followUps.length > 0;
}

function failure({ type }: Interaction): CommandOutcome {
  const words: Record<number, string> = {
    2: 'The application did not respond',
    3: 'This interaction failed',
    5: 'Something went wrong. Try again.',
  };
  return { text: words[type] ?? '', ephemeral: true, embeds: [], messages: [], modal: null, failed: true };
}

function interactionJson(world: World, interaction: Interaction, data: Json): Json {
  const { channel, userId, source } = interaction;
  const user = userOf(world, userId);
  const permissions = String(permissionsIn(channel, user));
  const denied = permissionBits(ordinaryPermissions.filter((name) => isDenied(world, channel, name)));
  const appPermissions = String(permissionBits(ordinaryPermissions) & ~denied);
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interaction.type,
    data,
    guild_id: channel.guildId,
    guild: { id: channel.guildId, locale: 'en-US', features: [] },
    channel_id: channel.id,
    channel: { ...channelJson(world, channel), permissions },
    member: { ...memberJson(user), permissions },
    token: interaction.token,
    version: 1,
    app_permissions: appPermissions,
    locale: 'en-US',
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { 0: channel.guildId },
    context: 0,
    attachment_size_limit: attachmentBytes,
    ...(source ? { message: messageJson(world, source) } : {}),
  };
}

function clickable(message: StoredMessage, customId: string): Component {
  const all = [...walk(message.components)].map(([component]) => component);
  const component = all.find(({ custom_id }) => custom_id === customId);
  if (!component) throw new Error(`message ${message.id} has no button or menu ${customId}`);
  if (component.disabled) throw new Error(`${customId} is disabled`);
  return component;
}

/** The chosen values of a menu. Throws on what the menu does not offer. */
function selected(component: Component, values: string[] = []): Json {
  if (component.type === 2) return {};
  const { min_values: min = 1, max_values: max = 1 } = component;
  if (values.length < min || values.length > max)
    throw new Error(`${component.custom_id} takes ${min} to ${max} values`);
  if (component.type !== 3) return { values, resolved: {} };
  const unknown = values.find((value) => !component.options?.some((option) => option.value === value));
  if (unknown !== undefined) throw new Error(`${component.custom_id} does not offer ${unknown}`);
  return { values };
}

function seenModal(modal: OpenModal): NonNullable<CommandOutcome['modal']> {
  const fields = [...walk(modal.components)].flatMap(([component, path]) => {
    if (!component.custom_id) return [];
    const label = component.label ?? modal.components[Number(path[0])]?.label ?? '';
    return [{ customId: component.custom_id, label, required: component.required ?? true }];
  });
  return { customId: modal.customId, title: modal.title, fields };
}

/** The dialog's rows with what was typed. Throws on unknown fields and on what the client would not let pass. */
function filledModal(modal: OpenModal, values: Record<string, string>): Json[] {
  const known = seenModal(modal).fields.map(({ customId }) => customId);
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`the dialog has no field ${unknown}`);
  const fill = (component: Component) => filledField(component, values[component.custom_id ?? ''] ?? '');
  return modal.components.map((row, id) => ({
    id,
    type: row.type,
    ...(row.components ? { components: row.components.map(fill) } : {}),
    ...(row.component ? { component: fill(row.component) } : {}),
  }));
}

function filledField(component: Component, value: string): Json {
  const { custom_id, type, required = true, min_length = 0, max_length = 4000 } = component;
  if (required && value === '') throw new Error(`the field ${custom_id} is required`);
  if (value !== '' && (value.length < min_length || value.length > max_length)) {
    throw new Error(`the field ${custom_id} takes ${min_length} to ${max_length} characters`);
  }
  return { type, custom_id, ...(type === 4 ? { value } : { values: value === '' ? [] : [value] }) };
}
