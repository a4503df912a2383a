import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPlace } from '../support/stores.ts';

/** The line between the product and the server of its database, which can break. */
export interface Line extends AsyncDisposable {
  /** The place as the product reaches it. */
  place: TestPlace;
  /** For so long nobody reaches the server, as while it restarts: what was under way is lost, answers of commits too. */
  goAway(ms: number): Promise<void>;
  /** Nobody reaches the server while this goes on. */
  whileAway(work: () => Promise<void>): Promise<void>;
  /** Whether nobody reached it at some moment since then. */
  wasAwaySince(at: number): boolean;
}

/** A line to the server of a place; a folder has none, and is always there. */
export async function openLine(place: TestPlace): Promise<Line> {
  const { location } = place;
  if (location.kind !== 'postgres') {
    return {
      place,
      goAway: async () => {},
      whileAway: (work) => work(),
      wasAwaySince: () => false,
      [Symbol.asyncDispose]: async () => {},
    };
  }
  const server = new URL(location.url);
  const open = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket
        .on('error', () => {})
        .on('close', () => {
          open.delete(socket);
          other.destroy();
        });
    }
  });
  await once(line.listen(0, '127.0.0.1'), 'listening');
  const { port } = line.address() as AddressInfo;
  const url = new URL(location.url);
  url.port = String(port);
  let awayUntil = 0;
  const whileAway = async (work: () => Promise<void>) => {
    awayUntil = Number.POSITIVE_INFINITY;
    await work().finally(() => {
      awayUntil = Date.now();
    });
  };
  const shut = async () => {
    const shutting = once(line.close(), 'close');
    for (const socket of open) socket.destroy();
    await shutting;
  };
  return {
    place: { ...place, environment: { ...place.environment, DATABASE_URL: url.href } },
    goAway: (ms) =>
      whileAway(async () => {
        await shut();
        await sleep(ms);
        await once(line.listen(port, '127.0.0.1'), 'listening');
      }),
    whileAway,
    wasAwaySince: (at) => at <= awayUntil,
    [Symbol.asyncDispose]: shut,
  };
}
