import type { Ping } from '../../model/ping.ts';
import type { SlackMessage } from './reply-blocks.ts';
import { section } from './sections.ts';

/** The message with those whom it calls in front; feed text is escaped, so that nothing else in it calls anybody. */
export function calling(message: SlackMessage, ping: readonly Ping[]): SlackMessage {
  const mentions = ping.map(mention).filter((text) => text !== null);
  if (mentions.length === 0) return message;
  const called = mentions.join(' ');
  if (message.blocks.length === 0) return { ...message, text: `${called}\n${message.text}` };
  return { ...message, blocks: [section(called), ...message.blocks] };
}

function mention(ping: Ping): string | null {
  if (ping === 'here') return '<!here>';
  const [, kind, id] = /^slack:(user|group):([A-Z0-9]+)$/.exec(ping) ?? [];
  if (id === undefined) return null;
  return kind === 'user' ? `<@${id}>` : `<!subteam^${id}>`;
}
