import type { Judgment } from '../alerts/severity.ts';
import type { Knowledge } from '../matching/condition.ts';
import type { Line, Reply } from '../model/rich-text.ts';
import type { FoundArticle } from '../store/article-rows.ts';
import type { Store } from '../store/store.ts';
import type { FeedDesk } from './feed-desk.ts';
import type { StoryDesk } from './story-desk.ts';

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
  /** The one file that may come with it; in the terminal the argument is its path. */
  attachment?: { name: string; help: string } | null;
  /** Whether another channel may be named, where the platform has forums, in which nobody can type. */
  takesChannel?: boolean;
  /** Who sees the answer: only the person who asked, or the channel. */
  audience: 'person' | 'channel';
  run(request: CommandRequest, deps: CommandDeps): Promise<Line[] | Reply>;
}

export interface CommandRequest {
  /** `slack:<team>`, `discord:<server>` or `terminal`. */
  workspace: string;
  /** What it is about: where it was asked, or another channel that was named: `slack:C0123`, `discord:456`, `terminal`. */
  channel: string;
  /** Set when `channel` is not where it was asked. */
  isElsewhere?: boolean;
  /** The forum in one of whose posts it was asked; its alerts are posts. */
  forum?: string;
  /** Who asks, for the audit. */
  person: string;
  /** Whether they may themselves call everybody who is there, and roles. */
  mayCallAll: boolean;
  /** The words of the argument, trimmed; empty when there are none. */
  argument: string;
  /**
   * The text of the file that came with the request, or null when none did; null itself where the action takes no
   * file. Throws AttachmentError, which the person is shown.
   */
  attachment: (() => Promise<string | null>) | null;
}

export interface CommandDeps {
  store: Store;
  now: () => number;
  feedDesk: FeedDesk;
  storyDesk: StoryDesk;
  /** What queries can name: topics, places, aliases. */
  knowledge: Knowledge;
  /** How much a story matters by these articles of it, in the order in which they arrived. */
  judge(articles: readonly FoundArticle[]): Judgment;
  /** Whether the channel can be posted to: null, or a sentence with the remedy. */
  channelTrouble(channel: string): Promise<string | null>;
  /** The address of a message in a channel; null where there is none or nobody knows it yet. */
  messageLink(channel: string, messageId: string): string | null;
  /** Holds the alerts of these channels anew: when they are to be told has changed. */
  holdAnew(channels: readonly string[]): Promise<void>;
  /** One line per platform (connected, refused, …) and for what else may be in trouble, such as a language model. */
  connections(): string[];
}
