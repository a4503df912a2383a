import {
  type APIEmbed,
  type APIMessage,
  ComponentType,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { Attempt } from '../../model/alert.ts';
import { discordMessage, plainMessage } from './alert-embed.ts';
import { hasCode, UNKNOWN_CHANNEL } from './discord-errors.ts';
import { type Forum, ownPosts } from './forum.ts';
import { calling } from './pings.ts';

/** The largest page of a channel's history (resources/message, get channel messages). */
const PAGE = 100;

/** Discord gives the first message of a nonce for "the past few minutes" (resources/message, enforce_nonce). */
const NONCE_MS = 2 * 60_000;

/** The message that an earlier try of a delivery left in the channel or the forum, or null. */
export async function findMessage(rest: REST, attempt: Attempt, forum: Forum | null): Promise<string | null> {
  const { operation, createdAt, signal } = attempt;
  if (operation.kind === 'edit' || operation.kind === 'edit-notice') return null;
  const me = (await rest.get(Routes.user(), { signal })) as { id: string };
  const bodies = [discordMessage(operation), plainMessage(operation)].map((body) =>
    calling(body, attempt.ping, attempt.isSilent),
  );
  const isOurs = (message: APIMessage) =>
    message.author.id === me.id && bodies.some((body) => shows(message, body));
  const sinceMs = createdAt - NONCE_MS;
  if (forum !== null && operation.kind !== 'reply') {
    return firstOf(ownPosts(rest, forum, { me: me.id, sinceMs, signal }), isOurs);
  }
  const after = SnowflakeUtil.generate({ timestamp: sinceMs }).toString();
  const channel = forum === null ? [attempt.channelId] : [];
  for (const place of operation.kind === 'reply' ? [operation.messageId, ...channel] : channel) {
    const found = await firstOf(history(rest, place, { after, signal }), isOurs);
    if (found !== null) return found;
  }
  return null;
}

async function firstOf(
  messages: AsyncIterable<APIMessage>,
  isOurs: (message: APIMessage) => boolean,
): Promise<string | null> {
  for await (const message of messages) if (isOurs(message)) return message.id;
  return null;
}

/** The messages after a moment, a page of 100 at a time; none where the thread of an alert does not exist yet. */
async function* history(
  rest: REST,
  channelId: string,
  { after, signal }: { after: string; signal: AbortSignal },
): AsyncGenerator<APIMessage> {
  let last: string | undefined = after;
  while (last !== undefined) {
    const query = new URLSearchParams({ after: last, limit: String(PAGE) });
    const page: APIMessage[] = await messages(rest, channelId, { query, signal });
    yield* page;
    last = page.length < PAGE ? undefined : page[0]?.id;
  }
}

async function messages(
  rest: REST,
  channelId: string,
  options: { query: URLSearchParams; signal: AbortSignal },
): Promise<APIMessage[]> {
  try {
    return (await rest.get(Routes.channelMessages(channelId), options)) as APIMessage[];
  } catch (error) {
    if (hasCode(error, UNKNOWN_CHANNEL)) return [];
    throw error;
  }
}

/** Whether the channel shows what the body says; Discord trims, so only the words count. */
function shows(message: APIMessage, body: RESTPostAPIChannelMessageJSONBody): boolean {
  const words = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const [wanted] = body.embeds ?? [];
  if (wanted === undefined) {
    return words(message.content) === words(body.content) && buttonIds(message) === buttonIds(body);
  }
  const [embed] = message.embeds;
  return (
    embed !== undefined &&
    words(embed.title) === words(wanted.title) &&
    words(embed.description) === words(wanted.description) &&
    words(fieldText(embed)) === words(fieldText(wanted)) &&
    (embed.url ?? null) === (wanted.url ?? null) &&
    // The button names the alert; older messages have none.
    (buttonIds(message) === '' || buttonIds(message) === buttonIds(body))
  );
}

/** Two notices that read the same may differ in what their buttons do. */
function buttonIds({ components }: Pick<RESTPostAPIChannelMessageJSONBody, 'components'>): string {
  const inRows = (components ?? []).flatMap((row) =>
    row.type === ComponentType.ActionRow ? row.components : [],
  );
  return inRows.map((component) => ('custom_id' in component ? component.custom_id : '')).join(' ');
}

function fieldText({ fields = [] }: APIEmbed): string {
  return fields.map(({ name, value }) => `${name} ${value}`).join(' ');
}
