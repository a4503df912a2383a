import { answerCommand } from '../../src/chat/answer-command.ts';
import type { CommandDeps } from '../../src/chat/command.ts';
import type { FeedItem } from '../../src/model/article.ts';
import type { Line, Segment } from '../../src/model/rich-text.ts';
import type { Store } from '../../src/store/store.ts';
import { createStoryDesk } from '../../src/story-desk.ts';
import { DISCORD_CHANNEL, SLACK_CHANNEL } from './newsroom.ts';
import { FORUM_CHANNEL, openOutbox, SLACK } from './outbox.ts';
import { newsroom } from './pipeline-room.ts';

const MINUTE_MS = 60_000;

/** Who asks, and where, unless a test says so. */
const EDITOR = { workspace: 'slack:T1', channel: SLACK, person: 'U0EDITOR' };

/** A newsroom whose alerts go to simulated platforms, and whose people type commands; one clock for all. */
export async function toldRoom(store: Store, feeds: Parameters<typeof newsroom>[1]) {
  const outbox = await openOutbox(store);
  // The platforms keep real time: what is sent must not be older than its message.
  outbox.pass(-5 * 24 * 60 * MINUTE_MS);
  const room = await newsroom(store, feeds);
  await room.passUntil(outbox.now());
  const deps = {
    store,
    knowledge: {},
    judge: room.deps.judge,
    messageLink: () => null,
    connections: () => [],
    channelTrouble: async () => null,
    now: () => room.now(),
    storyDesk: createStoryDesk(room.deps),
  } as unknown as CommandDeps;
  /** Everything that is due by now is sent, and edits that wait for others with it. */
  async function send() {
    await room.passUntil(Math.max(room.now(), outbox.now()) + 2 * MINUTE_MS);
    outbox.pass(room.now() - outbox.now());
    await outbox.send();
  }
  return {
    ...room,
    outbox,
    send,
    /** One feed publishes these, and channels are told. */
    async tell(name: string, ...items: FeedItem[]) {
      await room.publish(name, ...items);
      await send();
    },
    async pass(ms: number) {
      outbox.pass(ms);
      await room.passUntil(Math.max(room.now(), outbox.now()));
    },
    /** The words of the answer to a command. */
    async ask(words: string, who: Partial<typeof EDITOR> & { forum?: string } = {}): Promise<string> {
      const asked = { ...EDITOR, ...who, mayCallAll: true, attachment: async () => null };
      const { log } = room.deps;
      const answer = await answerCommand(words, asked, { deps, log, meanwhile: async () => {} });
      return answer.lines.map(textOf).join('\n');
    },
    slack: () => outbox.slack.sees(SLACK_CHANNEL),
    discord: () => outbox.discord.sees(DISCORD_CHANNEL),
    forum: () => outbox.discord.posts(FORUM_CHANNEL),
    async [Symbol.asyncDispose]() {
      await outbox[Symbol.asyncDispose]();
    },
  };
}

function textOf(line: Line): string {
  return line.map(segmentText).join('');
}

function segmentText(part: Segment): string {
  if (typeof part === 'string') return part;
  if ('timeMs' in part) return new Date(part.timeMs).toISOString();
  if ('person' in part) return `@${part.person}`;
  return 'channel' in part ? part.channel : part.text;
}
