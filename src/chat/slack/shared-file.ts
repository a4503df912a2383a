import type { WebClient } from '@slack/web-api';
import { AttachmentError, downloadText } from '../attachment.ts';
import { messagesSince, type SlackMessageElement } from './channel-history.ts';
import { judge } from './slack-errors.ts';

/** How long ago a file may have been shared to be what a command is about. */
const RECENT_MS = 60 * 60_000;

const FILE_ORIGIN = 'https://files.slack.com';

type SlackFile = NonNullable<SlackMessageElement['files']>[number];

interface SharedBy {
  channelId: string;
  personId: string;
  /** Milliseconds UTC. */
  now: number;
  botToken: string;
  apiUrl: string;
}

/**
 * The text of the newest file that the person shared in the channel in the last hour, because Slack's commands carry
 * none; null when there is no such file. Throws AttachmentError.
 */
export async function sharedFileText(client: WebClient, shared: SharedBy): Promise<string | null> {
  const file = await newestFile(client, shared);
  if (file === null) return null;
  const name = file.name ?? 'the file';
  const remedy =
    'Reinstall the app with config/slack-manifest.json (it needs files:read) and share the file again.';
  const url = file.url_private ?? '';
  // The token goes to Slack alone, whatever address a file claims.
  const origin = URL.parse(url)?.origin;
  if (origin !== FILE_ORIGIN && origin !== new URL(shared.apiUrl).origin) {
    throw new AttachmentError(`“${name}” is not kept by Slack itself. Upload the file here and try again.`);
  }
  return downloadText({ name, url, headers: { authorization: `Bearer ${shared.botToken}` }, remedy });
}

async function newestFile(
  client: WebClient,
  { channelId, personId, now }: SharedBy,
): Promise<SlackFile | null> {
  try {
    for await (const { user, files } of messagesSince(client, { channelId, sinceMs: now - RECENT_MS })) {
      const file = user === personId ? files?.at(-1) : undefined;
      if (file !== undefined) return file;
    }
    return null;
  } catch (cause) {
    throw new AttachmentError(`I could not look for your file. ${judge(cause, channelId).message}.`, {
      cause,
    });
  }
}
