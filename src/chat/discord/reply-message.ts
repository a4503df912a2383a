import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import type { Button, Line, Reply } from '../../model/rich-text.ts';
import { visible } from '../../text/visible.ts';
import { bare, cut, packLines } from '../plain.ts';
import { typedHint } from '../typed-hint.ts';
import { markdown, NO_PINGS } from './markdown.ts';

/** resources/message: content. */
const CONTENT = 2000;

/** components/reference: button label and custom_id, buttons in a row, rows in a message. */
const LABEL = 80;
const CUSTOM_ID = 100;
const IN_ROW = 5;
const ROWS = 5;

type Rows = APIActionRowComponent<APIButtonComponentWithCustomId>[];

/** A reply in as few messages as it needs, with its buttons under the last. */
export function replyMessages({ lines, buttons }: Reply): { content: string; components: Rows }[] {
  const { pressed, typed } = divided(buttons);
  const pages = packLines([...lines, ...typed.map(typedHint)].map(markdown), CONTENT);
  const last = pages.length - 1;
  return pages.map((content, index) => ({ content, components: index === last ? rows(pressed) : [] }));
}

/** A notice is one message, so that it is there or not: one that is too long ends at a line. */
export function noticeMessage({ lines, buttons }: Reply): RESTPostAPIChannelMessageJSONBody {
  const { pressed, typed } = divided(buttons);
  return { ...firstPage([...lines, ...typed.map(typedHint)]), components: rows(pressed) };
}

/** The notice as bare words, for one that Discord refuses. */
export function plainNotice({ lines, buttons }: Reply): RESTPostAPIChannelMessageJSONBody {
  return firstPage([...lines, ...buttons.map(typedHint)].map(bare));
}

/** The words of the command that a button stands for. */
export function commandOf(customId: string): string {
  return customId.replace(/^\//, '');
}

function customId({ command }: Button): string {
  return `/${command}`;
}

/** Discord refuses a message with a custom_id that is too long or there twice; what can't be pressed is typed. */
function divided(buttons: Button[]): { pressed: Button[]; typed: Button[] } {
  const different = [...new Map(buttons.map((button) => [button.command, button])).values()];
  const pressed = different.filter((button) => customId(button).length <= CUSTOM_ID).slice(0, IN_ROW * ROWS);
  return { pressed, typed: different.filter((button) => !pressed.includes(button)) };
}

/** Rows of buttons; those that Discord can't take are left out. */
export function rows(buttons: Button[]): Rows {
  const count = Math.ceil(buttons.length / IN_ROW);
  return Array.from({ length: count }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(row * IN_ROW, (row + 1) * IN_ROW).map(component),
  }));
}

function component(button: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: cut(visible(button.label), LABEL),
    custom_id: customId(button),
  };
}

function firstPage(lines: Line[]): RESTPostAPIChannelMessageJSONBody {
  const more = '\n…';
  const [page = '', ...others] = packLines(lines.map(markdown), CONTENT - more.length);
  const content = others.length === 0 ? page : page + more;
  return { content, flags: MessageFlags.SuppressEmbeds, allowed_mentions: NO_PINGS };
}
