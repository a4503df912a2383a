import { json, required } from './arguments.ts';
import { asText, isObject, type Json } from './json.ts';
import type { Call, Method } from './method.ts';
import { type View, wireView } from './modals.ts';
import { Refusal } from './refusal.ts';

/** The views.* methods: they need no scope, only a trigger of something the user did. */
export const VIEW_METHODS: Record<string, Method> = {
  'views.open': {
    token: 'bot',
    run: (call) => answer(call, call.modals.open(required(call.args, 'trigger_id'), viewOf(call))),
  },
  'views.push': {
    token: 'bot',
    run: (call) => answer(call, call.modals.push(required(call.args, 'trigger_id'), viewOf(call))),
  },
  'views.update': {
    token: 'bot',
    run: (call) =>
      answer(call, call.modals.update(required(call.args, 'view_id'), viewOf(call), asText(call.args.hash))),
  },
  'views.publish': { token: 'bot', run: publish },
};

function publish(call: Call): Json {
  if (!call.manifest.homeTab) throw new Refusal('not_enabled');
  const user = required(call.args, 'user_id');
  if (!call.workspace.users.has(user)) throw new Refusal('user_not_found');
  return answer(call, call.modals.publish(user, viewOf(call)));
}

function viewOf(call: Call): Json {
  const view = json(call.args, 'view', 'invalid_arguments');
  if (!isObject(view)) throw new Refusal('invalid_arguments');
  return view;
}

function answer(call: Call, view: View): Json {
  return { view: wireView(view, call.teamId, {}) };
}
