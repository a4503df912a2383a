import type { APIAllowedMentions, RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { AllowedMentionsTypes, MessageFlags } from 'discord.js';
import type { Ping } from '../../model/ping.ts';
import { NO_PINGS } from './markdown.ts';

type Body = RESTPostAPIChannelMessageJSONBody;

/**
 * The message with those whom it calls in front: Discord calls by `content` alone, and `allowed_mentions` lists exactly
 * them, so that nothing else in it does. In quiet hours it makes no sound (resources/message, SUPPRESS_NOTIFICATIONS).
 */
export function calling(body: Body, ping: readonly Ping[], isSilent: boolean): Body {
  const flags = { flags: (body.flags ?? 0) | (isSilent ? MessageFlags.SuppressNotifications : 0) };
  // What allows @here allows it in every word of the content: only where these are none of a feed's.
  const called = body.content === undefined ? ping : ping.filter((one) => one !== 'here');
  const mentions = called.map(mention).filter((text) => text !== null);
  if (mentions.length === 0) return { ...body, ...flags, allowed_mentions: NO_PINGS };
  const content = [mentions.join(' '), body.content ?? ''].join('\n').trim();
  return { ...body, ...flags, content, allowed_mentions: allowed(called) };
}

function mention(ping: Ping): string | null {
  if (ping === 'here') return '@here';
  const [, kind, id] = /^discord:(role|user):(\d+)$/.exec(ping) ?? [];
  if (id === undefined) return null;
  return kind === 'role' ? `<@&${id}>` : `<@${id}>`;
}

function allowed(called: readonly Ping[]): APIAllowedMentions {
  const ids = (prefix: string) =>
    called.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return {
    parse: called.includes('here') ? [AllowedMentionsTypes.Everyone] : [],
    roles: ids('discord:role:'),
    users: ids('discord:user:'),
  };
}
