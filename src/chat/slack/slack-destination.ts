import type { WebClient } from '@slack/web-api';
import type { Attempt, Destination } from '../../model/alert.ts';
import { DeliveryError } from '../delivery-error.ts';
import { checkEarlier, withEarlierLink } from '../earlier-link.ts';
import { plainMessage, slackMessage } from './alert-blocks.ts';
import { messagesSince } from './channel-history.ts';
import { messageLink } from './message-link.ts';
import { calling } from './pings.ts';
import { isPayloadError, judge } from './slack-errors.ts';

/** Marks our messages, so that one whose answer was lost is found in the channel's history. */
const EVENT_TYPE = 'tocsin_delivery';

/** Alerts in Slack channels over the Web API: they go out even while the socket is down. */
export function slackDestination(client: WebClient): Destination {
  let site: string | undefined;
  const linked = (attempt: Attempt) =>
    withEarlierLink(attempt, async (messageId) => {
      site ??= (await client.auth.test()).url;
      return site === undefined ? null : messageLink(site, attempt.channelId, messageId);
    });
  return {
    platform: 'slack',
    deliver: (attempt) =>
      translated(attempt, async () => {
        await checkEarlier(attempt, (messageId) => isDeleted(client, attempt.channelId, messageId));
        return deliverShrinking(client, await linked(attempt));
      }),
    find: (attempt) => translated(attempt, () => findMessage(client, attempt)),
    async direct(person) {
      const attempt = { channelId: person, signal: AbortSignal.timeout(8_000) };
      return translated(attempt, async () => {
        const { channel } = await client.conversations.open({ users: person });
        return channel?.id ?? null;
      });
    },
  };
}

/** A refused payload is sent again without its picture, then as plain text with the link. */
async function deliverShrinking(client: WebClient, attempt: Attempt): Promise<string> {
  const shapes = [
    () => calling(slackMessage(attempt.operation, true), attempt.ping),
    () => calling(slackMessage(attempt.operation, false), attempt.ping),
    () => calling({ ...plainMessage(attempt.operation), blocks: [] }, attempt.ping),
  ];
  let refusal: unknown;
  for (const shape of shapes) {
    // Whoever waited is gone, and would look in vain for what is sent now.
    attempt.signal.throwIfAborted();
    try {
      return await send(client, attempt, shape());
    } catch (error) {
      if (!isPayloadError(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function send(
  client: WebClient,
  { channelId, deliveryId, operation, ping }: Attempt,
  message: ReturnType<typeof slackMessage>,
): Promise<string> {
  const shared = {
    channel: channelId,
    ...message,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { delivery: deliveryId } },
  };
  if (operation.kind === 'edit' || operation.kind === 'edit-notice') {
    await client.chat.update({ ...shared, ts: operation.messageId });
    return operation.messageId;
  }
  // In a thread Slack lets nobody call who is there, so such a reply is shown in the channel too.
  const thread =
    operation.kind === 'reply'
      ? { thread_ts: operation.messageId, reply_broadcast: ping.includes('here') }
      : {};
  const posted = await client.chat.postMessage({ ...shared, ...thread });
  return posted.ts ?? '';
}

async function findMessage(client: WebClient, attempt: Attempt): Promise<string | null> {
  const { operation, channelId } = attempt;
  if (operation.kind === 'edit' || operation.kind === 'edit-notice') return null;
  const thread = operation.kind === 'reply' ? { thread: operation.messageId } : {};
  // Clocks differ: a minute of slack costs one page at most.
  for await (const message of messagesSince(client, {
    channelId,
    sinceMs: attempt.createdAt - 60_000,
    ...thread,
  })) {
    if (deliveryOf(message) === attempt.deliveryId) return message.ts ?? null;
  }
  return null;
}

async function isDeleted(client: WebClient, channel: string, ts: string): Promise<boolean> {
  const only = { channel, oldest: ts, latest: ts, inclusive: true, limit: 1 };
  const { messages = [] } = await client.conversations.history(only);
  // What is left of one that has a thread (docs.slack.dev, events/message).
  return !messages.some((message) => message.ts === ts && message.subtype !== 'tombstone');
}

function deliveryOf(message: object): unknown {
  const { metadata } = message as {
    metadata?: { event_type?: string; event_payload?: { delivery?: string } };
  };
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.delivery : undefined;
}

async function translated<T>(
  { channelId, signal }: Pick<Attempt, 'channelId' | 'signal'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await Promise.race([work(), aborted(signal)]);
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    const { message, verdict } = judge(error, channelId);
    throw new DeliveryError(`Slack: ${message}`, { verdict, cause: error });
  }
}

/** WebClient takes no signal: what it still does after the deadline is found by its metadata. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const late = () =>
      reject(new DeliveryError('Slack: no answer in time', { verdict: { kind: 'uncertain', isLate: true } }));
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
}
