import { attachFile, attachmentBytes, attachmentJson, type GivenFile } from './attached-files.ts';
import { channelJson, memberJson, userJson } from './serialize.ts';
import {
  type Channel,
  type Command,
  type CommandOption,
  channelOf,
  type Json,
  permissionsIn,
  userOf,
  type World,
} from './world.ts';

type OptionValue = string | number | boolean | GivenFile;

/** What a person picked and typed. */
export interface CommandCall {
  channel: string;
  user?: string;
  name: string;
  /** 'add', or 'group add' for one inside a group. */
  subcommand?: string;
  options?: Record<string, OptionValue>;
}

/** The registered chat command, a guild's own before the global one. Throws when there is none for that user. */
export function registeredCommand(world: World, call: CommandCall, userId: string): Command {
  const { guildId } = channelOf(world, call.channel);
  const found = [guildId, '']
    .flatMap((scope) => world.commands.get(scope) ?? [])
    .find(({ name, type }) => name === call.name && type === 1);
  if (!found) throw new Error(`/${call.name} is not a registered command`);
  const needed = BigInt(found.default_member_permissions ?? '0');
  if ((userOf(world, userId).permissions & needed) !== needed) {
    throw new Error(`/${call.name} is not offered to user ${userId}, who lacks its default permissions`);
  }
  return found;
}

/**
 * The `data` of an interaction, as Discord's client would send it. Throws on what the client would not send:
 * an unknown or missing option, a value of the wrong kind or outside its choices and bounds.
 */
export function commandData(world: World, command: Command, call: CommandCall, focused?: string): Json {
  const path = call.subcommand?.split(' ') ?? [];
  const options = nestedOptions(world, { command, call, focused }, command.options, path);
  const guildId = command.guild_id ? { guild_id: command.guild_id } : {};
  const resolved = resolvedOf(world, channelOf(world, call.channel), leaves(options));
  return { id: command.id, name: command.name, type: 1, ...guildId, options, ...resolved };
}

interface Filling {
  command: Command;
  call: CommandCall;
  focused: string | undefined;
}

function nestedOptions(world: World, filling: Filling, defined: CommandOption[], path: string[]): Json[] {
  const [next, ...rest] = path;
  if (next !== undefined) {
    const branch = defined.find((option) => option.name === next && option.type <= 2);
    if (!branch) throw new Error(`/${filling.command.name} has no subcommand ${next}`);
    return [
      { name: next, type: branch.type, options: nestedOptions(world, filling, branch.options ?? [], rest) },
    ];
  }
  if (defined.some(({ type }) => type <= 2)) throw new Error(`/${filling.command.name} needs a subcommand`);
  return filledOptions(world, filling, defined);
}

function filledOptions(world: World, { command, call, focused }: Filling, defined: CommandOption[]): Json[] {
  const given = call.options ?? {};
  for (const name of Object.keys(given)) {
    if (!defined.some((option) => option.name === name))
      throw new Error(`/${command.name} has no option ${name}`);
  }
  // While typing, the client sends what is there, finished or not.
  const missing = defined.find(({ name, required }) => required && given[name] === undefined);
  if (missing && focused === undefined) throw new Error(`/${command.name} needs the option ${missing.name}`);
  return defined.flatMap((option): Json[] => {
    const value = given[option.name];
    if (value === undefined) return [];
    if (option.name === focused) return [{ name: option.name, type: option.type, value, focused: true }];
    checkValue(world, option, value);
    const sent = typeof value === 'object' ? attachFile(world, call.channel, value).id : value;
    return [{ name: option.name, type: option.type, value: sent }];
  });
}

type Check = (value: OptionValue, option: CommandOption, world: World) => string | null;

const numeric: Check = (
  value,
  { min_value = Number.NEGATIVE_INFINITY, max_value = Number.POSITIVE_INFINITY },
) => {
  if (typeof value !== 'number') return 'is not a number';
  return value < min_value || value > max_value ? 'is out of bounds' : null;
};

const snowflake: Check = (value) => (/^\d+$/.test(String(value)) ? null : 'is not an id');

/** What is wrong with a value, by option type. */
const checks: Record<number, Check> = {
  3: (value, { min_length = 1, max_length = 6000 }) => {
    if (typeof value !== 'string') return 'is not text';
    return value.length < min_length || value.length > max_length ? 'has the wrong length' : null;
  },
  4: (value, option, world) =>
    Number.isInteger(value) ? numeric(value, option, world) : 'is not a whole number',
  5: (value) => (typeof value === 'boolean' ? null : 'is not true or false'),
  6: snowflake,
  7: (value, { channel_types: types }, world) => {
    const channel = world.channels.get(String(value));
    if (!channel) return 'is not a channel';
    return types?.length && !types.includes(channel.type) ? 'is not a channel of a kind it takes' : null;
  },
  8: snowflake,
  9: snowflake,
  10: numeric,
  11: (value) => {
    if (typeof value !== 'object') return 'is not a file';
    return Buffer.from(value.content).length > attachmentBytes ? 'is larger than a server takes' : null;
  },
};

function checkValue(world: World, option: CommandOption, value: OptionValue): void {
  const check = checks[option.type];
  if (!check) throw new Error(`the simulator cannot fill options of type ${option.type}`);
  const problem = check(value, option, world);
  if (problem) throw new Error(`option ${option.name}: ${JSON.stringify(value)} ${problem}`);
  const choices = option.choices ?? [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    throw new Error(`option ${option.name}: ${JSON.stringify(value)} is not one of its choices`);
  }
}

function leaves(options: Json[]): Json[] {
  return options.flatMap((option) =>
    Array.isArray(option.options) ? leaves(option.options as Json[]) : [option],
  );
}

/** The users, channels and files that option values name. */
function resolvedOf(world: World, place: Channel, options: Json[]): Json {
  const users: Json = {};
  const members: Json = {};
  const channels: Json = {};
  const attachments: Json = {};
  for (const { type, value } of options) {
    const id = String(value);
    if (type === 11) attachments[id] = attachmentJson(world, id);
    if (type === 7) channels[id] = { ...channelJson(world, channelOf(world, id)), permissions: '0' };
    if (type !== 6 && type !== 9) continue;
    const { user, ...member } = memberJson(userOf(world, id));
    users[id] = user ?? userJson(userOf(world, id));
    members[id] = { ...member, permissions: String(permissionsIn(place, userOf(world, id))) };
  }
  const filled = Object.entries({ users, members, channels, attachments }).filter(
    ([, map]) => Object.keys(map).length > 0,
  );
  return filled.length > 0 ? { resolved: Object.fromEntries(filled) } : {};
}
