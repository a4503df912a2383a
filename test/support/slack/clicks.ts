import { commonPayload, type Desk, type Outcome, outcomeOf } from './desk.ts';
import { asObject, asObjects, asText, type Json } from './json.ts';
import type { Interaction } from './response-urls.ts';
import { wireMessage } from './wire.ts';
import { APP_ID, type Message } from './workspace.ts';

export interface ClickInput {
  channel: string;
  ts: string;
  actionId: string;
  user: string;
  /** Which option of a menu to choose, or which of several buttons with one action_id. */
  value?: string | undefined;
}

export interface ClickOutcome extends Outcome {
  /** The address that a link button opened, or null. */
  opened: string | null;
}

/** A user clicks a button or chooses an option of a message they see. Throws when it is not there. */
export async function click(desk: Desk, input: ClickInput): Promise<ClickOutcome> {
  const message = desk.workspace.find(input.channel, input.ts, input.user);
  if (!message) throw new Error(`${input.user} sees no message ${input.ts} in ${input.channel}`);
  const { block, element } = findElement(message, input);
  const interaction: Interaction = {
    channel: input.channel,
    user: input.user,
    original: message,
    answers: [],
  };
  const opened = asText(element.url) || null;
  if (!desk.manifest.interactivity) {
    const notice = 'This app is not configured to handle interactive responses.';
    return { ...outcomeOf(desk, interaction, { error: 'interactivity_disabled', notice }), opened };
  }
  const payload: Json = {
    ...commonPayload(desk, input.user),
    type: 'block_actions',
    ...placePayload(desk, message),
    response_url: desk.responseBase + desk.responseUrls.create(interaction),
    actions: [actionOf(desk, block, element, input.value)],
  };
  const ack = await desk.hub.send({ type: 'interactive', payload, acceptsResponse: false });
  const error = { 'no-socket': 'dispatch_failed', timeout: 'operation_timeout', acked: null }[ack.kind];
  const notice = 'This app responded with a warning sign: it did not take the click.';
  return { ...outcomeOf(desk, interaction, error === null ? null : { error, notice }), opened };
}

function placePayload(desk: Desk, message: Message): Json {
  const channel = desk.workspace.channel(message.channel);
  return {
    channel: { id: channel.id, name: channel.name },
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.ephemeralFor !== null,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    ...(message.ephemeralFor === null
      ? { message: { ...wireMessage(desk.workspace, message, true), app_id: APP_ID } }
      : {}),
    state: { values: {} },
  };
}

function findElement(message: Message, input: ClickInput): { block: Json; element: Json } {
  const all = message.blocks.flatMap((block) =>
    [...asObjects(block.elements), asObject(block.accessory)].map((element) => ({ block, element })),
  );
  const named = all.filter(({ element }) => element.action_id === input.actionId);
  const exact = named.find(({ element }) => element.value === input.value);
  const found = exact ?? named[0];
  if (found) return found;
  const ids = all.map(({ element }) => asText(element.action_id)).filter((id) => id !== '');
  throw new Error(`message ${input.ts} has nothing with action_id "${input.actionId}": [${ids}]`);
}

function actionOf(desk: Desk, block: Json, element: Json, value: string | undefined): Json {
  const action = {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: desk.workspace.nextTs(),
  };
  if (element.type === 'button') return { ...action, text: element.text, value: element.value };
  return { ...action, selected_option: optionOf(element, value) };
}

/** The option of a menu with this value. Throws when a user could not choose it. */
export function optionOf(element: Json, value: string | undefined): Json {
  const groups = asObjects(element.option_groups).flatMap((group) => asObjects(group.options));
  const options = [...asObjects(element.options), ...groups];
  const option = options.find((candidate) => candidate.value === value);
  if (!option) throw new Error(`no option "${value}" among [${options.map((each) => asText(each.value))}]`);
  return option;
}
