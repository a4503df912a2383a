import { commonPayload, type Desk, type Outcome, openChannel, outcomeOf } from './desk.ts';
import type { Json } from './json.ts';
import { Refusal } from './refusal.ts';
import { answer, type Interaction } from './response-urls.ts';
import type { Ack } from './socket-hub.ts';

export interface CommandInput {
  channel: string;
  user: string;
  /** With the slash. */
  command: string;
  text: string;
}

/** A user types a slash command. Resolves when the app has acknowledged it, or Slack has given up. */
export async function runCommand(desk: Desk, input: CommandInput): Promise<Outcome> {
  const channel = openChannel(desk, input.channel);
  const interaction: Interaction = { channel: channel.id, user: input.user, original: null, answers: [] };
  if (!desk.manifest.commands.has(input.command)) {
    const notice = `${input.command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`;
    return outcomeOf(desk, interaction, { error: 'unknown_command', notice });
  }
  const { team: _team, user: _user, enterprise: _enterprise, ...common } = commonPayload(desk, input.user);
  const payload: Json = {
    ...common,
    team_id: desk.teamId,
    team_domain: 'newsroom',
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: input.user,
    user_name: desk.workspace.users.get(input.user),
    command: input.command,
    text: desk.manifest.escaped.has(input.command) ? escaped(desk, input.text) : input.text,
    is_enterprise_install: 'false',
    response_url: desk.responseBase + desk.responseUrls.create(interaction),
  };
  const ack = await desk.hub.send({ type: 'slash_commands', payload, acceptsResponse: true });
  const error = commandError(desk, interaction, ack);
  const notice = `${input.command} failed with the error "${error}"`;
  return outcomeOf(desk, interaction, error === null ? null : { error, notice });
}

/** What Slack makes of names and addresses in a command that asks for it; a group is named by its id, `@S0123`. */
function escaped({ workspace }: Desk, text: string): string {
  const idOf = (name: string) => [...workspace.users].find(([, known]) => known === name)?.[0];
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return plain
    .replace(/https?:\/\/[^\s<>]+/g, '<$&>')
    .replace(/(?<=^|\s)@(S[A-Z0-9]+)\b/g, '<!subteam^$1|@desk>')
    .replace(/(?<=^|\s)@([a-z][\w-]*)/g, (whole, name) => {
      const id = idOf(name);
      return id === undefined ? whole : `<@${id}|${name}>`;
    });
}

/** Shows what the acknowledgement says; returns the error that the user sees instead, or null. */
function commandError(desk: Desk, interaction: Interaction, ack: Ack): string | null {
  if (ack.kind === 'no-socket') return 'dispatch_failed';
  if (ack.kind === 'timeout') return 'operation_timeout';
  if (ack.payload.text === undefined && ack.payload.blocks === undefined) return null;
  try {
    answer(desk.workspace, interaction, ack.payload);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return 'invalid_command_response';
  }
}
