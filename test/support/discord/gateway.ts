import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { guildJson, userJson } from './serialize.ts';
import { type GatewayEvent, intents, type Json, userOf, type World } from './world.ts';

export interface Gateway {
  /** Handshakes so far, by how they began. */
  counts: { identified: number; resumed: number };
  identifiesLeft(): number;
  /** Cuts every connection without a word; sessions stay resumable. */
  drop(): void;
  /** Asks every client to reconnect and resume (op 7). */
  askReconnect(): void;
  /** Ends every session (op 9): clients must identify again. */
  invalidate(): void;
  /** Closes every connection for good, as after a reset of the token. */
  refuse(): void;
  close(): Promise<void>;
}

interface Session {
  id: string;
  intents: number;
  /** Everything dispatched, in order; the sequence number is the position plus one. */
  sent: { name: string; data: Json }[];
  socket: WebSocket | null;
}

interface Connection {
  socket: WebSocket;
  session: Session | null;
  /** Milliseconds of the sends of the last minute. */
  sends: number[];
}

/** Close codes (docs: topics/opcodes-and-status-codes). */
const closes = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  rateLimited: 4008,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** GUILD_MEMBERS, GUILD_PRESENCES, MESSAGE_CONTENT. */
const privileged = (1 << 1) | (1 << 8) | (1 << 15);
/** All bits that Discord knows, up to DIRECT_MESSAGE_POLLS. */
const knownIntents = 2 ** 26 - 1;
const maxPayloadBytes = 4096;
const maxSendsPerMinute = 120;

/** Gateway v10 (JSON, uncompressed) on the sockets that upgrade at /gateway. */
export function openGateway(
  world: World,
  server: Server,
  options: { heartbeatIntervalMs: number; privilegedIntents: number },
): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0 };

  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (client) => welcome(client, request));
  });
  world.bus.on('dispatch', (event: GatewayEvent) => {
    for (const session of sessions.values()) dispatch(session, event);
  });

  function welcome(socket: WebSocket, request: IncomingMessage): void {
    socket.on('error', () => socket.terminate());
    const refusal = handshakeRefusal(request);
    if (refusal) {
      socket.close(refusal);
      return;
    }
    const connection: Connection = { socket, session: null, sends: [] };
    socket.on('message', (raw) => {
      const code = receive(connection, raw);
      if (code) socket.close(code);
    });
    socket.on('close', (code) => leave(connection, code));
    say(socket, { op: 10, d: { heartbeat_interval: options.heartbeatIntervalMs } });
  }

  /** A client that leaves with 1000 or 1001 gives its session up. */
  function leave({ session, socket }: Connection, code: number): void {
    if (session?.socket !== socket) return;
    session.socket = null;
    if (code === 1000 || code === 1001) sessions.delete(session.id);
  }

  /** Carries a payload out; a close code when Discord would hang up. */
  function receive(connection: Connection, raw: RawData): number | null {
    const now = Date.now();
    connection.sends = [...connection.sends.filter((at) => at > now - 60_000), now];
    if (connection.sends.length > maxSendsPerMinute) return closes.rateLimited;
    const payload = decode(raw);
    if (!payload) return closes.decodeError;
    const receiver = receivers[payload.op];
    return receiver ? receiver(connection, payload.d) : closes.unknownOpcode;
  }

  const needsSession = ({ session }: Connection) => (session ? null : closes.notAuthenticated);
  const receivers: Record<number, (connection: Connection, data: unknown) => number | null> = {
    1: beat,
    2: (connection, data) => identify(connection, data as Json),
    3: needsSession,
    4: needsSession,
    6: (connection, data) => resume(connection, data as Json),
    8: needsSession,
  };

  function identify(connection: Connection, data: Json): number | null {
    if (connection.session) return closes.alreadyAuthenticated;
    const refusal = identifyRefusal(data);
    if (refusal) return refusal;
    counts.identified += 1;
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      intents: Number(data.intents),
      sent: [],
      socket: connection.socket,
    };
    connection.session = session;
    sessions.set(session.id, session);
    dispatch(session, { name: 'READY', data: ready(world, session.id, address(server)), intent: null });
    for (const id of world.guilds.keys()) {
      dispatch(session, { name: 'GUILD_CREATE', data: guildJson(world, id), intent: intents.guilds });
    }
    return null;
  }

  function identifyRefusal(data: Json): number | null {
    if (data.token !== world.token) return closes.authenticationFailed;
    const asked = data.intents;
    if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 0 || asked > knownIntents) {
      return closes.invalidIntents;
    }
    return asked & privileged & ~options.privilegedIntents ? closes.disallowedIntents : null;
  }

  function resume(connection: Connection, data: Json): number | null {
    const { socket } = connection;
    if (connection.session) return closes.alreadyAuthenticated;
    if (data.token !== world.token) return closes.authenticationFailed;
    const session = sessions.get(String(data.session_id));
    if (!session) {
      say(socket, { op: 9, d: false });
      return null;
    }
    const seq = Number(data.seq);
    if (seq > session.sent.length) return closes.invalidSequence;
    counts.resumed += 1;
    session.socket?.terminate();
    session.socket = socket;
    connection.session = session;
    for (const index of session.sent.slice(seq).keys()) sendEvent(session, seq + index + 1);
    dispatch(session, { name: 'RESUMED', data: {}, intent: null });
    return null;
  }

  return {
    counts,
    identifiesLeft: () => 1000 - counts.identified,
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
    askReconnect() {
      for (const socket of sockets.clients) say(socket, { op: 7, d: null });
    },
    invalidate() {
      sessions.clear();
      for (const socket of sockets.clients) say(socket, { op: 9, d: false });
    },
    refuse() {
      sessions.clear();
      for (const socket of sockets.clients) socket.close(closes.authenticationFailed);
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/** The gateway's address on the server's port. */
export function address(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server does not listen on a port');
  return `ws://127.0.0.1:${bound.port}/gateway`;
}

function beat({ socket }: Connection): null {
  say(socket, { op: 11 });
  return null;
}

function handshakeRefusal(request: IncomingMessage): number | null {
  const query = new URL(request.url ?? '/', 'ws://gateway').searchParams;
  if (query.get('v') !== '10') return closes.invalidVersion;
  const isPlainJson = (query.get('encoding') ?? 'json') === 'json' && !query.has('compress');
  return isPlainJson ? null : closes.decodeError;
}

function decode(raw: RawData): { op: number; d: unknown } | null {
  const text = String(raw);
  if (Buffer.byteLength(text) > maxPayloadBytes) return null;
  try {
    const payload = JSON.parse(text) as { op: number; d: unknown };
    return typeof payload.op === 'number' ? payload : null;
  } catch {
    return null;
  }
}

function dispatch(session: Session, { name, data, intent }: GatewayEvent): void {
  if (intent !== null && (session.intents & intent) === 0) return;
  session.sent.push({ name, data: withheld(session, name, data) });
  sendEvent(session, session.sent.length);
}

/** Sends the event of that sequence number, which starts at 1. */
function sendEvent({ socket, sent }: Session, seq: number): void {
  const event = sent[seq - 1];
  if (socket && event) say(socket, { op: 0, s: seq, t: event.name, d: event.data });
}

/** Without MESSAGE_CONTENT a bot sees what other people's messages hold only as emptiness. */
function withheld(session: Session, name: string, data: Json): Json {
  const author = data.author as { bot?: boolean } | undefined;
  const isOthers = name.startsWith('MESSAGE_') && author && !author.bot;
  if (!isOthers || session.intents & (1 << 15)) return data;
  return { ...data, content: '', embeds: [], attachments: [], components: [] };
}

function say(socket: WebSocket, payload: { op: number; d?: unknown; s?: number; t?: string }): void {
  if (socket.readyState === socket.OPEN)
    socket.send(JSON.stringify({ d: null, s: null, t: null, ...payload }));
}

function ready(world: World, sessionId: string, url: string): Json {
  return {
    v: 10,
    user: userJson(userOf(world, world.applicationId)),
    guilds: [...world.guilds.keys()].map((id) => ({ id, unavailable: true })),
    session_id: sessionId,
    resume_gateway_url: url,
    shard: [0, 1],
    application: { id: world.applicationId, flags: 0 },
  };
}
