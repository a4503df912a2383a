import { parseQuiet, quietUntil } from './alerts/quiet-hours.ts';
import { nextTelling, parseWhen } from './alerts/when.ts';
import type { Severity } from './model/alert.ts';
import type { Held, StoredAlert } from './store/alerts.ts';
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

/** When a channel is told news of a story that it knows: with its digest, or after its quiet hours, as it is with alerts. */
export async function newsAt(
  { channel, content }: Pick<StoredAlert, 'channel' | 'content'>,
  deps: HoldDeps & { tables: Tables },
): Promise<number> {
  const tellings = await deps.tables.alerts.tellings({ channel, content });
  return (await heldNow({ channel, content, tellings }, deps))?.until ?? deps.now();
}

/** Until when what there is to tell now is held, and what for; null when it is told at once. */
export function heldNow(
  { channel, content, tellings }: Pick<StoredAlert, 'channel' | 'content'> & Pick<Asked, 'tellings'>,
  deps: HoldDeps & { tables: Tables },
): Promise<Held> {
  const severity = content.severity ?? 'normal';
  return heldFor({ channel, tellings, severity, since: deps.now() }, deps);
}

/** Holds an alert until the time that its watches and its channel's settings ask for now. */
export async function holdAnew(alert: StoredAlert, deps: HoldDeps & { tables: Tables }): Promise<void> {
  const { alerts } = deps.tables;
  const tellings = await alerts.tellings(alert);
  // Its time will come, and nobody asks for it any more unless somebody adds the watch again.
  if (tellings.length === 0) return;
  const { channel, createdAt: since, content } = alert;
  const held = await heldFor({ channel, tellings, severity: content.severity ?? 'normal', since }, deps);
  await alerts.hold(alert.id, held ?? { until: deps.now() });
}

/** Holds the alerts of these channels, or of all, anew: when they are to be told has changed. */
export async function holdAllAnew(
  channels: readonly string[] | null,
  { store, ...deps }: HoldDeps & { store: Store },
): Promise<void> {
  // What is being told at this moment would be held as the channel wanted it before.
  await store.exclusive(async (tables) => {
    const { alerts } = tables;
    for (const alert of await alerts.held(channels)) await holdAnew(alert, { ...deps, tables });
    for (const alert of await alerts.withLaterReplies(channels, deps.now()))
      await alerts.timeReplies(alert.id, await newsAt(alert, { ...deps, tables }));
  });
}
