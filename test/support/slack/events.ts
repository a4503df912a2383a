import type { Desk } from './desk.ts';
import { type GivenFile, sharedFile, wireFile } from './files.ts';
import type { Json } from './json.ts';
import type { Ack, Envelope } from './socket-hub.ts';
import { APP_ID, BOT_USER, type Channel } from './workspace.ts';

const MESSAGE_EVENTS = {
  public: 'message.channels',
  private: 'message.groups',
  direct: 'message.im',
} as const;

/** A user writes a message. Resolves to its ts and to the event types that the app acknowledged. */
export async function say(
  desk: Desk,
  input: { channel: Channel; user: string; text: string; threadTs: string | null; file?: GivenFile },
): Promise<{ ts: string; events: string[] }> {
  const { channel, user, text, threadTs, file } = input;
  const files = file === undefined ? [] : [sharedFile(desk, user, file)];
  const message = desk.workspace.add({
    channel: channel.id,
    user,
    text,
    threadTs,
    blocks: [],
    broadcast: false,
    metadata: null,
    files,
    ephemeralFor: null,
    unfurlLinks: true,
    unfurlMedia: true,
    parsePlainText: false,
  });
  const event = { user, text, ts: message.ts, channel: channel.id, event_ts: message.ts };
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  const shared = files.length === 0 ? {} : { subtype: 'file_share', files: files.map(wireFile) };
  const kind = { public: 'channel', private: 'group', direct: 'im' }[channel.kind];
  const delivered: string[] = [];
  if (text.includes(`<@${BOT_USER}>`) && channel.kind !== 'direct') {
    const mention = { type: 'app_mention', ...event, ...thread };
    if (await deliverEvent(desk, 'app_mention', mention)) delivered.push('app_mention');
  }
  const subscription = MESSAGE_EVENTS[channel.kind];
  const written = { type: 'message', channel_type: kind, ...event, ...thread, ...shared };
  if (channel.member && (await deliverEvent(desk, subscription, written))) delivered.push(subscription);
  return { ts: message.ts, events: delivered };
}

/** Sends an event if the manifest subscribes to it; resolves to whether the app acknowledged it. */
export async function deliverEvent(desk: Desk, subscription: string, event: Json): Promise<boolean> {
  if (!desk.manifest.events.has(subscription)) return false;
  const payload: Json = {
    token: 'verification-token',
    team_id: desk.teamId,
    context_team_id: desk.teamId,
    context_enterprise_id: null,
    api_app_id: APP_ID,
    event,
    type: 'event_callback',
    event_id: desk.workspace.nextId('Ev'),
    event_time: Math.floor(Number(event.event_ts)),
    authorizations: [
      {
        enterprise_id: null,
        team_id: desk.teamId,
        user_id: BOT_USER,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: desk.workspace.nextId('4-'),
  };
  const envelope: Envelope = { type: 'events_api', payload, acceptsResponse: false };
  const first: Ack = await desk.hub.send(envelope);
  if (first.kind !== 'timeout') return first.kind === 'acked';
  // Slack tries again at once, after 1 minute and after 5; only the first of these is worth a test's time.
  const again = await desk.hub.send({ ...envelope, retry: { attempt: 1, reason: 'timeout' } });
  return again.kind === 'acked';
}
