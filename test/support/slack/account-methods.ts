import { required } from './arguments.ts';
import type { Json } from './json.ts';
import type { Call, Method } from './method.ts';
import { Refusal } from './refusal.ts';
import { APP_ID, BOT_ID, BOT_USER } from './workspace.ts';

/** Who the app is, whom it works with, and how it connects. */
export const ACCOUNT_METHODS: Record<string, Method> = {
  'auth.test': { token: 'bot', run: whoAmI },
  'apps.connections.open': { token: 'app', run: openConnection },
  'users.info': { token: 'bot', scope: 'users:read', run: userInfo },
  'team.info': { token: 'bot', scope: 'team:read', run: teamInfo },
};

function whoAmI(call: Call): Json {
  return {
    url: 'https://newsroom.slack.com/',
    team: 'Newsroom',
    user: call.workspace.users.get(BOT_USER),
    team_id: call.teamId,
    user_id: BOT_USER,
    bot_id: BOT_ID,
    app_id: APP_ID,
    is_enterprise_install: false,
  };
}

/** docs.slack.dev: Socket Mode must be on in the app's settings, or there is no address to connect to. */
function openConnection(call: Call): Json {
  if (!call.manifest.socketMode) throw new Refusal('socket_mode_not_enabled');
  return { url: call.socketUrl() };
}

function userInfo(call: Call): Json {
  const id = required(call.args, 'user');
  const name = call.workspace.users.get(id);
  if (name === undefined) throw new Refusal('user_not_found');
  return {
    user: {
      id,
      team_id: call.teamId,
      name,
      real_name: name,
      profile: { display_name: name },
      is_bot: id === BOT_USER,
      tz: 'Europe/London',
    },
  };
}

function teamInfo(call: Call): Json {
  return { team: { id: call.teamId, name: 'Newsroom', domain: 'newsroom' } };
}
