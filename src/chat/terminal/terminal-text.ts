import { stripVTControlCharacters, styleText } from 'node:util';
import type { AlertContent, AlertUpdate, Operation } from '../../model/alert.ts';
import type { Line, Reply, Segment } from '../../model/rich-text.ts';
import { visible } from '../../text/visible.ts';
import {
  byline,
  continuesLine,
  footer,
  type Labelled,
  labelled,
  labelledNews,
  leadText,
  sourceLines,
} from '../alert-text.ts';
import { typedHint } from '../typed-hint.ts';

/** How the terminal shows things. */
export interface TerminalStyle {
  /** Columns. */
  width: number;
  color: boolean;
  /** The zone in which times are shown. */
  timezone: string;
}

const LABEL_COLUMNS = 15;
const HINT_INDENT = '  ';

/** One operation as a block of text that ends with an empty line; `place` says where it would be posted. */
export function operationText(operation: Operation, place: string | null, style: TerminalStyle): string {
  const rule = ruler(WORDS[operation.kind], place, style);
  return `${[rule, ...body(operation, style)].join('\n')}\n\n`;
}

const WORDS = {
  post: 'ALERT',
  edit: 'UPDATE',
  reply: 'UPDATE',
  notice: 'NOTICE',
  'edit-notice': 'UPDATE',
} as const;

function body(operation: Operation, style: TerminalStyle): string[] {
  switch (operation.kind) {
    case 'reply':
      return updateBody(operation.update, style);
    case 'notice':
    case 'edit-notice':
      return noticeBody(operation.notice, style);
    default:
      return alertBody(operation.content, style);
  }
}

function noticeBody({ lines, buttons }: Reply, style: TerminalStyle): string[] {
  return [
    ...lines.flatMap((line) => wrap(lineText(line, style), '', style)),
    ...buttons.flatMap((button) => wrap(lineText(typedHint(button), style), HINT_INDENT, style)),
  ];
}

/** An answer, and under it what to type instead of pressing a button. */
export function answerText({ lines, buttons }: Reply, style: TerminalStyle): string {
  const hints = buttons.map((button): Line => [HINT_INDENT, ...typedHint(button)]);
  return `${[...lines, ...hints].map((line) => lineText(line, style)).join('\n')}\n`;
}

function ruler(word: string, place: string | null, { width, color }: TerminalStyle): string {
  const title = place === null ? `── ${word} ` : `── ${word} for ${place} `;
  const line = title + '─'.repeat(Math.max(3, width - title.length));
  return color ? styleText(word === 'ALERT' ? 'red' : 'yellow', line, { validateStream: false }) : line;
}

function alertBody(content: AlertContent, style: TerminalStyle): string[] {
  const earlier = continuesLine(content);
  return [
    ...wrap(paint(safe(content.headline), 'bold', style), '', style),
    ...wrap(paint(lineText(byline(content), style), 'dim', style), '', style),
    ...(earlier === null ? [] : wrap(lineText(earlier, style), '', style)),
    ...(content.lead.length === 0 ? [] : ['', ...wrap(safe(leadText(content)), '', style)]),
    ...gap(labelled(content), style),
    ...gap([{ label: 'Sources', items: sourceLines(content) }], style),
    '',
    ...(content.link === null ? [] : [paint(safe(content.link), 'cyan', style)]),
    ...wrap(paint(safe(footer(content)), 'dim', style), '', style),
  ];
}

function updateBody(update: AlertUpdate, style: TerminalStyle): string[] {
  return [
    ...wrap(paint(safe(update.headline), 'bold', style), '', style),
    paint(safe(`New from [${update.source}] ${update.outlet}`), 'dim', style),
    ...gap(labelledNews(update), style),
    ...(update.link === null ? [] : ['', paint(safe(update.link), 'cyan', style)]),
  ];
}

function gap(blocks: Labelled[], style: TerminalStyle): string[] {
  const lines = blocks
    .filter(({ items }) => items.length > 0)
    .flatMap((block) => labelledLines(block, style));
  return lines.length === 0 ? [] : ['', ...lines];
}

function labelledLines({ label, items }: Labelled, style: TerminalStyle): string[] {
  return items.flatMap((item, index) => {
    const name = (index === 0 ? label : '').padEnd(LABEL_COLUMNS);
    const [first = '', ...more] = wrap(lineText(item, style), ' '.repeat(LABEL_COLUMNS), style);
    return [`${paint(name, 'bold', style)}${first.slice(LABEL_COLUMNS)}`, ...more];
  });
}

function lineText(line: Line, style: TerminalStyle): string {
  return line.map((part) => segmentText(part, style)).join('');
}

function segmentText(part: Segment, style: TerminalStyle): string {
  if (typeof part === 'string') return safe(part);
  if ('timeMs' in part) return timeText(part.timeMs, style.timezone);
  if ('channel' in part) return safe(part.channel);
  if ('person' in part) return safe(part.person);
  // A query with a caret under it needs its two lines.
  const words = part.style === 'code' ? part.text.split('\n').map(safe).join('\n') : safe(part.text);
  const text = part.style === 'bold' || part.style === 'code' ? paint(words, 'bold', style) : words;
  return part.link == null ? text : `${text} ${paint(safe(part.link), 'cyan', style)}`;
}

function timeText(timeMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return format.format(timeMs).replaceAll(',', '');
}

/** Feed text can't move the cursor, clear the screen or set a title. */
function safe(text: string): string {
  return visible(stripVTControlCharacters(text)).replace(/[\n\t]+/g, ' ');
}

function paint(text: string, format: 'bold' | 'dim' | 'cyan', { color }: TerminalStyle): string {
  return color ? styleText(format, text, { validateStream: false }) : text;
}

/** Lines of at most the terminal's width, broken between words, each behind `indent`. */
function wrap(text: string, indent: string, { width }: TerminalStyle): string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stripVTControlCharacters(longer).length > room) {
      lines.push(indent + line);
      line = word;
    } else line = longer;
  }
  return [...lines, indent + line];
}
