import type { Json } from './json.ts';
import type { AppManifest } from './manifest.ts';
import type { Modals } from './modals.ts';
import { readMessage, type SeenMessage } from './reader.ts';
import type { Interaction, ResponseUrls } from './response-urls.ts';
import type { SocketHub } from './socket-hub.ts';
import { waitUntil } from './waiting.ts';
import { APP_ID, type Channel, type Workspace } from './workspace.ts';

/** What stands between the people of a workspace and the app. */
export interface Desk {
  workspace: Workspace;
  manifest: AppManifest;
  modals: Modals;
  hub: SocketHub;
  responseUrls: ResponseUrls;
  teamId: string;
  /** Where response_urls point to: `http://127.0.0.1:PORT/response/`. */
  responseBase: string;
  /** Where shared files are kept: `http://127.0.0.1:PORT/files-pri/`. */
  fileBase: string;
}

/** What the user got for what they did. */
export interface Outcome {
  /** Why Slack could not do it: `operation_timeout`, `unknown_command`, `dispatch_failed`…; null when it could. */
  error: string | null;
  /** What Slack itself tells the user then; empty when all is well. */
  notice: string;
  /** The app's answers, as this user sees them now: its acknowledgement and what it sent to the response_url. */
  shown(): SeenMessage[];
  /** The first answer, as soon as it is there. Rejects after the time-out (5 s). */
  answer(timeoutMs?: number): Promise<SeenMessage>;
}

/** An outcome that follows the answers of an interaction. */
export function outcomeOf(
  desk: Desk,
  interaction: Interaction,
  failure: { error: string; notice: string } | null,
): Outcome {
  const { workspace } = desk;
  const shown = () =>
    interaction.answers
      .filter((message) => workspace.messages.includes(message))
      .map((message) => readMessage(workspace, message, interaction.user));
  return {
    error: failure?.error ?? null,
    notice: failure?.notice ?? '',
    shown,
    answer: (timeoutMs = 5000) =>
      waitUntil({
        read: () => shown()[0],
        onChange: (listener) => workspace.onChange(listener),
        timeoutMs,
        describe: () =>
          `the app answered nothing within ${timeoutMs} ms${failure ? ` (${failure.error})` : ''}`,
      }),
  };
}

/** Members that all interactive payloads share. */
export function commonPayload(desk: Desk, user: string): Json {
  return {
    team: { id: desk.teamId, domain: 'newsroom' },
    user: userPayload(desk, user),
    api_app_id: APP_ID,
    token: 'verification-token',
    trigger_id: desk.modals.trigger(user),
    enterprise: null,
    is_enterprise_install: false,
  };
}

function userPayload(desk: Desk, user: string): Json {
  const name = desk.workspace.users.get(user);
  return { id: user, username: name, name, team_id: desk.teamId };
}

/** A channel that the user can type in. Throws when the test names one that is not there. */
export function openChannel(desk: Desk, id: string): Channel {
  const channel = desk.workspace.channel(id);
  if (channel.archived) throw new Error(`nobody can write in ${id}: it is archived`);
  return channel;
}
