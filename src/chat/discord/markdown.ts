import type { Line, Segment } from '../../model/rich-text.ts';
import { visible } from '../../text/visible.ts';
import { marked } from '../plain.ts';

/** Nothing that a message says notifies anybody. */
export const NO_PINGS = { parse: [] };

/**
 * Text that Discord shows as it is: a backslash takes the meaning of every mark, mention, masked link and
 * line prefix. Pings are switched off separately, by NO_PINGS.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\*_~`|<>[\]()#@]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+\.)/gm, '$1\\$2');
}

/** One line as Discord's markdown. */
export function markdown(line: Line): string {
  return line.map(segment).join('');
}

/** The line's words alone, for where Discord reads no markdown. */
export function bareText(line: Line): string {
  return line
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('timeMs' in part) return new Date(part.timeMs).toISOString().slice(0, 10);
      if ('text' in part) return part.text;
      return 'channel' in part ? part.channel : part.person;
    })
    .join('');
}

const STYLE_MARK = { bold: '**', italic: '*' } as const;

function segment(part: Segment): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  if ('timeMs' in part) return `<t:${Math.floor(part.timeMs / 1000)}:f>`;
  if ('channel' in part) return channelLink(part.channel);
  if ('person' in part) return `<@${part.person}>`;
  if (part.style === 'code') return code(part.text);
  const text = escapeMarkdown(part.text);
  const linked = part.link == null ? text : `[${text.replaceAll('\n', ' ')}](<${linkTarget(part.link)}>)`;
  return part.style === undefined ? linked : marked(linked, STYLE_MARK[part.style]);
}

/** Inside code nothing is a mark but the backtick itself. */
function code(text: string): string {
  const inner = visible(text).replaceAll('`', "'");
  return text.includes('\n') ? `\`\`\`\n${inner}\n\`\`\`` : `\`${inner}\``;
}

/** An address can't end the link early. */
function linkTarget(link: string): string {
  return link.replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll(')', '%29').replaceAll(' ', '%20');
}

function channelLink(address: string): string {
  return address.startsWith('discord:') ? `<#${address.slice('discord:'.length)}>` : escapeMarkdown(address);
}
