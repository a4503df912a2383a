import { flag } from './arguments.ts';
import { asText, type Json } from './json.ts';
import { edit, post } from './posting.ts';
import { Refusal } from './refusal.ts';
import type { Message, Workspace } from './workspace.ts';

/** One thing a user did, to which an app may answer. */
export interface Interaction {
  channel: string;
  user: string;
  /** The message whose button was clicked, or null for a command. */
  original: Message | null;
  /** What the app answered so far. */
  answers: Message[];
}

/** docs.slack.dev/interactivity/handling-user-interaction: 5 times within 30 minutes. */
const USES_MAX = 5;
const LIFETIME_MS = 30 * 60_000;

/** The addresses to which an app may answer later than with its acknowledgement. */
export class ResponseUrls {
  readonly #urls = new Map<string, { interaction: Interaction; at: number; uses: number }>();
  readonly #workspace: Workspace;
  readonly #now: () => number;

  constructor(workspace: Workspace, now: () => number) {
    this.#workspace = workspace;
    this.#now = now;
  }

  /** The id of a new address for one interaction. */
  create(interaction: Interaction): string {
    const id = this.#workspace.nextId('response');
    this.#urls.set(id, { interaction, at: this.#now(), uses: 0 });
    return id;
  }

  /** Does what an app posted to an address. Throws Refusal: `expired_url`, `used_url`, or as for any message. */
  use(id: string, body: Json): void {
    const url = this.#urls.get(id);
    if (!url || this.#now() - url.at > LIFETIME_MS) throw new Refusal('expired_url');
    url.uses += 1;
    if (url.uses > USES_MAX) throw new Refusal('used_url');
    const { original } = url.interaction;
    if (original && flag(body, 'delete_original')) this.#workspace.remove(original);
    else if (original && flag(body, 'replace_original')) edit(this.#workspace, original, body);
    else answer(this.#workspace, url.interaction, body);
  }
}

/** Posts an answer: for the user alone unless it asks for `in_channel`. Throws Refusal. */
export function answer(workspace: Workspace, interaction: Interaction, body: Json): void {
  const message = post(workspace, body, {
    channel: interaction.channel,
    threadTs: asText(body.thread_ts) || null,
    ephemeralFor: body.response_type === 'in_channel' ? null : interaction.user,
  });
  interaction.answers.push(message);
  workspace.changed();
}
