import { ChannelType, channelLink, messageLink } from 'discord.js';

/** The address of a message; in a forum of the post, which has the id of its first message. */
export function linkTo(
  { id, type, guildId }: { id: string; type: ChannelType; guildId: string },
  messageId: string,
): string {
  const isForum = type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
  return isForum ? channelLink(messageId, guildId) : messageLink(id, messageId, guildId);
}
