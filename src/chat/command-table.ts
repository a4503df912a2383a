import type { Action, Command } from './command.ts';
import { feedsCommand } from './commands/feeds/feeds.ts';
import { helpCommand } from './commands/help.ts';
import { newsCommand } from './commands/news.ts';
import { statusCommand } from './commands/status.ts';
import { storyCommand } from './commands/story/story.ts';
import { watchCommand } from './commands/watch.ts';
import { whyCommand } from './commands/why.ts';
import { usage } from './usage.ts';

const WITHOUT_HELP: readonly Command[] = [
  watchCommand,
  storyCommand,
  whyCommand,
  feedsCommand,
  newsCommand,
  statusCommand,
];

/** Everything a person can ask. Discord's definitions, Slack's manifest, help and README come from this table. */
export const COMMANDS: readonly Command[] = [...WITHOUT_HELP, helpCommand(WITHOUT_HELP)];

/** A command line as it was understood, or a sentence that says what to type instead. */
export type Understood = { action: Action; argument: string } | { problem: string };

/** Reads "watch add Idlib" (the slash is taken off already). */
export function understand(words: string, commands: readonly Command[] = COMMANDS): Understood {
  const [name = '', rest] = splitFirst(words);
  const command = commands.find((candidate) => candidate.name === name.toLowerCase());
  if (command === undefined) return { problem: `I do not know “${name}”. ${known(commands)}` };
  return chooseAction(command, rest);
}

/** The action of a command that these words ask for. */
function chooseAction(command: Command, words: string): Understood {
  const [first, rest] = splitFirst(words);
  const named = command.actions.find((action) => action.name === first.toLowerCase());
  const action = named ?? command.actions.find((candidate) => candidate.name === null);
  if (action === undefined) return { problem: `Type ${usages(command).join(' or ')}.` };
  const argument = named === undefined ? words.trim() : rest;
  if (action.argument?.required === true && argument === '') {
    return { problem: `Type ${usage(command, action)}: ${action.argument.help}.` };
  }
  return { action, argument };
}

function usages(command: Command): string[] {
  return command.actions.map((action) => usage(command, action));
}

function known(commands: readonly Command[]): string {
  return `I know ${commands.map((command) => `/${command.name}`).join(', ')}.`;
}

function splitFirst(words: string): [string, string] {
  const trimmed = words.trim();
  const end = trimmed.search(/\s/);
  return end < 0 ? [trimmed, ''] : [trimmed.slice(0, end), trimmed.slice(end).trim()];
}
