import type { AlertContent, AlertUpdate, Operation } from '../../model/alert.ts';
import {
  byline,
  continuesLine,
  footer,
  type Labelled,
  labelled,
  labelledNews,
  leadText,
  notification,
  receiptsButton,
  sourceLines,
  updateLine,
} from '../alert-text.ts';
import { cut } from '../plain.ts';
import { escapedLength, escapeMrkdwn, mrkdwn } from './mrkdwn.ts';
import { actionBlocks, plainReply, type SlackMessage, slackReply } from './reply-blocks.ts';
import { section, sections } from './sections.ts';

const NOTIFICATION_TEXT = 300;

type AlertOperation = Extract<Operation, { content: AlertContent }>;

/** The message of an operation, within every limit of Slack; `withImage` false leaves the picture out. */
export function slackMessage(operation: Operation, withImage: boolean): SlackMessage {
  if ('notice' in operation) return slackReply(operation.notice);
  return operation.kind === 'reply' ? replyMessage(operation.update) : alertMessage(operation, withImage);
}

/** The least that tells the reader, for a payload that Slack refuses: plain text with the link. */
export function plainMessage(operation: Operation): { text: string } {
  if ('notice' in operation) return plainReply(operation.notice);
  const { headline, link, outlet } = operation.kind === 'reply' ? operation.update : operation.content;
  return { text: mrkdwn([{ text: cut(headline, 500), link }, ` (${outlet})`]) };
}

function alertMessage({ alertId, content }: AlertOperation, withImage: boolean): SlackMessage {
  const title = mrkdwn([
    { text: cut(content.headline, 600, escapedLength), link: content.link, style: 'bold' },
  ]);
  const earlier = continuesLine(content);
  const under = [byline(content), ...(earlier === null ? [] : [earlier])].map(mrkdwn);
  const head = section([title, ...under].join('\n'));
  const image = withImage ? picture(content) : null;
  const texts = [
    cut(leadText(content), 1500, escapedLength),
    ...labelled(content).map(labelledText),
    sourceLines(content).map(mrkdwn).join('\n'),
  ];
  return {
    text: escapeMrkdwn(cut(notification(content), NOTIFICATION_TEXT)),
    blocks: [
      image === null ? head : { ...head, accessory: image },
      ...sections([escapeMrkdwn(texts[0] ?? ''), ...texts.slice(1)]),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: escapeMrkdwn(cut(footer(content), 1000)), verbatim: true }],
      },
      ...actionBlocks([receiptsButton(alertId)]),
    ],
  };
}

function replyMessage(update: AlertUpdate): SlackMessage {
  const headline = { ...update, headline: cut(update.headline, 600, escapedLength) };
  return {
    text: escapeMrkdwn(cut(`New from ${update.outlet}: ${update.headline}`, NOTIFICATION_TEXT)),
    blocks: sections([mrkdwn(updateLine(headline)), ...labelledNews(update).map(labelledText)]),
  };
}

function labelledText({ label, items }: Labelled): string {
  const [only] = items;
  if (items.length === 1 && only !== undefined) return `*${label}:* ${mrkdwn(only)}`;
  return [`*${label}:*`, ...items.map((item) => `• ${mrkdwn(item)}`)].join('\n');
}

function picture(content: AlertContent) {
  if (content.imageUrl === null || content.imageUrl.length > 3000) return null;
  return { type: 'image' as const, image_url: content.imageUrl, alt_text: cut(content.headline, 200) };
}
