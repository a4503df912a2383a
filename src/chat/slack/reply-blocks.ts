import type { types } from '@slack/bolt';
import type { Button, Reply } from '../../model/rich-text.ts';
import { cut, packLines } from '../plain.ts';
import { typedHint } from '../typed-hint.ts';
import { UMBRELLA } from './manifest.ts';
import { escapedLength, escapeMrkdwn, mrkdwn } from './mrkdwn.ts';
import { packed } from './sections.ts';

/** What Slack is given: blocks, and the text for notifications. */
export interface SlackMessage {
  text: string;
  blocks: types.KnownBlock[];
}

/** Longer texts are refused when a message is edited (docs.slack.dev, chat.update). */
const TEXT = 4000;

/** docs.slack.dev/reference/block-kit: elements of an actions block, text of a button. */
const BUTTONS = 25;
const LABEL = 75;

/** An action_id that starts so is a button whose value is a command. */
export const COMMAND_BUTTON = 'command:';

/** Lines and the buttons under them, within every limit of Slack. */
export function slackReply({ lines, buttons }: Reply): SlackMessage {
  const texts = lines.map(mrkdwn);
  const actions = actionBlocks(buttons);
  const elements = actions.flatMap((block) => block.elements);
  const labels = elements.reduce((sum, { text }) => sum + text.text.length, 0);
  return {
    text: joined(texts),
    blocks: [...packed(texts, labels), ...actions],
  };
}

/** One block with the buttons, or none. */
export function actionBlocks(buttons: Button[]) {
  const elements = buttons.slice(0, BUTTONS).map(element);
  return elements.length === 0 ? [] : [{ type: 'actions' as const, elements }];
}

/** The same as bare text, for blocks that Slack refuses; what can't be pressed is typed. */
export function plainReply({ lines, buttons }: Reply): { text: string } {
  const hints = buttons.map(({ label, command }) => typedHint({ label, command: `${UMBRELLA} ${command}` }));
  return { text: joined([...lines, ...hints].map(mrkdwn)) };
}

function joined(texts: string[]): string {
  return packLines(texts, TEXT)[0] ?? '';
}

function element({ label, command }: Button, index: number) {
  const text = escapeMrkdwn(cut(label, LABEL, escapedLength));
  return {
    type: 'button' as const,
    // A message refuses two elements with one action_id.
    action_id: `${COMMAND_BUTTON}${index}`,
    text: { type: 'plain_text' as const, text, emoji: false },
    value: command,
  };
}
