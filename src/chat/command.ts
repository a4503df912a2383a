import type { Line } from '../model/rich-text.ts';
import type { Store } from '../store/store.ts';

/** Something a person asks in chat; one table of these serves every platform. */
export interface Command {
  name: string;
  /** One sentence, at most 100 characters (Discord: interactions/application-commands). */
  help: string;
  actions: Action[];
}

/** What a command does: `/watch add …` is the action `add`; a command with one unnamed action has no word for it. */
export interface Action {
  /** The word after the command, or null. */
  name: string | null;
  help: string;
  /** The one argument: all the words that follow; null when the action takes none. */
  argument: { name: string; help: string; required: boolean } | null;
  /** Who sees the answer: only the person who asked, or the channel. */
  audience: 'person' | 'channel';
  run(request: CommandRequest, deps: CommandDeps): Promise<Line[]>;
}

export interface CommandRequest {
  /** `slack:<team>`, `discord:<server>` or `terminal`. */
  workspace: string;
  /** Where it was asked: `slack:C0123`, `discord:456`, `terminal`. */
  channel: string;
  /** Who asks, for the audit. */
  person: string;
  /** The words of the argument, trimmed; empty when there are none. */
  argument: string;
}

export interface CommandDeps {
  store: Store;
  now: () => number;
  /** Whether the channel can be posted to: null, or a sentence with the remedy. */
  channelTrouble(channel: string): Promise<string | null>;
  /** One line per platform: connected, refused, … */
  connections(): string[];
}
