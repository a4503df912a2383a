import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';

/** A message as Slack gives it, metadata included. */
export type SlackMessageElement = NonNullable<ConversationsHistoryResponse['messages']>[number];

interface Since {
  channelId: string;
  /** Milliseconds UTC, exclusive. */
  sinceMs: number;
  /** The message whose thread is read; the channel itself unless given. */
  thread?: string;
}

/** The messages of a channel, newest first, or of a thread, oldest first; 200 to a page. Throws what WebClient throws. */
export async function* messagesSince(
  client: WebClient,
  { channelId, sinceMs, thread }: Since,
): AsyncGenerator<SlackMessageElement> {
  const since = {
    channel: channelId,
    oldest: String(sinceMs / 1000),
    limit: 200,
    include_all_metadata: true,
  };
  let cursor: string | undefined;
  do {
    const options = { ...since, ...(cursor === undefined ? {} : { cursor }) };
    const page: ConversationsHistoryResponse =
      thread === undefined
        ? await client.conversations.history(options)
        : await client.conversations.replies({ ...options, ts: thread });
    yield* page.messages ?? [];
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
}
