import { asObjects, asText, type Json } from './json.ts';
import { Refusal, refusalBecause } from './refusal.ts';
import { viewProblems } from './view-rules.ts';
import { APP_ID, BOT_ID, type Workspace } from './workspace.ts';

/** A view that a user has before them. */
export interface View {
  id: string;
  hash: string;
  user: string;
  body: Json;
  rootId: string;
  previousId: string | null;
}

const TRIGGER_MS = 3000;
const STACK_MAX = 3;

/** The modals and Home tabs of all users, and the triggers that may open them. */
export class Modals {
  readonly homes = new Map<string, View>();
  readonly #stacks = new Map<string, View[]>();
  readonly #triggers = new Map<string, { user: string; at: number; used: boolean }>();
  readonly #workspace: Workspace;
  readonly #now: () => number;

  constructor(workspace: Workspace, now: () => number) {
    this.#workspace = workspace;
    this.#now = now;
  }

  /** A trigger_id for one view within 3 seconds of what the user did. */
  trigger(user: string): string {
    const id = this.#workspace.nextId('trigger.');
    this.#triggers.set(id, { user, at: this.#now(), used: false });
    return id;
  }

  /** The views a user has open, the topmost last. */
  stack(user: string): View[] {
    return this.#stacks.get(user) ?? [];
  }

  open(triggerId: string, body: Json): View {
    this.#check(body, 'modal');
    const user = this.#exchange(triggerId);
    const view = this.#view(user, body, null);
    this.#set(user, [view]);
    return view;
  }

  push(triggerId: string, body: Json): View {
    this.#check(body, 'modal');
    return this.pushFor(this.#exchange(triggerId), body);
  }

  /** Puts a view on top of those of a user, as `views.push` and `response_action: push` do. */
  pushFor(user: string, body: Json): View {
    this.#check(body, 'modal');
    const stack = this.stack(user);
    if (stack.length >= STACK_MAX) throw new Refusal('push_limit_reached');
    const view = this.#view(user, body, stack.at(-1) ?? null);
    this.#set(user, [...stack, view]);
    return view;
  }

  /** Changes an open view. Throws `not_found`, `hash_conflict` or the problems of the view. */
  update(id: string, body: Json, hash: string): View {
    const view = [...this.#stacks.values(), [...this.homes.values()]].flat().find((open) => open.id === id);
    if (!view) throw new Refusal('not_found');
    this.#check(body, view.body.type === 'home' ? 'home' : 'modal');
    if (hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
    Object.assign(view, { body: this.#withIds(body), hash: this.#workspace.nextId('hash.') });
    this.#workspace.changed();
    return view;
  }

  publish(user: string, body: Json): View {
    this.#check(body, 'home');
    const view = this.#view(user, body, null);
    this.homes.set(user, view);
    this.#workspace.changed();
    return view;
  }

  /** Closes the topmost view of a user, or all of them. */
  close(user: string, all: boolean): void {
    this.#set(user, all ? [] : this.stack(user).slice(0, -1));
  }

  #set(user: string, stack: View[]): void {
    this.#stacks.set(user, stack);
    this.#workspace.changed();
  }

  #check(body: Json, type: 'modal' | 'home'): void {
    const problems = viewProblems(body, (url) => !this.#workspace.brokenImages.has(url));
    if (body.type !== type) problems.push(`[ERROR] must be ${type} [json-pointer:/view/type]`);
    if (problems.length > 0) throw refusalBecause('invalid_arguments', problems);
  }

  #exchange(triggerId: string): string {
    const trigger = this.#triggers.get(triggerId);
    if (!trigger) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (this.#now() - trigger.at > TRIGGER_MS) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }

  #view(user: string, body: Json, below: View | null): View {
    const id = this.#workspace.nextId('V');
    return {
      id,
      hash: this.#workspace.nextId('hash.'),
      user,
      body: this.#withIds(body),
      rootId: below?.rootId ?? id,
      previousId: below?.id ?? null,
    };
  }

  #withIds(body: Json): Json {
    return { ...body, blocks: this.#workspace.withIds(asObjects(body.blocks)) };
  }
}

/** A view as the Web API and the interaction payloads give it to an app. */
export function wireView(view: View, teamId: string, values: Json): Json {
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    ...view.body,
    id: view.id,
    team_id: teamId,
    state: { values },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    app_id: APP_ID,
    bot_id: BOT_ID,
  };
}

/** The callback_id that the app gave a view; empty when it gave none. */
export function callbackId(view: View): string {
  return asText(view.body.callback_id);
}
