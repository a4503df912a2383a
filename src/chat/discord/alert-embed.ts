import { type APIEmbed, MessageFlags, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { AlertContent, AlertUpdate, Operation } from '../../model/alert.ts';
import { visible } from '../../text/visible.ts';
import {
  byline,
  continuesLine,
  footer,
  type Labelled,
  labelled,
  labelledNews,
  leadText,
  receiptsButton,
  sourceLines,
  updateLine,
} from '../alert-text.ts';
import { cut } from '../plain.ts';
import { escapeMarkdown, markdown, NO_PINGS } from './markdown.ts';
import { noticeMessage, plainNotice, rows } from './reply-message.ts';

/** Discord's limits (resources/message, embed limits). */
const TITLE = 256;
const FIELD = 1024;
const FOOTER = 2048;
/** All texts of all embeds together may have 6000; the rest stays free for what is not counted here. */
const DESCRIPTION = 2000;
const ALL_FIELDS = 3000;

const COLOR = 0x8b1a1a;

/** The message of an operation, within every limit of Discord. */
export function discordMessage(operation: Operation): RESTPostAPIChannelMessageJSONBody {
  if ('notice' in operation) return noticeMessage(operation.notice);
  if (operation.kind === 'reply')
    return { embeds: [updateEmbed(operation.update)], allowed_mentions: NO_PINGS };
  const components = rows([receiptsButton(operation.alertId)]);
  return { embeds: [alertEmbed(operation.content)], components, allowed_mentions: NO_PINGS };
}

/** The least that tells the reader, for a payload that Discord refuses: plain text with the link. */
export function plainMessage(operation: Operation): RESTPostAPIChannelMessageJSONBody {
  if ('notice' in operation) return plainNotice(operation.notice);
  const { headline, link, outlet } = operation.kind === 'reply' ? operation.update : operation.content;
  const address = link === null || link.length > 1000 ? '' : `\n<${link}>`;
  return {
    content: `${escapeMarkdown(cut(headline, 400, escapedLength))} (${escapeMarkdown(cut(outlet, 100))})${address}`,
    embeds: [],
    components: [],
    flags: MessageFlags.SuppressEmbeds,
    allowed_mentions: NO_PINGS,
  };
}

function alertEmbed(content: AlertContent): APIEmbed {
  const sources = sourceLines(content);
  const earlier = continuesLine(content);
  const continues = earlier === null ? '' : `\n${markdown(earlier)}`;
  const blocks = [
    ...labelled(content),
    ...(sources.length === 0 ? [] : [{ label: 'Sources', items: sources }]),
  ];
  return {
    title: escapeMarkdown(cut(content.headline, TITLE, escapedLength)),
    ...(isShort(content.link) ? { url: content.link } : {}),
    description:
      `${markdown(byline(content))}${continues}\n\n${escapeMarkdown(cut(leadText(content), DESCRIPTION - 200 - continues.length, escapedLength))}`.trim(),
    color: COLOR,
    fields: fields(blocks),
    footer: { text: cut(visible(footer(content)), FOOTER - 1500) },
    ...(isShort(content.imageUrl) ? { thumbnail: { url: content.imageUrl } } : {}),
  };
}

function updateEmbed(update: AlertUpdate): APIEmbed {
  return {
    description: markdown(updateLine({ ...update, headline: cut(update.headline, 300, escapedLength) })),
    color: COLOR,
    fields: fields(labelledNews(update)),
  };
}

function fields(blocks: Labelled[]): NonNullable<APIEmbed['fields']> {
  let left = ALL_FIELDS;
  const shown: NonNullable<APIEmbed['fields']> = [];
  for (const { label, items } of blocks) {
    const value = wholeItems(items.map(markdown), Math.min(FIELD, left));
    if (value === '') continue;
    left -= value.length;
    shown.push({ name: label, value });
  }
  return shown;
}

/** Links and escapes must not be cut in two, so only whole items are shown. */
function wholeItems(items: string[], max: number): string {
  const lines = items.length === 1 ? items : items.map((item) => `• ${item}`);
  let text = '';
  for (const [index, line] of lines.entries()) {
    const more = `\n… and ${lines.length - index} more`;
    if (text.length + line.length + more.length + 1 > max) return index === 0 ? '' : `${text}${more}`;
    text = index === 0 ? line : `${text}\n${line}`;
  }
  return text;
}

function escapedLength(text: string): number {
  return escapeMarkdown(text).length;
}

/** Discord takes addresses of up to 2,048 characters in embeds (discord-api-spec). */
function isShort(url: string | null): url is string {
  return url !== null && url.length <= 2048;
}
