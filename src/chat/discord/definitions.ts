import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Action, Command } from '../command.ts';
import { COMMANDS } from '../command-table.ts';

/** The table as Discord's slash commands. */
export function discordCommands(
  commands: readonly Command[] = COMMANDS,
): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  return commands.map((command) => ({
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.help,
    contexts: [InteractionContextType.Guild],
    options: options(command),
  }));
}

function options(command: Command): NonNullable<RESTPostAPIChatInputApplicationCommandsJSONBody['options']> {
  const [only] = command.actions;
  if (only !== undefined && only.name === null) return argumentOptions(only);
  return command.actions.map((action) => ({
    type: ApplicationCommandOptionType.Subcommand,
    name: action.name ?? '',
    description: action.help,
    options: argumentOptions(action),
  }));
}

function argumentOptions({ argument, attachment }: Action): APIApplicationCommandBasicOption[] {
  const options: APIApplicationCommandBasicOption[] = [];
  if (argument !== null) {
    const { name, help, required } = argument;
    options.push({ type: ApplicationCommandOptionType.String, name, description: help, required });
  }
  if (attachment) {
    const { name, help } = attachment;
    options.push({ type: ApplicationCommandOptionType.Attachment, name, description: help, required: false });
  }
  return options;
}
