import { DISCORD_CHANNEL, type Newsroom, openNewsroom, SLACK_CHANNEL } from '../support/newsroom.ts';
import type { TestPlace } from '../support/stores.ts';
import type { SeenAlert } from './check.ts';
import type { Beat } from './script.ts';

const SECOND = { slack: 'C0DESK', discord: '200000000000000002' };

/** A channel of one beat, as its reader sees it. */
export interface ReadChannel {
  /** "slack:C0NEWS" */
  address: string;
  platform: 'slack' | 'discord';
  beat: Beat;
  /** Oldest first. */
  sees(): SeenAlert[];
  /** The platform's ids of all messages, threads included, in the order in which it took them. */
  arrivals(): string[];
}

export interface Room extends Newsroom {
  channels: ReadChannel[];
}

/** A newsroom with two channels on each platform. */
export async function openRoom(place: TestPlace): Promise<Room> {
  const newsroom = await openNewsroom(place, SECOND);
  const channels = [
    slackChannel(newsroom, SLACK_CHANNEL, 'Idlib'),
    slackChannel(newsroom, SECOND.slack, 'Homs'),
    discordChannel(newsroom, DISCORD_CHANNEL, 'Idlib'),
    discordChannel(newsroom, SECOND.discord, 'Homs'),
  ];
  return { ...newsroom, channels };
}

function slackChannel({ slack }: Newsroom, id: string, beat: Beat): ReadChannel {
  return {
    address: `slack:${id}`,
    platform: 'slack',
    beat,
    sees: () =>
      slack.sees(id).map(({ text, replies }) => ({ text, replies: replies.map((reply) => reply.text) })),
    arrivals: () =>
      slack
        .sees(id)
        .flatMap(({ ts, replies }) => [ts, ...replies.map((reply) => reply.ts)])
        .sort(byNumber),
  };
}

function discordChannel({ discord }: Newsroom, id: string, beat: Beat): ReadChannel {
  return {
    address: `discord:${id}`,
    platform: 'discord',
    beat,
    sees() {
      const messages = discord.sees(id);
      // Where no thread can be used, a reply stands in the channel itself.
      const repliesTo = (messageId: string) => messages.filter(({ replyTo }) => replyTo === messageId);
      return messages
        .filter(({ replyTo }) => replyTo === null)
        .map((message) => ({
          text: message.text,
          replies: [...message.thread, ...repliesTo(message.id)].map(({ text }) => text),
        }));
    },
    arrivals: () =>
      discord
        .sees(id)
        .flatMap((message) => [message.id, ...message.thread.map((reply) => reply.id)])
        .sort(byNumber),
  };
}

/** Both platforms number their messages by time; the numbers of one kind have the same length. */
function byNumber(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
