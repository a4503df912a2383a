import { isHushed, parseQuiet } from './alerts/quiet-hours.ts';
import { type DeliveryVerdict, holdMs, LATE_MS } from './alerts/retry.ts';

import { composeRollUp, excessOf, FLOOD_MS } from './alerts/roll-up.ts';
import { DeliveryError } from './chat/delivery-error.ts';
import { doubtText } from './matching/reasons.ts';
import type { Attempt, Destination, Operation, Severity } from './model/alert.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { StoredDelivery } from './store/delivery-rows.ts';
import type { ChannelLease } from './store/outbox.ts';
import type { Store } from './store/store.ts';

/** How long one try may take, answer included. */
const ATTEMPT_MS = 10_000;

/** A lease outlives every try begun in it: a sender begins none in its last `ATTEMPT_MS` and some more. */
const LEASE_MS = 30_000;
const MARGIN_MS = 2_000;

/** A story calls people in a channel once in this time. */
const CALL_MS = 15 * 60_000;

/** Channels served at the same time; within a channel messages go in order, one at a time. */
const CONCURRENCY = 16;

export interface DeliveryDeps {
  store: Store;
  /** Who delivers to a channel address. */
  destination: (channel: string) => { destination: Destination; channelId: string };
  /** First messages that a channel gets in ten minutes before the rest shares one. */
  budget: number;
  /** The zone of channels that have set none. */
  timezone: string;
  now: () => number;
  log: Logger;
}

/** The loop that empties the outbox. */
export interface Deliverer {
  /** Starts the channels that have something due, without waiting for them. */
  tick(): Promise<void>;
  /** Resolves when what runs has ended. */
  settled(): Promise<void>;
  /** Takes nothing new; what runs goes on until `settled`. */
  stop(): void;
}

export function createDeliverer(deps: DeliveryDeps): Deliverer {
  const running = new Set<Promise<void>>();
  let stopped = false;
  return {
    async tick() {
      const room = CONCURRENCY - running.size;
      if (room <= 0 || stopped) return;
      await deps.store.rollUps.tellHeld(deps.now());
      // A lease is as old as the query that took it.
      const lastBegin = deps.now() + LEASE_MS - ATTEMPT_MS - MARGIN_MS;
      const mayBegin = () => !stopped && deps.now() < lastBegin;
      for (const lease of await deps.store.deliveries.leaseChannels(deps.now(), LEASE_MS, room)) {
        const turn = serveChannel(lease, mayBegin, deps).catch((error) => {
          deps.log.error('channel not served', { channel: lease.channel, error: errorText(error) });
        });
        running.add(turn);
        void turn.finally(() => running.delete(turn));
      }
    },
    async settled() {
      await Promise.allSettled(running);
    },
    stop() {
      stopped = true;
    },
  };
}

/** Sends what the channel has, in order, until nothing is left, something must wait, or the lease runs out. */
async function serveChannel(lease: ChannelLease, mayBegin: () => boolean, deps: DeliveryDeps): Promise<void> {
  try {
    while (mayBegin()) {
      const delivery = await deps.store.deliveries.next(lease.channel, deps.now());
      if (delivery === null) return;
      const goesOn =
        (await foldExcess(delivery, { lease, deps })) ?? (await serve(delivery, { lease, deps }));
      if (!goesOn) return;
    }
  } finally {
    await deps.store.deliveries.release(lease);
  }
}

interface Turn {
  lease: ChannelLease;
  deps: DeliveryDeps;
}

/**
 * Lets what is more than a channel's readers can take share one message; null when nothing is. Nobody is flooded in
 * the terminal, which scrolls.
 */
async function foldExcess(delivery: StoredDelivery, { lease, deps }: Turn): Promise<boolean | null> {
  const { store, now } = deps;
  if (delivery.kind !== 'post' || delivery.state !== 'due' || lease.channel === 'terminal') return null;
  const recent = await store.rollUps.postsSince(lease.channel, now() - FLOOD_MS);
  const excess = excessOf(await store.rollUps.waiting(lease.channel, now()), recent, deps.budget);
  if (excess.length === 0) return null;
  deps.log.info('alerts share a message', { channel: lease.channel, alerts: excess.length });
  return store.rollUps.fold(lease, excess, now());
}

/** True when the channel can go on with its next message. */
async function serve(delivery: StoredDelivery, turn: Turn): Promise<boolean> {
  const { lease, deps } = turn;
  // One limit for looking and sending together, so that no try outlives its lease.
  const signal = AbortSignal.timeout(ATTEMPT_MS);
  const arrived = await lookForEarlier(delivery, signal, turn);
  if (arrived === 'unknown') return false;
  if (arrived !== null) return confirm(delivery, arrived, turn);
  const isSilent = await isHushedNow(delivery, deps);
  const current = await deps.store.deliveries.begin(lease, delivery, {
    compose: (rollUp) => composeRollUp(rollUp, doubtText),
    lateAt: deps.now() + LATE_MS,
    lastCallBefore: isSilent ? null : deps.now() - CALL_MS,
  });
  if (current === null) return false;
  if (current.operation === null) {
    return deps.store.deliveries.park(
      lease,
      delivery,
      'The message it belongs to was never posted',
      deps.now(),
    );
  }
  try {
    const { destination, attempt } = attemptOf(current, current.operation, { signal, isSilent, turn });
    return await confirm(current, await destination.deliver(attempt), turn);
  } catch (error) {
    return settle(current, error, turn);
  }
}

/** Whether the channel's quiet hours want no sound of this message. */
async function isHushedNow(
  { channel, operation }: StoredDelivery,
  { store, timezone, now }: DeliveryDeps,
): Promise<boolean> {
  const settings = await store.channels.settings(channel);
  if (settings.quiet === null) return false;
  return isHushed(parseQuiet(settings.quiet), {
    now: now(),
    timezone: settings.timezone ?? timezone,
    severity: operation === null ? undefined : severityOf(operation),
  });
}

function severityOf(operation: Operation): Severity | undefined {
  if ('content' in operation) return operation.content.severity;
  return operation.kind === 'reply' ? operation.update.rise?.to : undefined;
}

/**
 * The message that an earlier, unconfirmed try left in the channel; null when there is none or no try began.
 * While nobody can tell, the delivery stays uncertain and is neither sent nor set aside.
 */
async function lookForEarlier(
  delivery: StoredDelivery,
  signal: AbortSignal,
  turn: Turn,
): Promise<string | null | 'unknown'> {
  if (delivery.state !== 'sending' || delivery.operation === null) return null;
  const { destination, attempt } = attemptOf(delivery, delivery.operation, {
    signal,
    isSilent: false,
    turn,
  });
  try {
    return await destination.find(attempt);
  } catch (error) {
    await postpone(delivery, error, { ...turn, state: 'sending' });
    return 'unknown';
  }
}

function attemptOf(
  { id, createdAt, ping }: StoredDelivery,
  operation: Operation,
  { signal, isSilent, turn }: { signal: AbortSignal; isSilent: boolean; turn: Turn },
): { destination: Destination; attempt: Attempt } {
  const { destination, channelId } = turn.deps.destination(turn.lease.channel);
  return {
    destination,
    attempt: { channelId, deliveryId: id, createdAt, operation, ping, isSilent, signal },
  };
}

async function confirm(delivery: StoredDelivery, messageId: string, { lease, deps }: Turn): Promise<boolean> {
  const ms = deps.now() - delivery.createdAt;
  deps.log.info('delivered', { channel: lease.channel, kind: delivery.kind, delivery: delivery.id, ms });
  return deps.store.deliveries.sent(lease, delivery, messageId, deps.now());
}

/** A try failed: the message is set aside, or its channel waits. True when the channel can go on. */
async function settle(delivery: StoredDelivery, error: unknown, turn: Turn): Promise<boolean> {
  const { lease, deps } = turn;
  const { kind } = verdictOf(error);
  const text = errorText(error);
  if (kind === 'message-gone' && isFollower(delivery)) {
    deps.log.info('message gone', { channel: lease.channel, delivery: delivery.id });
    return deps.store.deliveries.dismiss(lease, delivery, text, deps.now());
  }
  if (kind === 'refused' || kind === 'message-gone') {
    deps.log.error('delivery set aside', { channel: lease.channel, delivery: delivery.id, error: text });
    return deps.store.deliveries.park(lease, delivery, text, deps.now());
  }
  await postpone(delivery, error, { ...turn, state: kind === 'uncertain' ? 'sending' : 'due' });
  return false;
}

/** What changes, answers or goes on from a message that was posted before. */
function isFollower({ kind, operation }: StoredDelivery): boolean {
  if (operation?.kind === 'post') return operation.content.continues !== undefined;
  return kind === 'edit' || kind === 'reply' || kind === 'roll-up-edit';
}

async function postpone(
  delivery: StoredDelivery,
  error: unknown,
  { lease, deps: { store, now, log }, state }: Turn & { state: 'due' | 'sending' },
): Promise<void> {
  const text = errorText(error);
  const known = (await store.deliveries.troubles([lease.channel])).some(({ trouble }) => trouble === text);
  const fields = { channel: lease.channel, delivery: delivery.id, kind: delivery.kind, error: text };
  // The same trouble again is no news; it stays in /status.
  log[known ? 'debug' : 'warn']('delivery waits', fields);
  const verdict = verdictOf(error);
  const holdUntil = now() + holdMs(verdict, delivery.attempts);
  const brokenAt = verdict.kind === 'channel' ? now() : null;
  await store.deliveries.postpone(lease, delivery.id, { state, error: text, holdUntil, brokenAt });
}

function verdictOf(error: unknown): DeliveryVerdict {
  return error instanceof DeliveryError ? error.verdict : { kind: 'uncertain', isLate: true };
}
