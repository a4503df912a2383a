import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { asObject, asText, type Json } from './json.ts';
import { APP_ID } from './workspace.ts';

/** What became of an envelope. */
export type Ack = { kind: 'acked'; payload: Json } | { kind: 'timeout' } | { kind: 'no-socket' };

export interface Envelope {
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Json;
  acceptsResponse: boolean;
  retry?: { attempt: number; reason: string };
}

/** Slack's own limit of open connections per app. */
const SOCKETS_MAX = 10;
/** Often enough that a client which watches for pings is content; no test waits for one. */
const PING_MS = 5000;

/** Socket Mode: hands out addresses, holds the open sockets and sends each envelope to exactly one of them. */
export class SocketHub {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #sockets: WebSocket[] = [];
  readonly #pending = new Map<string, (ack: Ack) => void>();
  readonly #listeners = new Set<() => void>();
  readonly #ackTimeoutMs: number;
  readonly #pings: NodeJS.Timeout;
  #envelopes = 0;
  #turn = 0;

  constructor(ackTimeoutMs: number) {
    this.#ackTimeoutMs = ackTimeoutMs;
    this.#pings = setInterval(() => {
      for (const socket of this.#sockets) socket.ping();
    }, PING_MS);
    this.#pings.unref();
  }

  /** Sockets that take envelopes. */
  get count(): number {
    return this.#sockets.length;
  }

  /** Calls back whenever a socket came or went; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A ticket that one connection may use. */
  ticket(): string {
    const ticket = `ticket-${this.#tickets.size}-${Math.random().toString(36).slice(2)}`;
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Turns an HTTP upgrade with a good ticket into a socket; refuses any other. */
  accept(request: IncomingMessage, connection: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket) || this.#sockets.length >= SOCKETS_MAX) {
      connection.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, connection, head, (socket) => this.#welcome(socket));
  }

  /** Sends an envelope to one socket, in turn, and waits for its acknowledgement. */
  send(envelope: Envelope): Promise<Ack> {
    const socket = this.#sockets[this.#turn++ % Math.max(1, this.#sockets.length)];
    if (!socket) return Promise.resolve({ kind: 'no-socket' });
    this.#envelopes += 1;
    const id = `envelope-${this.#envelopes}`;
    const { promise, resolve } = Promise.withResolvers<Ack>();
    const timer = setTimeout(() => this.#settle(id, { kind: 'timeout' }), this.#ackTimeoutMs);
    this.#pending.set(id, (ack) => {
      clearTimeout(timer);
      resolve(ack);
    });
    socket.send(JSON.stringify(wireEnvelope(id, envelope)));
    return promise;
  }

  /** Cuts every socket without a word, as a broken network does. */
  drop(): void {
    for (const socket of [...this.#sockets]) socket.terminate();
  }

  /** Asks every client to come back on a new socket, as Slack does when it recycles a server. */
  refresh(): void {
    for (const socket of this.#sockets.splice(0)) {
      socket.send(
        JSON.stringify({
          type: 'disconnect',
          reason: 'refresh_requested',
          debug_info: { host: 'simulator' },
        }),
      );
    }
    this.#changed();
  }

  close(): void {
    clearInterval(this.#pings);
    for (const id of [...this.#pending.keys()]) this.#settle(id, { kind: 'timeout' });
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    this.#sockets.push(socket);
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const index = this.#sockets.indexOf(socket);
      if (index >= 0) this.#sockets.splice(index, 1);
      this.#changed();
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.length,
        connection_info: { app_id: APP_ID },
        debug_info: { host: 'simulator', build_number: 1, approximate_connection_time: 18_060 },
      }),
    );
    this.#changed();
  }

  #receive(data: string): void {
    const message = asObject(JSON.parse(data));
    this.#settle(asText(message.envelope_id), { kind: 'acked', payload: asObject(message.payload) });
  }

  #settle(id: string, ack: Ack): void {
    const settle = this.#pending.get(id);
    this.#pending.delete(id);
    settle?.(ack);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function wireEnvelope(id: string, envelope: Envelope): Json {
  const { type, payload, acceptsResponse, retry } = envelope;
  return {
    envelope_id: id,
    type,
    payload,
    accepts_response_payload: acceptsResponse,
    ...(type === 'events_api'
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
      : {}),
  };
}
