import { type MarkdownOptions, type Rendered, renderMarkdown, type SeenLink } from './markdown.ts';
import { walk } from './message-rules.ts';
import { loadingFlag, shownEmbeds, suppressEmbeds } from './serialize.ts';
import {
  type Channel,
  type Component,
  channelOf,
  type Embed,
  type StoredMessage,
  userOf,
  type World,
} from './world.ts';

/** One message as a reader of the channel sees it. */
export interface SeenMessage {
  id: string;
  author: string;
  /** Content, then each embed (author, title, description, fields, footer), one part per line. */
  text: string;
  /** Links of the texts, embed titles and author names with an address, and link buttons. */
  links: SeenLink[];
  /** '@everyone', '@here', '<@id>', '<@&id>' that notified somebody when the message was posted. */
  pings: string[];
  buttons: { customId?: string; label: string; url?: string; disabled: boolean }[];
  images: string[];
  embeds: unknown[];
  edited: boolean;
  replyTo: string | null;
  /** The messages of the thread that was started from this one. */
  thread: SeenMessage[];
  ephemeral: boolean;
  /** No preview of a link is built: SUPPRESS_EMBEDS is set, or no link in the content asks for one. */
  previewsSuppressed: boolean;
  nonce: string | null;
  /** Emoji -> number of people. */
  reactions: Record<string, number>;
}

/** What one reader sees in a channel, oldest first; without a reader nothing ephemeral. */
export function readChannel(world: World, channelId: string, userId?: string): SeenMessage[] {
  return channelOf(world, channelId)
    .messages.filter((message) => message.ephemeralFor === null || message.ephemeralFor === userId)
    .map((message) => readMessage(world, message, userId));
}

/** One message as a reader sees it. */
export function readMessage(world: World, message: StoredMessage, userId?: string): SeenMessage {
  const names = mentionNames(world);
  const content = renderMarkdown(shownContent(world, message), { names });
  const embeds = shownEmbeds(message);
  const parts = [content, ...embeds.flatMap((embed) => embedParts(embed, names)), ...texts(message, names)];
  const components = [...walk(message.components)].map(([component]) => component);
  const buttons = components.filter(({ type }) => type === 2).map(seenButton);
  const linkButtons = buttons.flatMap(({ label, url }) => (url ? [{ label, url }] : []));
  // The first message of a post has the post's id.
  const thread = message.id === message.channelId ? undefined : world.channels.get(message.id);
  return {
    id: message.id,
    author: userOf(world, message.authorId).name,
    text: parts
      .map((part) => part.text)
      .filter(Boolean)
      .join('\n'),
    links: [...parts.flatMap((part) => part.links), ...linkButtons],
    pings: message.pings,
    buttons,
    images: [
      ...embeds.flatMap(embedImages),
      ...message.attachments.filter(isImage).map(({ url }) => url),
      ...media(components),
    ],
    embeds,
    edited: message.editedAt !== null,
    replyTo: message.replyTo,
    thread: thread ? readChannel(world, thread.id, userId) : [],
    ephemeral: message.ephemeralFor !== null,
    previewsSuppressed: (message.flags & suppressEmbeds) !== 0 || content.previewed.length === 0,
    nonce: message.nonce,
    reactions: Object.fromEntries([...message.reactions].map(([emoji, users]) => [emoji, users.size])),
  };
}

/** A channel's view for an error message: one line per message. */
export function describe(messages: SeenMessage[]): string {
  if (messages.length === 0) return '(nothing)';
  return messages
    .map((message) => JSON.stringify({ text: message.text, thread: message.thread.map(({ text }) => text) }))
    .join('\n');
}

function shownContent(world: World, message: StoredMessage): string {
  if (message.flags & loadingFlag) return `${userOf(world, message.authorId).name} is thinking…`;
  return message.content;
}

function mentionNames(world: World): MarkdownOptions['names'] {
  return (kind, id) => {
    if (kind === '@') return `@${world.users.get(id)?.name ?? 'unknown-user'}`;
    if (kind === '@&') return '@unknown-role';
    return `#${world.channels.get(id)?.name ?? 'unknown'}`;
  };
}

/** Author names and footers are plain text: an escape there is seen as a backslash. */
function embedParts(embed: Embed, names: MarkdownOptions['names']): Rendered[] {
  const fields = (embed.fields ?? []).flatMap(({ name, value }) => [
    renderMarkdown(name, { names, inlineOnly: true }),
    renderMarkdown(value, { names }),
  ]);
  return [
    linked(plain(embed.author?.name), embed.author?.url),
    linked(renderMarkdown(embed.title ?? '', { names, inlineOnly: true }), embed.url),
    renderMarkdown(embed.description ?? '', { names }),
    ...fields,
    plain(embed.footer?.text),
  ];
}

function plain(text = ''): Rendered {
  return { text, links: [], previewed: [] };
}

function linked(part: Rendered, url: string | undefined): Rendered {
  return url ? { ...part, links: [{ label: part.text, url }, ...part.links] } : part;
}

/** Text displays of components v2. */
function texts(message: StoredMessage, names: MarkdownOptions['names']): Rendered[] {
  return [...walk(message.components)]
    .filter(([component]) => component.type === 10)
    .map(([component]) => renderMarkdown(component.content ?? '', { names }));
}

function seenButton({ custom_id, label, url, disabled }: Component): SeenMessage['buttons'][number] {
  return {
    ...(custom_id ? { customId: custom_id } : {}),
    label: label ?? '',
    ...(url ? { url } : {}),
    disabled: disabled ?? false,
  };
}

function embedImages(embed: Embed): string[] {
  return [embed.image?.url, embed.thumbnail?.url].filter((url) => url !== undefined);
}

function isImage({ content_type }: { content_type: string }): boolean {
  return content_type.startsWith('image/');
}

/** Thumbnails (11) and galleries (12) of components v2. */
function media(components: Component[]): string[] {
  return components.flatMap((component) => [
    ...(component.type === 11 && component.media ? [component.media.url] : []),
    ...(component.items ?? []).map((item) => item.media.url),
  ]);
}

/** The message that a reader would act on. Throws when it is not there for that reader. */
export function visibleMessage(channel: Channel, messageId: string, userId: string): StoredMessage {
  const message = channel.messages.find(({ id }) => id === messageId);
  if (!message) throw new Error(`no message ${messageId} in #${channel.name}`);
  if (message.ephemeralFor !== null && message.ephemeralFor !== userId) {
    throw new Error(`message ${messageId} is not visible to user ${userId}`);
  }
  return message;
}
