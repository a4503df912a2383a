import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { DeliveryVerdict } from '../../alerts/retry.ts';

/** Discord's error codes (topics/opcodes-and-status-codes, JSON error codes). */
export const UNKNOWN_CHANNEL = 10003;
export const UNKNOWN_MESSAGE = 10008;
export const MISSING_ACCESS = 50001;
export const MISSING_PERMISSIONS = 50013;
const INVALID_FORM_BODY = 50035;
const EMPTY_MESSAGE = 50006;
const BLOCKED_BY_FILTER = 240000;
const BLOCKED_BY_AUTOMOD = 200000;
const UNKNOWN_SERVER = 10004;
const NOT_A_TEXT_CHANNEL = 50008;
const THREAD_ARCHIVED = 50083;
const TAG_REQUIRED = 40067;
const NO_MESSAGES_TO_PERSON = 50007;
const TOO_MANY_THREADS = 160006;
export const THREAD_EXISTS = 160004;
/** Archived or locked. */
export const THREAD_CLOSED = [THREAD_ARCHIVED, 160005];
/** Where no thread can be used or started. */
export const NO_THREAD = [...THREAD_CLOSED, TOO_MANY_THREADS];

/** Whether Discord answered with one of these codes. */
export function hasCode(error: unknown, ...codes: number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}

/** What is wrong with this message, not with the channel or the token. */
export function isPayloadError(error: unknown): boolean {
  return hasCode(error, INVALID_FORM_BODY, EMPTY_MESSAGE, BLOCKED_BY_FILTER, BLOCKED_BY_AUTOMOD);
}

/** What a failed request means for its delivery, and a sentence with the remedy. */
export interface Judgement {
  message: string;
  verdict: DeliveryVerdict;
}

const CHANNEL_REMEDIES: Record<number, string> = {
  [UNKNOWN_CHANNEL]: 'this channel does not exist any more: remove its watches',
  [UNKNOWN_SERVER]: 'this server does not exist any more: remove its watches',
  [NOT_A_TEXT_CHANNEL]: 'nothing can be posted in a channel of this kind: choose a text channel',
  [THREAD_ARCHIVED]: 'this thread is archived or locked: open it, or use the channel',
  [TAG_REQUIRED]:
    'this forum asks for a tag and has none that I may use: add one that is not for moderators alone',
  [TOO_MANY_THREADS]: 'this server has as many open threads as Discord allows: close some',
  [NO_MESSAGES_TO_PERSON]: 'this person takes no direct messages from me',
  [MISSING_ACCESS]: 'I do not see this channel: give the Tocsin role View Channel there',
  [MISSING_PERMISSIONS]:
    'I may not post in this channel: give the Tocsin role Send Messages (Create Posts in a forum), Send Messages in Threads, Embed Links and Read Message History there',
};

/** Judges whatever a request of discord.js threw. */
export function judge(error: unknown, channelId: string): Judgement {
  if (error instanceof RateLimitError) {
    const afterMs = Math.max(error.retryAfter, error.timeToReset);
    return { message: 'rate limit', verdict: { kind: 'wait', afterMs } };
  }
  if (error instanceof DiscordAPIError) return judgeAnswer(error, channelId);
  if (error instanceof HTTPError && error.status < 500) {
    return { message: `HTTP ${error.status}`, verdict: { kind: 'wait', afterMs: 5_000 } };
  }
  const isLate = error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
  return { message: 'no answer', verdict: { kind: 'uncertain', isLate } };
}

function judgeAnswer(error: DiscordAPIError, channelId: string): Judgement {
  const text = `${error.message} (${error.code})`;
  const remedy = CHANNEL_REMEDIES[Number(error.code)] ?? (error.status === 403 ? text : undefined);
  if (remedy !== undefined) return { message: `${channelId}: ${remedy}`, verdict: { kind: 'channel' } };
  if (error.status === 401) {
    return { message: tokenRemedy(error) ?? text, verdict: { kind: 'token' } };
  }
  if (hasCode(error, UNKNOWN_MESSAGE)) {
    return { message: 'the message was deleted in the channel', verdict: { kind: 'message-gone' } };
  }
  if (error.status === 429) return { message: text, verdict: { kind: 'wait', afterMs: 5_000 } };
  if (error.status >= 500) return { message: text, verdict: { kind: 'uncertain', isLate: false } };
  return { message: `the message is refused: ${text}`, verdict: { kind: 'refused' } };
}

/** The remedy when Discord refuses the token; null when the error is something else. */
export function tokenRemedy(error: unknown): string | null {
  const { code, status } = error as { code?: unknown; status?: number };
  if (code !== 'TokenInvalid' && status !== 401) return null;
  return 'the token is refused: check DISCORD_TOKEN (discord.com/developers/applications, Bot, Reset Token), then restart';
}
