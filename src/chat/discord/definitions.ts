import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
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
  const [first, ...others] = command.actions;
  if (first !== undefined && first.name === null) return [...argumentOptions(first), ...choice(others)];
  return command.actions.map((action) => ({
    type: ApplicationCommandOptionType.Subcommand,
    name: action.name ?? '',
    description: action.help,
    options: argumentOptions(action),
  }));
}

/** Discord has no command that is used alone and with subcommands too, so these are chosen as an option. */
function choice(actions: readonly Action[]): APIApplicationCommandBasicOption[] {
  if (actions.length === 0) return [];
  return [
    {
      type: ApplicationCommandOptionType.String,
      name: 'action',
      description: actions.map(({ name, help }) => `${name}: ${help}`).join('; '),
      choices: actions.map(({ name }) => ({ name: name ?? '', value: name ?? '' })),
      required: false,
    },
  ];
}

/** Where alerts can go; in a forum nobody can type. Discord refuses a command that names media channels (discord-api-spec). */
const CHANNEL_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.PublicThread,
] as const;

function argumentOptions({ argument, attachment, takesChannel }: Action): APIApplicationCommandBasicOption[] {
  const options: APIApplicationCommandBasicOption[] = [];
  if (argument !== null) {
    const { name, help, required } = argument;
    options.push({ type: ApplicationCommandOptionType.String, name, description: help, required });
  }
  if (attachment) {
    const { name, help } = attachment;
    options.push({ type: ApplicationCommandOptionType.Attachment, name, description: help, required: false });
  }
  if (takesChannel === true) {
    options.push({
      type: ApplicationCommandOptionType.Channel,
      name: 'channel',
      description: 'another channel than this one, such as a forum',
      channel_types: [...CHANNEL_TYPES],
      required: false,
    });
  }
  return options;
}
