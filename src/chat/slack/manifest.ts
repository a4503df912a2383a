import type { Command } from '../command.ts';
import { COMMANDS } from '../command-table.ts';
import { usage } from '../usage.ts';

/** The command that reaches every other one: `/tocsin status`. */
export const UMBRELLA = 'tocsin';

/**
 * Names that Slack keeps for itself or for its clients. One of them makes Slack refuse the whole manifest
 * ("the slash command has an invalid name", NousResearch/hermes-agent#17054), so they are reached as `/tocsin …`.
 */
const RESERVED = new Set(['status', 'help']);

/** The app manifest that a user pastes into Slack; `config/slack-manifest.json` is this. */
export function slackManifest() {
  const direct = COMMANDS.filter((command) => !RESERVED.has(command.name));
  return {
    display_information: {
      name: 'Tocsin',
      description: 'News alerts with the key facts and who claims them',
      background_color: '#8b1a1a',
    },
    features: {
      // Direct messages say that a channel is broken.
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'Tocsin', always_online: true },
      slash_commands: [...direct.map(slashCommand), umbrellaCommand()],
    },
    oauth_config: {
      scopes: {
        bot: [
          'channels:history',
          'channels:join',
          'channels:read',
          'chat:write',
          'commands',
          'files:read',
          'groups:history',
          'groups:read',
          'im:history',
          'im:write',
          'metadata.message:read',
        ],
      },
    },
    settings: {
      event_subscriptions: { bot_events: ['channel_unarchive', 'group_unarchive', 'member_joined_channel'] },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  };
}

function slashCommand(command: Command) {
  return {
    command: `/${command.name}`,
    description: command.help,
    usage_hint: command.actions
      .map((action) => usage(command, action).slice(command.name.length + 2))
      .join(' | '),
    // Without it Slack does not say whom a mention means.
    should_escape: command.name === 'watch',
  };
}

function umbrellaCommand() {
  return {
    command: `/${UMBRELLA}`,
    description: 'Everything Tocsin understands',
    usage_hint: COMMANDS.map((command) => command.name).join(' | '),
    should_escape: true,
  };
}
