import { ErrorCode } from '@slack/web-api';
import type { DeliveryVerdict } from '../../alerts/retry.ts';

/** Slack's names for what is wrong with a message (docs.slack.dev, chat.postMessage errors). */
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

/** Slack's names for what passes by itself. */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'team_added_to_org',
  'external_channel_migrating',
]);

const CHANNEL_REMEDIES: Record<string, string> = {
  not_in_channel: 'I am not in this channel: type /invite @Tocsin there',
  channel_not_found:
    'I do not see this channel: it was deleted, or it is private and I was not invited (/invite @Tocsin)',
  is_archived: 'this channel is archived: unarchive it or remove its watches',
  restricted_action: 'only some members may post in this channel: let the app post there',
  missing_scope: 'a permission is missing: reinstall the app with config/slack-manifest.json',
};

/** Judges whatever a call of WebClient threw: what it means for its delivery, and a sentence with the remedy. */
export function judge(error: unknown, channelId: string): { message: string; verdict: DeliveryVerdict } {
  const code = (error as { code?: string }).code;
  if (code === ErrorCode.RateLimitedError) {
    const seconds = (error as { retryAfter?: number }).retryAfter ?? 1;
    return { message: `rate limit, ${seconds} s`, verdict: { kind: 'wait', afterMs: seconds * 1000 } };
  }
  const name = slackError(error);
  const remedy = CHANNEL_REMEDIES[name];
  if (remedy !== undefined) return { message: `${channelId}: ${remedy}`, verdict: { kind: 'channel' } };
  const refused = tokenRemedy(error);
  if (refused !== null) return { message: refused, verdict: { kind: 'token' } };
  if (name === 'message_not_found' || name === 'cant_update_message' || name === 'thread_not_found') {
    return { message: 'the message was deleted in the channel', verdict: { kind: 'message-gone' } };
  }
  if (
    /restricted|permission|access|archived|login_required|disabled|inactive|not_supported|not_in_/.test(name)
  ) {
    return { message: `${channelId}: ${name}`, verdict: { kind: 'channel' } };
  }
  if (PASSING.has(name)) return { message: name, verdict: { kind: 'wait', afterMs: 30_000 } };
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

/** Whether Slack refuses this message, whatever the channel. */
export function isPayloadError(error: unknown): boolean {
  return PAYLOAD_ERRORS.has(slackError(error));
}

/** The remedy when Slack refuses a token; null when the error is something else. */
export function tokenRemedy(error: unknown): string | null {
  const name = slackError(error);
  if (!/auth|token|account_inactive/.test(name)) return null;
  return `the token is refused (${name}): check SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…), then restart`;
}
