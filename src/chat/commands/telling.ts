import { parseQuiet, quietText } from '../../alerts/quiet-hours.ts';
import { parseTimezone } from '../../alerts/timezone.ts';
import { parseWhen, WhenError, whenText } from '../../alerts/when.ts';
import type { Line } from '../../model/rich-text.ts';
import type { Watch } from '../../model/watch.ts';
import type { CommandDeps, CommandRequest } from '../command.ts';

/** `/watch when digest 8:00 for Idlib`: when the alerts of a watch are told. */
export async function tellWhen(
  { argument }: CommandRequest,
  own: Watch[],
  { store, now, holdAnew }: CommandDeps,
): Promise<Line[]> {
  const { words, watch } = namedWatch(argument, own);
  if (!('id' in watch)) return [watch.problem];
  return understood(async () => {
    const telling = whenText(parseWhen(words));
    await store.watches.tellWhen(watch.id, telling, now());
    await holdAnew(watch.channels);
    return [
      [{ text: watch.name, style: 'bold' }, ' is told ', { text: telling, style: 'code' }, ' from now on.'],
    ];
  });
}

/** `/watch quiet 22:00-07:00 hold`: when this channel does not want to be disturbed; alone it says when that is. */
export async function keepQuiet(
  { argument, channel }: CommandRequest,
  { store, holdAnew }: CommandDeps,
): Promise<Line[]> {
  if (argument === '') {
    const { quiet } = await store.channels.settings(channel);
    const none = 'No quiet hours here. Type 22:00-07:00 hold, silent or critical after this command.';
    return [quiet === null ? [none] : ['Quiet here: ', { text: quiet, style: 'code' }, '.']];
  }
  return understood(async () => {
    const quiet = quietText(parseQuiet(argument));
    await store.channels.set(channel, { quiet: quiet === 'off' ? null : quiet });
    await holdAnew([channel]);
    return [
      quiet === 'off'
        ? ['No quiet hours here any more.']
        : ['Quiet here: ', { text: quiet, style: 'code' }, '.'],
    ];
  });
}

/** `/watch zone Europe/Berlin`: the zone of this channel's times. */
export async function setZone(
  { argument, channel }: CommandRequest,
  { store, holdAnew }: CommandDeps,
): Promise<Line[]> {
  return understood(async () => {
    const timezone = parseTimezone(argument);
    await store.channels.set(channel, { timezone });
    await holdAnew([channel]);
    return [['Times of this channel are those of ', { text: timezone, style: 'bold' }, '.']];
  });
}

/** The words before “for”, and the watch that is named after it, or the only one; or what to type. */
export function namedWatch(
  argument: string,
  own: Watch[],
): { words: string; watch: Watch | { problem: Line } } {
  const [, words = argument, name = null] = /^(.*\S)\s+for\s+(.+)$/i.exec(argument) ?? [];
  const watch =
    name === null ? onlyOne(own) : own.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return { words, watch: watch ?? { problem: whichWatch(name, own) } };
}

function onlyOne(watches: Watch[]): Watch | undefined {
  return watches.length === 1 ? watches[0] : undefined;
}

function whichWatch(name: string | null, own: Watch[]): Line {
  const names = own.map((watch) => watch.name).join(', ');
  if (own.length === 0) return ['There is no watch of this workspace yet: /watch add makes one.'];
  const problem = name === null ? 'Say which watch' : `No watch is called “${name}”`;
  return [`${problem}: end the command with “for” and one of ${names}.`];
}

/** What the work answers, or what is wrong with what was typed and what to type instead. */
export async function understood(work: () => Promise<Line[]>): Promise<Line[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WhenError)) throw error;
    return [[error.message], [error.remedy]];
  }
}
