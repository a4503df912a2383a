import { asObject, asObjects, asText, type Json } from './json.ts';
import { decodeEntities, type Rendered, renderMrkdwn } from './mrkdwn.ts';
import type { Message, Workspace } from './workspace.ts';

/** One message as a reader of the channel sees it. */
export interface SeenMessage {
  ts: string;
  /** User id of the author. */
  user: string;
  /** All that is readable in the blocks, or the text when there are none: rendered, one line per text. */
  text: string;
  /** What a notification shows: the fallback text, rendered; empty when none was sent. */
  notification: string;
  links: { label: string; url: string }[];
  /** Whom it notifies, wherever in the message: `<!channel>`, `<!here>`, `<@U…>`, `<!subteam^…>`. */
  pings: string[];
  buttons: { actionId: string; text: string; url?: string }[];
  images: { url: string; alt: string }[];
  /** Names of the files that were shared with it. */
  files: string[];
  /** Changed since it was posted (Slack shows its "(edited)" mark only when the text alone was changed). */
  edited: boolean;
  replies: SeenMessage[];
  ephemeral: boolean;
  /** Whether Slack would add link previews. */
  unfurls: boolean;
  metadata: unknown;
}

/** What blocks hold, gathered in reading order. */
interface Gathered extends Rendered {
  lines: string[];
  buttons: SeenMessage['buttons'];
  images: SeenMessage['images'];
}

/** The channel as `user` reads it, oldest first; ephemeral messages only of that user. */
export function readChannel(workspace: Workspace, channel: string, user?: string): SeenMessage[] {
  return workspace.messages
    .filter((message) => message.channel === channel && (message.threadTs === null || message.broadcast))
    .filter((message) => message.ephemeralFor === null || message.ephemeralFor === user)
    .map((message) => readMessage(workspace, message, user));
}

/** One message with its thread, as `user` reads it. */
export function readMessage(workspace: Workspace, message: Message, user?: string): SeenMessage {
  const seen = readBlocks(message.blocks);
  const fallback = renderMrkdwn(message.text, true);
  const mentions = renderMrkdwn(message.text, message.parsePlainText).pings;
  const inBlocks = message.blocks.length > 0;
  const links = inBlocks ? seen.links : fallback.links;
  return {
    ts: message.ts,
    user: message.user,
    text: inBlocks ? seen.lines.join('\n') : fallback.text,
    notification: fallback.text,
    links,
    pings: [...new Set([...seen.pings, ...mentions])],
    buttons: seen.buttons,
    images: seen.images,
    files: message.files.map(({ name }) => name),
    edited: message.edited,
    replies: workspace.replies(message, user).map((reply) => readMessage(workspace, reply, user)),
    ephemeral: message.ephemeralFor !== null,
    unfurls: links.length > 0 && willUnfurl(message),
    metadata: message.metadata,
  };
}

/** docs.slack.dev on chat.postMessage: a message with blocks needs both flags off to stay without previews. */
function willUnfurl(message: Message): boolean {
  return message.unfurlLinks || (message.blocks.length > 0 && message.unfurlMedia);
}

/** What a reader sees in the blocks of a message, a modal or a Home tab. */
export function readBlocks(blocks: Json[]): Gathered {
  const gathered: Gathered = { text: '', lines: [], links: [], pings: [], buttons: [], images: [] };
  for (const block of blocks) readBlock(gathered, block);
  return gathered;
}

function readBlock(gathered: Gathered, block: Json): void {
  if (block.type === 'markdown') {
    gathered.lines.push(readText(gathered, { type: 'mrkdwn', text: fromMarkdown(asText(block.text)) }));
  } else if (block.type === 'rich_text') {
    for (const part of asObjects(block.elements)) gathered.lines.push(readRichText(gathered, part));
  } else if (block.type === 'context') {
    const texts = asObjects(block.elements).map((element) => readElement(gathered, element));
    gathered.lines.push(texts.filter((text) => text !== '').join(' '));
  } else {
    readPlainBlock(gathered, block);
  }
}

/** Sections, headers, images, inputs and actions: their texts, then their elements. */
function readPlainBlock(gathered: Gathered, block: Json): void {
  for (const text of [block.text, block.title, block.label, block.hint, ...asObjects(block.fields)]) {
    if (text !== undefined) gathered.lines.push(readText(gathered, asObject(text)));
  }
  if (block.type === 'image') readElement(gathered, block);
  const elements = [block.accessory, block.element, ...asObjects(block.elements)];
  for (const element of elements) readElement(gathered, asObject(element));
}

/** The text of an element; buttons and images are gathered apart. */
function readElement(gathered: Gathered, element: Json): string {
  if (element.type === 'button') {
    const text = decodeEntities(asText(asObject(element.text).text));
    const url = asText(element.url);
    gathered.buttons.push({ actionId: asText(element.action_id), text, ...(url ? { url } : {}) });
  } else if (element.type === 'image') {
    gathered.images.push({ url: asText(element.image_url), alt: asText(element.alt_text) });
  } else if (element.type === 'mrkdwn' || element.type === 'plain_text') {
    return readText(gathered, element);
  }
  return '';
}

/** The words of a text object. Plain text is not parsed; only its entities are decoded. */
function readText(gathered: Pick<Rendered, 'links' | 'pings'>, text: Json): string {
  if (text.type !== 'mrkdwn') return decodeEntities(asText(text.text));
  const rendered = renderMrkdwn(asText(text.text), text.verbatim !== true);
  gathered.links.push(...rendered.links);
  gathered.pings.push(...rendered.pings);
  return rendered.text;
}

function readRichText(gathered: Gathered, part: Json): string {
  const glue = part.type === 'rich_text_list' ? '\n' : '';
  if (Array.isArray(part.elements)) {
    return asObjects(part.elements)
      .map((inner) => readRichText(gathered, inner))
      .join(glue);
  }
  return readRichLeaf(gathered, part);
}

function readRichLeaf(gathered: Gathered, leaf: Json): string {
  const mention = RICH_MENTIONS[asText(leaf.type)];
  if (mention) {
    gathered.pings.push(mention(leaf));
    return `@${asText(leaf.range ?? leaf.user_id ?? leaf.usergroup_id)}`;
  }
  if (leaf.type === 'link') {
    const url = asText(leaf.url);
    const label = asText(leaf.text) || url;
    gathered.links.push({ label, url });
    return label;
  }
  if (leaf.type === 'emoji') return `:${asText(leaf.name)}:`;
  return asText(leaf.text ?? leaf.fallback ?? leaf.channel_id);
}

const RICH_MENTIONS: Record<string, (leaf: Json) => string> = {
  broadcast: (leaf) => `<!${asText(leaf.range)}>`,
  user: (leaf) => `<@${asText(leaf.user_id)}>`,
  usergroup: (leaf) => `<!subteam^${asText(leaf.usergroup_id)}>`,
};

/** Enough of standard markdown to read it: links become mrkdwn ones, marks of headings and bold go. */
function fromMarkdown(text: string): string {
  return text
    .replace(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, '<$2|$1>')
    .replace(/^#{1,6} /gm, '')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1');
}
