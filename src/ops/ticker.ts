import cron from 'node-cron';
import { errorText, type Logger } from './log.ts';

/** A handler that hangs would stop its schedule for ever (node-cron, noOverlap), so each tick has its own limit. */
const LIMIT_MS = 30_000;

/**
 * Calls `tick` when the cron expression (seconds first, UTC) says, never twice at a time, until stopped; what takes
 * longer than `limitMs` is not waited for. A lost tick loses nothing: rows decide what is due.
 */
export function schedule(
  name: string,
  expression: string,
  log: Logger,
  tick: () => Promise<void>,
  limitMs = LIMIT_MS,
): { stop(): Promise<void> } {
  let failing = '';
  const task = cron.schedule(
    expression,
    async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          log.error('tick takes too long', { tick: name });
          resolve();
        }, limitMs).unref();
      });
      try {
        await Promise.race([tick(), late]);
        failing = '';
      } catch (error) {
        // A server that is down fails every second; one line says so.
        if (failing !== errorText(error)) log.error('tick failed', { tick: name, error: errorText(error) });
        failing = errorText(error);
      } finally {
        clearTimeout(timer);
      }
    },
    {
      name,
      timezone: 'UTC',
      noOverlap: true,
      missedExecutionTolerance: 900,
      suppressMissedWarning: true,
      logger: cronLogger(name, log),
    },
  );
  return { stop: async () => void (await task.destroy()) };
}

/** The library's own notes, which it would print: that a tick waits for the one before it is nothing unusual. */
function cronLogger(name: string, log: Logger) {
  const note = (detail: unknown) => log.debug('cron', { tick: name, detail: errorText(detail) });
  return { debug: note, info: note, warn: note, error: note };
}
