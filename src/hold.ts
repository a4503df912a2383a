import { parseQuiet, quietUntil } from './alerts/quiet-hours.ts';
import { nextTelling, parseWhen } from './alerts/when.ts';
import type { Held, Severity } from './model/alert.ts';
import type { StoredAlert } from './store/alerts.ts';
import type { Store, Tables } from './store/store.ts';

interface HoldDeps {
  now: () => number;
  /** The zone of channels that have set none. */
  timezone: string;
}

/** An alert, and when those who ask for it want to be told. */
interface Asked {
  channel: string;
  /** As typed; null for at once. */
  tellings: (string | null)[];
  severity: Severity;
  /** When there was something to tell. */
  since: number;
}

/** Until when an alert is held, and what for; null when its channel wants it at once. */
async function heldFor(
  { channel, tellings, severity, since }: Asked,
  { tables, now, timezone }: HoldDeps & { tables: Tables },
): Promise<Held> {
  const settings = await tables.channels.settings(channel);
  const zone = settings.timezone ?? timezone;
  const times = tellings.map((telling) => nextTelling(parseWhen(telling ?? 'realtime'), since, zone));
  const asked = times.length === 0 ? now() : Math.max(now(), Math.min(...times));
  const quiet = parseQuiet(settings.quiet ?? 'off');
  const end = quietUntil(quiet, asked, zone);
  const isTold =
    quiet === 'off' || quiet.mode === 'silent' || (quiet.mode === 'critical' && severity === 'critical');
  if (end !== null && !isTold) return { until: end, cause: 'quiet hours' };
  return asked > now() ? { until: asked, cause: 'digest' } : null;
}

/** Until when news of a story that its channel knows is held: for its digest, or its quiet hours, as alerts are. */
export async function newsHeld(
  { channel, content }: Pick<StoredAlert, 'channel' | 'content'>,
  deps: HoldDeps & { tables: Tables },
): Promise<Held> {
  const tellings = await deps.tables.alerts.tellings({ channel, content });
  return heldNow({ channel, content, tellings }, deps);
}

/** Until when what there is to tell now is held, and what for; null when it is told at once. */
export function heldNow(
  { channel, content, tellings }: Pick<StoredAlert, 'channel' | 'content'> & Pick<Asked, 'tellings'>,
  deps: HoldDeps & { tables: Tables },
): Promise<Held> {
  const severity = content.severity ?? 'normal';
  return heldFor({ channel, tellings, severity, since: deps.now() }, deps);
}

/** Until when an alert that is held is to be held by what its watches and its channel's settings ask for now. */
export async function heldAnew(alert: StoredAlert, deps: HoldDeps & { tables: Tables }): Promise<Held> {
  const { channel, createdAt: since, content, heldUntil, heldFor: cause } = alert;
  const tellings = await deps.tables.alerts.tellings(alert);
  // Its time will come, and nobody asks for it any more unless somebody adds the watch again.
  if (tellings.length === 0 && heldUntil !== null && cause !== null) return { until: heldUntil, cause };
  return heldFor({ channel, tellings, severity: content.severity ?? 'normal', since }, deps);
}

/** Holds the alerts of these channels, or of all, anew: when they are to be told has changed. */
export async function holdAllAnew(
  channels: readonly string[] | null,
  { store, ...deps }: HoldDeps & { store: Store },
): Promise<void> {
  // What is being told at this moment would be held as the channel wanted it before.
  await store.exclusive(async (tables) => {
    const { alerts } = tables;
    for (const alert of await alerts.held(channels)) {
      await alerts.hold(alert.id, (await heldAnew(alert, { ...deps, tables })) ?? { until: deps.now() });
    }
    for (const alert of await alerts.withLaterReplies(channels, deps.now())) {
      const held = await newsHeld(alert, { ...deps, tables });
      await alerts.timeReplies(alert.id, held?.until ?? deps.now());
    }
  });
}
