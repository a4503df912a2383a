import { readFileSync } from 'node:fs';
import { asList, asObject, asObjects, asText, type Json } from './json.ts';

/** What an installed app is allowed and able to do, read from its manifest. */
export interface AppManifest {
  name: string;
  scopes: Set<string>;
  events: Set<string>;
  /** Names with the slash. */
  commands: Set<string>;
  /** Of these, those whose text comes with ids in place of names. */
  escaped: Set<string>;
  socketMode: boolean;
  interactivity: boolean;
  homeTab: boolean;
  /** Whether the app may write to one person. */
  messagesTab: boolean;
}

/** Slack's own commands: a manifest that names one is refused as a whole. */
const RESERVED = new Set(
  (
    '/status /me /join /away /dnd /shrug /remind /msg /feed /who /collapse /expand /leave /open /search ' +
    '/topic /mute /pro /shortcuts /invite /call /apps /archive /rename /star'
  ).split(' '),
);

/** Scopes without which Slack does not let an app subscribe to an event (docs.slack.dev/reference/events). */
const EVENT_SCOPES: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
};

/** The names that Slack knows, from the types of its own client: a typing error in a scope is refused. */
function namesOfType(type: 'BotScope' | 'ManifestEvent'): Set<string> {
  const path = '../../../node_modules/@slack/web-api/dist/types/request/manifest.d.ts';
  const source = readFileSync(new URL(path, import.meta.url), 'utf8');
  const union = source.match(new RegExp(`type ${type} = ([^;]+);`))?.[1];
  if (union === undefined) throw new Error(`@slack/web-api no longer declares ${type}: adapt the simulator`);
  return new Set([...union.matchAll(/'([^']+)'/g)].map((match) => asText(match[1])));
}

/** Reads a parsed manifest. Throws with every reason for which Slack would refuse it. */
export function readManifest(manifest: unknown): AppManifest {
  const root = asObject(manifest);
  const features = asObject(root.features);
  const settings = asObject(root.settings);
  const app: AppManifest = {
    name: asText(asObject(root.display_information).name),
    scopes: strings(asObject(asObject(root.oauth_config).scopes).bot),
    events: strings(asObject(settings.event_subscriptions).bot_events),
    commands: new Set(asObjects(features.slash_commands).map((command) => asText(command.command))),
    escaped: new Set(
      asObjects(features.slash_commands)
        .filter((command) => command.should_escape === true)
        .map((command) => asText(command.command)),
    ),
    socketMode: settings.socket_mode_enabled === true,
    interactivity: asObject(settings.interactivity).is_enabled === true,
    homeTab: asObject(features.app_home).home_tab_enabled === true,
    messagesTab: asObject(features.app_home).messages_tab_enabled === true,
  };
  const problems = [
    ...sizeProblems(root),
    ...commandProblems(features),
    ...permissionProblems(app, features),
  ];
  if (problems.length > 0) throw new Error(`invalid_manifest: ${problems.join('; ')}`);
  return app;
}

function strings(value: unknown): Set<string> {
  return new Set(asList(value).map(asText));
}

/** Limits of @slack/web-api's manifest.d.ts. */
function sizeProblems(root: Json): string[] {
  const info = asObject(root.display_information);
  const features = asObject(root.features);
  const oauth = asObject(root.oauth_config);
  return [
    ...length(info.name, 1, 35, '/display_information/name'),
    ...length(info.description, 0, 140, '/display_information/description'),
    ...length(info.long_description, 0, 4000, '/display_information/long_description'),
    ...count(features.slash_commands, 50, '/features/slash_commands'),
    ...count(features.shortcuts, 10, '/features/shortcuts'),
    ...count(asObject(oauth.scopes).bot, 255, '/oauth_config/scopes/bot'),
    ...count(oauth.redirect_urls, 1000, '/oauth_config/redirect_urls'),
    ...count(
      asObject(asObject(root.settings).event_subscriptions).bot_events,
      100,
      '/settings/event_subscriptions/bot_events',
    ),
  ];
}

function length(value: unknown, min: number, max: number, pointer: string): string[] {
  const size = asText(value).length;
  if (size < min) return [`missing required field [${pointer}]`];
  return size > max ? [`must be less than ${max + 1} characters [${pointer}]`] : [];
}

function count(value: unknown, max: number, pointer: string): string[] {
  return asList(value).length > max ? [`no more than ${max} items allowed [${pointer}]`] : [];
}

function commandProblems(features: Json): string[] {
  const commands = asObjects(features.slash_commands);
  const names = commands.map((command) => asText(command.command));
  return commands.flatMap((command, index) => {
    const name = names[index] ?? '';
    const pointer = `/features/slash_commands/${index}`;
    return [
      ...(isCommandName(name) ? [] : [`the slash command has an invalid name: ${name} [${pointer}/command]`]),
      ...(names.indexOf(name) === index
        ? []
        : [`the slash command name is duplicated: ${name} [${pointer}/command]`]),
      ...length(command.description, 1, 2000, `${pointer}/description`),
      ...length(command.usage_hint, 0, 1000, `${pointer}/usage_hint`),
    ];
  });
}

function isCommandName(name: string): boolean {
  return /^\/[\p{Ll}\p{Lo}\p{N}_-]{1,31}$/u.test(name) && !RESERVED.has(name);
}

function permissionProblems(app: AppManifest, features: Json): string[] {
  const problems: string[] = [];
  const needs = (scope: string, why: string) => {
    if (!app.scopes.has(scope))
      problems.push(`${why} requires the ${scope} scope [/oauth_config/scopes/bot]`);
  };
  if (app.commands.size > 0) needs('commands', 'a slash command');
  for (const event of app.events) {
    const scope = EVENT_SCOPES[event];
    if (scope) needs(scope, event);
  }
  const botName = asText(asObject(features.bot_user).display_name);
  if (app.scopes.size > 0) problems.push(...length(botName, 1, 80, '/features/bot_user/display_name'));
  problems.push(...unknownNames(app.scopes, namesOfType('BotScope'), 'bot scope'));
  problems.push(...unknownNames(app.events, namesOfType('ManifestEvent'), 'bot event type'));
  return problems;
}

function unknownNames(used: Set<string>, known: Set<string>, what: string): string[] {
  return [...used].filter((name) => !known.has(name)).map((name) => `invalid ${what}: ${name}`);
}
