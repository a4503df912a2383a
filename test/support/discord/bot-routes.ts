import {
  ApplicationCommandPatchRequestPartialSchema,
  CreatePrivateChannelRequestSchema,
} from 'discord-api-spec/zod';
import { refusal } from './api-error.ts';
import { type CommandInput, checkCommand, checkUniqueNames } from './command-rules.ts';
import { visibleChannel } from './messages.ts';
import { type ApiRequest, type ApiResult, param, type Route, route } from './router.ts';
import { checkSchema } from './schema.ts';
import { channelJson, guildJson, memberJson, userJson } from './serialize.ts';
import { addChannel, type Command, type Json, userOf, type World } from './world.ts';

interface GatewayInfo {
  url(): string;
  identifiesLeft(): number;
}

/** Who the bot is, where it is, and its commands. */
export function botRoutes(world: World, gateway: GatewayInfo): Route[] {
  return [
    ...identityRoutes(world, gateway),
    ...placeRoutes(world),
    ...commandRoutes(world, ''),
    ...commandRoutes(world, '/guilds/:guild'),
  ];
}

function identityRoutes(world: World, gateway: GatewayInfo): Route[] {
  const me = () => userOf(world, world.applicationId);
  const application = () => ({
    status: 200,
    body: {
      id: world.applicationId,
      name: me().name,
      icon: null,
      description: '',
      bot_public: false,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: 0,
      bot: userJson(me()),
      owner: userJson(userOf(world, '900000000000000001')),
      team: null,
    },
  });
  return [
    { ...route('GET', '/gateway', () => ({ status: 200, body: { url: gateway.url() } })), needsToken: false },
    route('GET', '/gateway/bot', () => ({
      status: 200,
      body: {
        url: gateway.url(),
        shards: 1,
        session_start_limit: {
          total: 1000,
          remaining: gateway.identifiesLeft(),
          reset_after: 86_400_000,
          max_concurrency: 1,
        },
      },
    })),
    route('GET', '/users/@me', () => ({ status: 200, body: userJson(me()) })),
    route('GET', '/users/:user', (request) => {
      const user = world.users.get(param(request, 'user'));
      if (!user) throw refusal('unknownUser');
      return { status: 200, body: userJson(user) };
    }),
    route('GET', '/applications/@me', application),
    route('GET', '/oauth2/applications/@me', application),
  ];
}

function placeRoutes(world: World): Route[] {
  const guildOf = (request: ApiRequest) => {
    const id = param(request, 'guild');
    if (!world.guilds.has(id)) throw refusal('unknownGuild');
    return id;
  };
  return [
    route('GET', '/channels/:channel', (request) => ({
      status: 200,
      body: channelJson(world, visibleChannel(world, param(request, 'channel'))),
    })),
    route('POST', '/users/@me/channels', (request) => openDirect(world, request)),
    route('GET', '/users/@me/guilds', () => ({
      status: 200,
      body: [...world.guilds.values()].map(({ id, name }) => ({
        id,
        name,
        icon: null,
        owner: false,
        features: [],
      })),
    })),
    route('GET', '/guilds/:guild', (request) => ({ status: 200, body: guildJson(world, guildOf(request)) })),
    route('GET', '/guilds/:guild/channels', (request) => ({
      status: 200,
      body: guildJson(world, guildOf(request)).channels,
    })),
    route('GET', '/guilds/:guild/roles', (request) => ({
      status: 200,
      body: guildJson(world, guildOf(request)).roles,
    })),
    route('GET', '/guilds/:guild/members/:user', (request) => {
      guildOf(request);
      const user = world.users.get(param(request, 'user'));
      if (!user) throw refusal('unknownMember');
      return { status: 200, body: memberJson(user) };
    }),
  ];
}

/** The conversation with one person: the same one each time it is opened. */
function openDirect(world: World, request: ApiRequest): ApiResult {
  checkSchema(CreatePrivateChannelRequestSchema, request.body);
  const recipientId = String(request.body.recipient_id);
  if (!world.users.has(recipientId)) throw refusal('unknownUser');
  const known = [...world.channels.values()].find((channel) => channel.recipientId === recipientId);
  const direct =
    known ?? addChannel(world, { id: world.nextId(), guildId: '', name: 'direct', type: 1, recipientId });
  return { status: 200, body: channelJson(world, direct) };
}

/** Application commands, global with an empty prefix and of one guild with '/guilds/:guild'. */
function commandRoutes(world: World, prefix: '' | '/guilds/:guild'): Route[] {
  const all = `/applications/:application${prefix}/commands`;
  const one = `${all}/:command`;
  const scope = (request: ApiRequest) => scopeOf(world, request);
  const find = (request: ApiRequest) => {
    const command = commandsOf(world, scope(request)).find(({ id }) => id === param(request, 'command'));
    if (!command) throw refusal('unknownCommand');
    return command;
  };
  return [
    route('GET', all, (request) => ({ status: 200, body: commandsOf(world, scope(request)) })),
    route('PUT', all, (request) => ({
      status: 200,
      body: replaceCommands(world, scope(request), request.body),
    })),
    route('POST', all, (request) => upsertCommand(world, scope(request), request.body)),
    route('GET', one, (request) => ({ status: 200, body: find(request) })),
    route('PATCH', one, (request) => {
      const command = find(request);
      checkSchema(ApplicationCommandPatchRequestPartialSchema, withoutPermissions(request.body));
      const input = checkCommand({ ...command, ...request.body });
      Object.assign(command, input, { version: world.nextId() });
      return { status: 200, body: command };
    }),
    route('DELETE', one, (request) => {
      const command = find(request);
      const rest = commandsOf(world, scope(request)).filter((other) => other !== command);
      world.commands.set(scope(request), rest);
      return { status: 204 };
    }),
  ];
}

function withoutPermissions({ default_member_permissions: _, ...rest }: Json): Json {
  return rest;
}

/** '' or the guild's id. Throws when application or guild is not the bot's. */
function scopeOf(world: World, request: ApiRequest): string {
  if (param(request, 'application') !== world.applicationId) throw refusal('notYourApplication');
  const guild = request.params.guild ?? '';
  if (guild !== '' && !world.guilds.has(guild)) throw refusal('missingAccess');
  return guild;
}

function commandsOf(world: World, scope: string): Command[] {
  return world.commands.get(scope) ?? [];
}

function replaceCommands(world: World, scope: string, body: unknown): Command[] {
  const inputs = (body as Json[]).map((command, index) => checkCommand(command, [index]));
  checkUniqueNames(inputs);
  requireRoom(inputs);
  const before = commandsOf(world, scope);
  const after = inputs.map((input) => stored(world, scope, input, before));
  countCreates(world, scope, after.filter(({ id }) => before.every((command) => command.id !== id)).length);
  world.commands.set(scope, after);
  return after;
}

function upsertCommand(world: World, scope: string, body: Json): { status: number; body: Command } {
  const input = checkCommand(body);
  const before = commandsOf(world, scope);
  const command = stored(world, scope, input, before);
  const others = before.filter(({ id }) => id !== command.id);
  const isNew = others.length === before.length;
  requireRoom([...others, input]);
  if (isNew) countCreates(world, scope, 1);
  world.commands.set(scope, [...others, command]);
  return { status: isNew ? 201 : 200, body: command };
}

/** 100 chat, 15 user and 15 message commands per scope. */
function requireRoom(commands: { type?: number | null }[]): void {
  const count = (kind: number) => commands.filter(({ type }) => (type ?? 1) === kind).length;
  if (count(1) > 100 || count(2) > 15 || count(3) > 15) throw refusal('tooManyCommands');
}

/** 200 creations per scope and day; a simulated Discord lives less than a day. */
function countCreates(world: World, scope: string, added: number): void {
  const created = (world.commandCreates.get(scope) ?? 0) + added;
  if (created > 200) throw refusal('tooManyCommandCreates');
  world.commandCreates.set(scope, created);
}

/** The command as Discord keeps it; one of the same kind and name keeps its id. */
function stored(world: World, scope: string, input: CommandInput, before: Command[]): Command {
  const type = input.type ?? 1;
  const known = before.find((command) => command.name === input.name && command.type === type);
  return {
    ...(input as unknown as Json),
    id: known?.id ?? world.nextId(),
    application_id: world.applicationId,
    ...(scope ? { guild_id: scope } : {}),
    version: world.nextId(),
    type,
    name: input.name,
    description: input.description ?? '',
    options: input.options ?? [],
    default_member_permissions: input.default_member_permissions ?? null,
  };
}
