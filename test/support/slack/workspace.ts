import type { SharedFile } from './files.ts';
import { asList, isObject, type Json } from './json.ts';
import { Refusal } from './refusal.ts';

export const BOT_USER = 'UBOT00001';
export const BOT_ID = 'BBOT00001';
export const APP_ID = 'ATOCSIN01';

const TEXT_TYPES: Set<unknown> = new Set(['image', 'plain_text', 'mrkdwn']);

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'direct';
  member: boolean;
  archived: boolean;
}

export interface Message {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks: Json[];
  threadTs: string | null;
  /** A reply that is shown in the channel too. */
  broadcast: boolean;
  metadata: Json | null;
  files: SharedFile[];
  edited: boolean;
  /** The only user who sees it, or null for everybody. */
  ephemeralFor: string | null;
  unfurlLinks: boolean;
  unfurlMedia: boolean;
  /** `parse: full` or `link_names`: names in the plain text become mentions. */
  parsePlainText: boolean;
}

/** The channels of a workspace and all that was posted there. */
export class Workspace {
  readonly channels = new Map<string, Channel>();
  readonly messages: Message[] = [];
  readonly users = new Map<string, string>();
  readonly brokenImages = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;
  #lastMicros = 0;
  #ids = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.users.set(BOT_USER, 'tocsin');
  }

  /** Calls back after every change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** The next timestamp id: unique and rising, also within one millisecond. */
  nextTs(): string {
    this.#lastMicros = Math.max(this.#now() * 1000, this.#lastMicros + 1);
    const micros = String(this.#lastMicros);
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  }

  /** A new id that starts with the given letters. */
  nextId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}${String(this.#ids).padStart(8, '0')}`;
  }

  /** The blocks with the ids that Slack makes up where the app gave none. */
  withIds(blocks: Json[]): Json[] {
    const named = (element: unknown) =>
      isObject(element) && !TEXT_TYPES.has(element.type)
        ? { action_id: this.nextId('a'), ...element }
        : element;
    return blocks.map((block) => ({
      block_id: this.nextId('b'),
      ...block,
      ...(block.type === 'actions' ? { elements: asList(block.elements).map(named) } : {}),
      ...(block.accessory === undefined ? {} : { accessory: named(block.accessory) }),
      ...(block.type === 'input' ? { element: named(block.element) } : {}),
    }));
  }

  /** A user by id, who joins the workspace when nobody knew them. */
  meet(user: string): string {
    if (!/^[UW][A-Z0-9]+$/.test(user)) throw new Error(`not a user id: "${user}" (write it as U0123)`);
    if (!this.users.has(user)) this.users.set(user, `user-${user.slice(1).toLowerCase()}`);
    return user;
  }

  /** The conversation of the bot with one user. */
  direct(user: string): Channel {
    const id = `D${user.slice(1)}`;
    const existing = this.channels.get(id);
    if (existing) return existing;
    const channel: Channel = { id, name: 'directmessage', kind: 'direct', member: true, archived: false };
    this.channels.set(id, channel);
    return channel;
  }

  /** A channel that exists. Throws a plain Error: the test itself named it. */
  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel)
      throw new Error(`there is no channel ${id} in this workspace: [${[...this.channels.keys()]}]`);
    return channel;
  }

  /** A channel as the app sees it. Throws `channel_not_found`, also for private channels it is not in. */
  visibleChannel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel || (channel.kind === 'private' && !channel.member)) throw new Refusal('channel_not_found');
    return channel;
  }

  add(message: Omit<Message, 'ts' | 'edited'>): Message {
    const added: Message = {
      ...message,
      blocks: this.withIds(message.blocks),
      ts: this.nextTs(),
      edited: false,
    };
    this.messages.push(added);
    this.changed();
    return added;
  }

  /** A message by its place; `user` also finds what only that user sees. */
  find(channel: string, ts: string, user?: string): Message | undefined {
    return this.messages.find(
      (message) =>
        message.channel === channel &&
        message.ts === ts &&
        (message.ephemeralFor === null || message.ephemeralFor === user),
    );
  }

  remove(message: Message): void {
    this.messages.splice(this.messages.indexOf(message), 1);
    this.changed();
  }

  /** A file that somebody shared, or undefined. */
  file(id: string): SharedFile | undefined {
    return this.messages.flatMap(({ files }) => files).find((file) => file.id === id);
  }

  /** Replies to a message that `user` sees, oldest first. */
  replies(parent: Message, user?: string): Message[] {
    return this.messages.filter(
      (message) =>
        message.channel === parent.channel &&
        message.threadTs === parent.ts &&
        (message.ephemeralFor === null || message.ephemeralFor === user),
    );
  }
}
