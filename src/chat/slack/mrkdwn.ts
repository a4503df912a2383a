import type { Line, Segment } from '../../model/rich-text.ts';
import { visible } from '../../text/visible.ts';
import { marked } from '../plain.ts';

/** Text that Slack shows as it is: & < > are all that can start a link, a mention or a ping (docs.slack.dev, formatting). */
export function escapeMrkdwn(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Slack counts what is sent, entities included. */
export function escapedLength(text: string): number {
  return escapeMrkdwn(text).length;
}

/** One line as Slack's mrkdwn. */
export function mrkdwn(line: Line): string {
  return line.map(segment).join('');
}

const STYLE_MARK = { bold: '*', italic: '_' } as const;

function segment(part: Segment): string {
  if (typeof part === 'string') return escapeMrkdwn(part);
  if ('timeMs' in part) return slackDate(part.timeMs);
  if ('channel' in part) return channelLink(part.channel);
  if ('person' in part) return `<@${part.person}>`;
  if (part.style === 'code') return code(part.text);
  const text = escapeMrkdwn(part.text);
  const linked = part.link == null ? text : link(text.replaceAll('\n', ' '), linkTarget(part.link));
  return part.style === undefined ? linked : marked(linked, STYLE_MARK[part.style]);
}

/** Inside code nothing is a mark but the backtick itself. */
function code(text: string): string {
  const inner = escapeMrkdwn(text).replaceAll('`', "'");
  return text.includes('\n') ? `\`\`\`${inner}\`\`\`` : `\`${inner}\``;
}

/** A bar in a label could be read as its end, so such a text stands beside its link. */
function link(label: string, target: string): string {
  return label.includes('|') ? `${label} <${target}|link>` : `<${target}|${label}>`;
}

/** An address can't end the link early or start its label. */
function linkTarget(link: string): string {
  return link.replaceAll('&', '&amp;').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('|', '%7C');
}

/** A date in each reader's own zone; the fallback is UTC. */
function slackDate(timeMs: number): string {
  const fallback = new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(timeMs / 1000)}^{date_short_pretty} {time}|${fallback} UTC>`;
}

function channelLink(address: string): string {
  return address.startsWith('slack:') ? `<#${address.slice('slack:'.length)}>` : escapeMrkdwn(address);
}
