import { createServer } from 'node:http';
import { botRoutes } from './bot-routes.ts';
import { type Fault, plannedFaults } from './faults.ts';
import { forumRoutes, type SeenPost, seenPosts } from './forums.ts';
import { address, openGateway } from './gateway.ts';
import { openInteractions } from './interactions.ts';
import { messageRoutes } from './message-routes.ts';
import { createMessage, deleteMessage } from './messages.ts';
import { type People, people, until } from './people.ts';
import { permissionBits } from './permissions.ts';
import { rateLimits } from './rate-limits.ts';
import { describe, readChannel, type SeenMessage } from './reader.ts';
import { type Call, openRest } from './rest.ts';
import { channelJson } from './serialize.ts';
import { buildWorld, channelOf, type DiscordOptions, intents, publish, someone, userOf } from './world.ts';

/** A Discord on loopback: the API and gateway for the bot, and the client's view for people. */
export interface DiscordSimulator extends People {
  /** For DISCORD_API_URL and discord.js's `rest.api`. */
  apiUrl: string;
  token: string;
  applicationId: string;
  /** What a reader sees in a channel or thread, oldest first; ephemeral messages only of that user. */
  sees(channelId: string, userId?: string): SeenMessage[];
  /** Resolves to the channel's view once it satisfies the predicate; rejects with what it shows instead. */
  waitFor(
    channelId: string,
    predicate: (messages: SeenMessage[]) => boolean,
    timeoutMs?: number,
  ): Promise<SeenMessage[]>;
  /** A person writes a message; its id. */
  say(channelId: string, text: string, user?: string): string;
  /** The posts of a forum, oldest first, as a reader sees them. */
  posts(forumId: string): SeenPost[];
  /** A thread goes out of the list, as it does by itself after a while; a moderator may lock it too, or open it again. */
  closeThread(threadId: string, locked?: boolean): void;
  openThread(threadId: string): void;
  /** The conversation of the bot with a person, as that person sees it; empty when there is none. */
  seesDirect(userId: string): SeenMessage[];
  registeredCommands(): unknown[];
  removeMessage(channelId: string, id: string): void;
  removeChannel(id: string): void;
  /** Takes a permission from the bot in a channel; `allow` gives it back. */
  deny(channelId: string, permission: string): void;
  allow(channelId: string, permission: string): void;
  calls: Call[];
  /** Answers of 401, 403 and 429 so far. */
  invalidRequests(): number;
  /** Makes the next `times` requests that match `METHOD /path` go wrong. */
  fault(route: RegExp, fault: Fault, times?: number): void;
  /** Forgets the faults that no request has met. */
  clearFaults(): void;
  /** The token is reset: REST answers 401, the gateway closes with 4004. */
  refuseTokens(): void;
  dropGateway(): void;
  reconnectGateway(): void;
  invalidateSession(): void;
  /** Handshakes so far, by how they began. */
  gatewayCounts(): { identified: number; resumed: number };
  close(): Promise<void>;
}

/**
 * Starts a Discord on a free loopback port. Use ids of 17 to 19 digits, as Discord's are:
 * discord.js recognizes rate-limit routes by them.
 */
export async function startDiscord(options: DiscordOptions = {}): Promise<DiscordSimulator> {
  const world = buildWorld(options);
  const faults = plannedFaults();
  const interactions = openInteractions(world, {
    firstAnswerMs: options.firstAnswerMs ?? 3000,
    tokenMs: options.interactionTokenMs ?? 900_000,
  });
  const server = createServer((request, response) => {
    rest.handle(request, response).catch((error: unknown) => {
      // A mistake of the simulator: the client sees a 500 that names it.
      response.writeHead(500).end(JSON.stringify({ message: String(error), code: 0 }));
    });
  });
  const gateway = openGateway(world, server, {
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
    privilegedIntents: options.privilegedIntents ?? 0,
  });
  const gatewayInfo = { url: () => address(server), identifiesLeft: gateway.identifiesLeft };
  const routes = [
    ...botRoutes(world, gatewayInfo),
    ...messageRoutes(world),
    ...forumRoutes(world),
    ...interactions.routes,
  ];
  const limits = rateLimits(options.buckets ?? {}, options.globalPerSecond ?? 50);
  const rest = openRest(world, { routes, limits, faults });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.cdnUrl = address(server).replace('ws:', 'http:').replace('/gateway', '');

  function setDenied(channelId: string, permission: string, isDenied: boolean): void {
    permissionBits([permission]);
    const channel = channelOf(world, channelId);
    if (isDenied) channel.denied.add(permission);
    else channel.denied.delete(permission);
    publish(world, 'CHANNEL_UPDATE', channelJson(world, channel), intents.guilds);
  }

  function setThread(threadId: string, state: { archivedAt: number | null; locked: boolean }): void {
    const thread = Object.assign(channelOf(world, threadId), state);
    publish(world, 'THREAD_UPDATE', channelJson(world, thread), intents.guilds);
  }

  return {
    ...people(world, interactions),
    apiUrl: `${world.cdnUrl}/api`,
    token: world.token,
    applicationId: world.applicationId,
    sees: (channelId, userId) => readChannel(world, channelId, userId),
    async waitFor(channelId, predicate, timeoutMs = 5000) {
      const isThere = () => predicate(readChannel(world, channelId));
      if (await until(world, isThere, timeoutMs)) return readChannel(world, channelId);
      const shown = describe(readChannel(world, channelId));
      throw new Error(`waited ${timeoutMs} ms; #${channelOf(world, channelId).name} shows:\n${shown}`);
    },
    say(channelId, text, user = someone) {
      const authorId = userOf(world, user).id;
      return createMessage(world, {
        channel: channelOf(world, channelId),
        input: { content: text },
        files: [],
        authorId,
      }).id;
    },
    posts: (forumId) => seenPosts(world, forumId),
    closeThread: (threadId, locked = false) => setThread(threadId, { archivedAt: Date.now(), locked }),
    openThread: (threadId) => setThread(threadId, { archivedAt: null, locked: false }),
    seesDirect(userId) {
      const direct = [...world.channels.values()].find(({ recipientId }) => recipientId === userId);
      return direct ? readChannel(world, direct.id, userId) : [];
    },
    registeredCommands: () => [...world.commands.values()].flat(),
    removeMessage(channelId, id) {
      const channel = channelOf(world, channelId);
      const message = channel.messages.find((candidate) => candidate.id === id);
      if (!message) throw new Error(`no message ${id} in #${channel.name}`);
      deleteMessage(world, channel, message);
    },
    removeChannel(id) {
      const channel = channelOf(world, id);
      world.channels.delete(id);
      for (const thread of world.channels.values())
        if (thread.parentId === id) world.channels.delete(thread.id);
      const event = channel.parentId ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
      publish(world, event, channelJson(world, channel), intents.guilds);
    },
    deny: (channelId, permission) => setDenied(channelId, permission, true),
    allow: (channelId, permission) => setDenied(channelId, permission, false),
    calls: rest.calls,
    invalidRequests: () => rest.invalidRequests,
    fault: (route, fault, times = 1) => faults.add(route, fault, times),
    clearFaults: () => faults.clear(),
    refuseTokens() {
      world.token = '';
      gateway.refuse();
    },
    dropGateway: gateway.drop,
    reconnectGateway: gateway.askReconnect,
    invalidateSession: gateway.invalidate,
    gatewayCounts: () => ({ ...gateway.counts }),
    async close() {
      interactions.close();
      await gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
