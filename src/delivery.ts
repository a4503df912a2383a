import { type DeliveryVerdict, holdMs } from './alerts/retry.ts';
import { DeliveryError } from './chat/delivery-error.ts';
import type { Attempt, Destination, Operation } from './model/alert.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { ChannelLease, StoredDelivery } from './store/deliveries.ts';
import type { Store } from './store/store.ts';

/** How long one try may take, answer included. */
const ATTEMPT_MS = 10_000;

/** A lease outlives every try begun in it: a sender begins none in its last `ATTEMPT_MS`. */
const LEASE_MS = 30_000;

/** Channels served at the same time; within a channel messages go in order, one at a time. */
const CONCURRENCY = 16;

export interface DeliveryDeps {
  store: Store;
  /** Who delivers to a channel address. */
  destination: (channel: string) => { destination: Destination; channelId: string };
  now: () => number;
  log: Logger;
}

/** The loop that empties the outbox. */
export interface Deliverer {
  /** Starts the channels that have something due, without waiting for them. */
  tick(): Promise<void>;
  /** Takes nothing new and resolves when what runs has ended. */
  stop(): Promise<void>;
}

export function createDeliverer(deps: DeliveryDeps): Deliverer {
  const running = new Set<Promise<void>>();
  let stopped = false;
  return {
    async tick() {
      const room = CONCURRENCY - running.size;
      if (room <= 0 || stopped) return;
      for (const lease of await deps.store.deliveries.leaseChannels(deps.now(), LEASE_MS, room)) {
        const turn = serveChannel(lease, deps, () => stopped).catch((error) => {
          deps.log.error('channel not served', { channel: lease.channel, error: errorText(error) });
        });
        running.add(turn);
        void turn.finally(() => running.delete(turn));
      }
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(running);
    },
  };
}

/** Sends what the channel has, in order, until nothing is left, something must wait, or the lease runs out. */
async function serveChannel(
  lease: ChannelLease,
  deps: DeliveryDeps,
  isStopped: () => boolean,
): Promise<void> {
  const { store, now } = deps;
  const lastBegin = now() + LEASE_MS - ATTEMPT_MS;
  try {
    while (now() < lastBegin && !isStopped()) {
      const delivery = await store.deliveries.next(lease.channel);
      if (delivery === null || !(await serve(delivery, lease, deps))) return;
    }
  } finally {
    await store.deliveries.release(lease);
  }
}

/** True when the channel can go on with its next message. */
async function serve(delivery: StoredDelivery, lease: ChannelLease, deps: DeliveryDeps): Promise<boolean> {
  const { store, now, log } = deps;
  if (delivery.operation === null) {
    return store.deliveries.park(lease, delivery.id, 'The message it belongs to was never posted', now());
  }
  try {
    const messageId = await send(delivery, delivery.operation, { lease, deps });
    if (messageId === null) return false;
    const ms = now() - delivery.createdAt;
    log.info('delivered', { channel: lease.channel, kind: delivery.kind, delivery: delivery.id, ms });
    return await store.deliveries.sent(lease, delivery, messageId, now());
  } catch (error) {
    return settle(delivery, error, { lease, deps });
  }
}

/** The message's id, or null when another sender has the channel now. */
async function send(
  delivery: StoredDelivery,
  operation: Operation,
  { lease, deps }: { lease: ChannelLease; deps: DeliveryDeps },
): Promise<string | null> {
  const { destination, channelId } = deps.destination(lease.channel);
  const attempt = (): Attempt => ({
    channelId,
    deliveryId: delivery.id,
    createdAt: delivery.createdAt,
    operation,
    signal: AbortSignal.timeout(ATTEMPT_MS),
  });
  // An earlier try began and nobody confirmed it: look before sending again.
  if (delivery.state === 'sending') {
    const found = await destination.find(attempt());
    if (found !== null) return found;
  }
  if (!(await deps.store.deliveries.begin(lease, delivery.id))) return null;
  return destination.deliver(attempt());
}

async function settle(
  delivery: StoredDelivery,
  error: unknown,
  { lease, deps }: { lease: ChannelLease; deps: DeliveryDeps },
): Promise<boolean> {
  const { store, now, log } = deps;
  const verdict: DeliveryVerdict = error instanceof DeliveryError ? error.verdict : { kind: 'uncertain' };
  const text = errorText(error);
  const fields = { channel: lease.channel, delivery: delivery.id, kind: delivery.kind, error: text };
  if (verdict.kind === 'refused' || verdict.kind === 'message-gone') {
    log.error('delivery set aside', fields);
    return store.deliveries.park(lease, delivery.id, text, now());
  }
  const known = (await store.deliveries.troubles([lease.channel])).some(({ trouble }) => trouble === text);
  log[known ? 'debug' : 'warn']('delivery waits', fields);
  await store.deliveries.postpone(lease, delivery.id, {
    state: verdict.kind === 'uncertain' ? 'sending' : 'due',
    error: text,
    holdUntil: now() + holdMs(verdict, delivery.attempts),
  });
  return false;
}
