import { optionOf } from './clicks.ts';
import { commonPayload, type Desk } from './desk.ts';
import { asList, asObject, asObjects, asText, type Json } from './json.ts';
import { callbackId, type View, wireView } from './modals.ts';
import { decodeEntities } from './mrkdwn.ts';
import { readBlocks } from './reader.ts';
import { Refusal } from './refusal.ts';
import type { Ack } from './socket-hub.ts';

/** A modal or Home tab as its user sees it. */
export interface SeenView {
  id: string;
  callbackId: string;
  title: string;
  text: string;
  inputs: { blockId: string; actionId: string; label: string; type: string; optional: boolean }[];
  buttons: { actionId: string; text: string; url?: string }[];
}

export interface SubmitInput {
  user: string;
  /** What the user entered, by action_id or block_id: text, the value of an option, or several of them. */
  values: Record<string, string | string[]>;
}

export interface SubmitOutcome {
  /** Why it was not taken: `operation_timeout`, `dispatch_failed`, `invalid_response`; null otherwise. */
  error: string | null;
  /** What is shown under the fields, by block_id; empty when the app accepted them. */
  fieldErrors: Record<string, string>;
}

/** A view in the words and fields that its user has before them. */
export function readView(view: View): SeenView {
  const blocks = asObjects(view.body.blocks);
  const seen = readBlocks(blocks);
  return {
    id: view.id,
    callbackId: callbackId(view),
    title: decodeEntities(asText(asObject(view.body.title).text)),
    text: seen.lines.join('\n'),
    inputs: blocks.filter((block) => block.type === 'input').map(readInput),
    buttons: seen.buttons,
  };
}

function readInput(block: Json): SeenView['inputs'][number] {
  const element = asObject(block.element);
  return {
    blockId: asText(block.block_id),
    actionId: asText(element.action_id),
    label: decodeEntities(asText(asObject(block.label).text)),
    type: asText(element.type),
    optional: block.optional === true,
  };
}

/** A user fills in the topmost modal and submits it. Throws when there is no such modal or field. */
export async function submitModal(desk: Desk, input: SubmitInput): Promise<SubmitOutcome> {
  const view = desk.modals.stack(input.user).at(-1);
  if (!view) throw new Error(`${input.user} has no modal open`);
  const { values, missing } = stateOf(view, input.values);
  if (Object.keys(missing).length > 0) return { error: null, fieldErrors: missing };
  const payload: Json = {
    ...commonPayload(desk, input.user),
    type: 'view_submission',
    view: wireView(view, desk.teamId, values),
    response_urls: [],
  };
  const ack = await desk.hub.send({ type: 'interactive', payload, acceptsResponse: true });
  return applyAck(desk, view, ack);
}

/** Does what the acknowledgement of a submission asks for: without a response_action, the view closes. */
function applyAck(desk: Desk, view: View, ack: Ack): SubmitOutcome {
  if (ack.kind === 'no-socket') return { error: 'dispatch_failed', fieldErrors: {} };
  if (ack.kind === 'timeout') return { error: 'operation_timeout', fieldErrors: {} };
  const { payload } = ack;
  if (payload.response_action === 'errors') return fieldErrors(view, asObject(payload.errors));
  try {
    respond(desk, view, payload);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { error: 'invalid_response', fieldErrors: {} };
  }
  return { error: null, fieldErrors: {} };
}

function respond(desk: Desk, view: View, payload: Json): void {
  const next = asObject(payload.view);
  if (payload.response_action === undefined) desk.modals.close(view.user, false);
  else if (payload.response_action === 'clear') desk.modals.close(view.user, true);
  else if (payload.response_action === 'update') desk.modals.update(view.id, next, '');
  else if (payload.response_action === 'push') desk.modals.pushFor(view.user, next);
  else throw new Refusal('invalid_response_action');
}

/** Errors must name input blocks of the view: for any other key Slack only tells the user that it failed. */
function fieldErrors(view: View, errors: Json): SubmitOutcome {
  const inputs = asObjects(view.body.blocks).filter((block) => block.type === 'input');
  const known = new Set(inputs.map((block) => asText(block.block_id)));
  const named = Object.entries(errors).map(([blockId, text]) => [blockId, asText(text)] as const);
  const isValid = named.length > 0 && named.every(([blockId, text]) => known.has(blockId) && text !== '');
  if (!isValid) return { error: 'invalid_response', fieldErrors: {} };
  return { error: null, fieldErrors: Object.fromEntries(named) };
}

/** `state.values` of a view, and what Slack's own client says about fields that may not be empty. */
function stateOf(
  view: View,
  entered: SubmitInput['values'],
): { values: Json; missing: Record<string, string> } {
  const values: Record<string, Json> = {};
  const missing: Record<string, string> = {};
  const unused = new Set(Object.keys(entered));
  for (const block of asObjects(view.body.blocks).filter((each) => each.type === 'input')) {
    const element = asObject(block.element);
    const names = [asText(element.action_id), asText(block.block_id)];
    const name = names.find((candidate) => candidate in entered);
    unused.delete(name ?? '');
    const state = elementState(element, name === undefined ? undefined : entered[name]);
    if (block.optional !== true && isEmpty(state)) {
      missing[asText(block.block_id)] = 'Please complete this required field.';
    }
    values[asText(block.block_id)] = { [asText(element.action_id)]: { type: element.type, ...state } };
  }
  if (unused.size > 0) throw new Error(`the modal has no field [${[...unused]}]`);
  return { values, missing };
}

function isEmpty(state: Json): boolean {
  return Object.values(state).every(
    (value) => value === null || (Array.isArray(value) && value.length === 0),
  );
}

/** The member in which each element keeps what was entered, with its counterpart for the first value. */
const MEMBERS: Record<string, [selected: string, initial: string]> = {
  users_select: ['selected_user', 'initial_user'],
  channels_select: ['selected_channel', 'initial_channel'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
};

function elementState(element: Json, entered: string | string[] | undefined): Json {
  const type = asText(element.type);
  if (type === 'static_select' || type === 'radio_buttons') {
    const initial = element.initial_option ?? null;
    return { selected_option: entered === undefined ? initial : optionOf(element, String(entered)) };
  }
  if (type === 'multi_static_select' || type === 'checkboxes') {
    const initial = asList(element.initial_options);
    const chosen = entered === undefined ? initial : listed(entered).map((value) => optionOf(element, value));
    return { selected_options: chosen };
  }
  return plainState(element, type.startsWith('multi_') && entered !== undefined ? listed(entered) : entered);
}

/** Text, dates, users and channels: an emptied field is null, an untouched one keeps its first value. */
function plainState(element: Json, entered: string | string[] | undefined): Json {
  const [selected, initial] = MEMBERS[asText(element.type)] ?? ['value', 'initial_value'];
  if (entered === undefined) return { [selected]: element[initial] ?? null };
  return { [selected]: entered === '' ? null : entered };
}

function listed(entered: string | string[]): string[] {
  return Array.isArray(entered) ? entered : [entered];
}
