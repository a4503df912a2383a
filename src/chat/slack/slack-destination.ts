import { ErrorCode, type WebClient } from '@slack/web-api';
import type { DeliveryVerdict } from '../../alerts/retry.ts';
import type { Attempt, Destination } from '../../model/alert.ts';
import { DeliveryError } from '../delivery-error.ts';
import { plainMessage, slackMessage } from './alert-blocks.ts';

/** Marks our messages, so that one whose answer was lost is found in the channel's history. */
const EVENT_TYPE = 'tocsin_delivery';

/** Alerts in Slack channels over the Web API: they go out even while the socket is down. */
export function slackDestination(client: WebClient): Destination {
  return {
    platform: 'slack',
    deliver: (attempt) => translated(attempt, () => deliverShrinking(client, attempt)),
    find: (attempt) => translated(attempt, () => findMessage(client, attempt)),
  };
}

/** A refused payload is sent again without its picture, then as plain text with the link. */
async function deliverShrinking(client: WebClient, attempt: Attempt): Promise<string> {
  const shapes = [
    () => slackMessage(attempt.operation, true),
    () => slackMessage(attempt.operation, false),
    () => ({ ...plainMessage(attempt.operation), blocks: [] }),
  ];
  let refusal: unknown;
  for (const shape of shapes) {
    // Whoever waited is gone, and would look in vain for what is sent now.
    attempt.signal.throwIfAborted();
    try {
      return await send(client, attempt, shape());
    } catch (error) {
      if (!PAYLOAD_ERRORS.has(slackError(error))) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function send(
  client: WebClient,
  { channelId, deliveryId, operation }: Attempt,
  message: ReturnType<typeof slackMessage>,
): Promise<string> {
  const shared = {
    channel: channelId,
    ...message,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { delivery: deliveryId } },
  };
  if (operation.kind === 'edit') {
    await client.chat.update({ ...shared, ts: operation.messageId });
    return operation.messageId;
  }
  const thread = operation.kind === 'reply' ? { thread_ts: operation.messageId } : {};
  const posted = await client.chat.postMessage({ ...shared, ...thread });
  return posted.ts ?? '';
}

async function findMessage(client: WebClient, attempt: Attempt): Promise<string | null> {
  const { operation, channelId } = attempt;
  if (operation.kind === 'edit') return null;
  // Clocks differ: a minute of slack costs one page at most.
  const since = { channel: channelId, oldest: String(attempt.createdAt / 1000 - 60), limit: 200 };
  let cursor: string | undefined;
  do {
    const options = { ...since, include_all_metadata: true, ...(cursor === undefined ? {} : { cursor }) };
    const page =
      operation.kind === 'reply'
        ? await client.conversations.replies({ ...options, ts: operation.messageId })
        : await client.conversations.history(options);
    const found = page.messages?.find((message) => deliveryOf(message) === attempt.deliveryId);
    if (found?.ts !== undefined) return found.ts;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return null;
}

function deliveryOf(message: object): unknown {
  const { metadata } = message as {
    metadata?: { event_type?: string; event_payload?: { delivery?: string } };
  };
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.delivery : undefined;
}

async function translated<T>({ channelId, signal }: Attempt, work: () => Promise<T>): Promise<T> {
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

const PAYLOAD_ERRORS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_arguments',
  'no_text',
  'invalid_attachments',
  'metadata_too_large',
]);

/** Slack's names for its own failures: the message may have been taken (docs.slack.dev, chat.postMessage errors). */
const PLATFORM_FAILURES = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);

const CHANNEL_REMEDIES: Record<string, string> = {
  not_in_channel: 'I am not in this channel: type /invite @Tocsin there',
  channel_not_found:
    'I do not see this channel: it was deleted, or it is private and I was not invited (/invite @Tocsin)',
  is_archived: 'this channel is archived: unarchive it or remove its watches',
  restricted_action: 'only some members may post in this channel: let the app post there',
  missing_scope: 'a permission is missing: reinstall the app with config/slack-manifest.json',
};

const TOKEN_ERRORS = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
]);

function judge(error: unknown, channelId: string): { message: string; verdict: DeliveryVerdict } {
  const code = (error as { code?: string }).code;
  if (code === ErrorCode.RateLimitedError) {
    const seconds = (error as { retryAfter?: number }).retryAfter ?? 1;
    return { message: `rate limit, ${seconds} s`, verdict: { kind: 'wait', afterMs: seconds * 1000 } };
  }
  const name = slackError(error);
  const remedy = CHANNEL_REMEDIES[name];
  if (remedy !== undefined) return { message: `${channelId}: ${remedy}`, verdict: { kind: 'channel' } };
  if (TOKEN_ERRORS.has(name)) {
    return {
      message: `the token is refused (${name}): put the current xoxb- token in SLACK_BOT_TOKEN and restart`,
      verdict: { kind: 'token' },
    };
  }
  if (name === 'message_not_found' || name === 'cant_update_message' || name === 'thread_not_found') {
    return { message: 'the message was deleted in the channel', verdict: { kind: 'message-gone' } };
  }
  if (/restricted|permission|access|archived|login_required/.test(name)) {
    return { message: `${channelId}: ${name}`, verdict: { kind: 'channel' } };
  }
  if (name === '' || PLATFORM_FAILURES.has(name)) {
    const isLate = /time|abort/i.test(String((error as Error).message));
    return { message: name === '' ? 'no answer' : name, verdict: { kind: 'uncertain', isLate } };
  }
  return { message: `the message is refused (${name})`, verdict: { kind: 'refused' } };
}

/** Slack's own name of a refusal; empty when the failure is not one. */
function slackError(error: unknown): string {
  return (error as { data?: { error?: string } }).data?.error ?? '';
}
