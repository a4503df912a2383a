import { clipped, WhenError } from '../../alerts/when.ts';
import type { Ping } from '../../model/ping.ts';
import type { Line } from '../../model/rich-text.ts';
import type { Watch } from '../../model/watch.ts';
import type { CommandDeps, CommandRequest } from '../command.ts';
import { namedWatch, understood } from './telling.ts';

/** A message that calls more lists nobody else. */
const MOST = 10;

/** `/watch ping @desk for Idlib`: whom the alerts of a watch call; `off` for nobody. */
export async function callFor(
  request: CommandRequest,
  own: Watch[],
  { store, now }: CommandDeps,
): Promise<Line[]> {
  const { words, watch } = namedWatch(request.argument, own);
  if (!('id' in watch)) return [watch.problem];
  return understood(async () => {
    const ping = readPings(words, request);
    await store.watches.call(watch.id, ping, now());
    const name = { text: watch.name, style: 'bold' as const };
    if (ping.length === 0) return [[name, ' calls nobody any more.']];
    const rule = 'by its first message and when its story becomes graver, at most once in 15 minutes.';
    return [[name, ` calls ${ping.map(spoken).join(', ')} from now on: ${rule}`], ...rightNeeded(ping)];
  });
}

/** Who is called, from what was typed. Throws WhenError. */
function readPings(typed: string, { workspace, person, mayCallAll }: CommandRequest): Ping[] {
  const words = typed.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) throw new WhenError('Whom to call is missing.', remedy(workspace));
  if (words.length === 1 && /^(off|none|nobody)$/i.test(typed.trim())) return [];
  const platform = workspace.split(':')[0] ?? '';
  const read = words.map((word) => readPing(word, platform, person) ?? unknown(word, workspace));
  const pings = [...new Set(read)];
  if (pings.length > MOST) throw new WhenError(`A watch calls ${MOST} at most.`, 'Name a role or a group.');
  if (!mayCallAll && pings.some(callsMany)) {
    throw new WhenError(
      'You may not call here or a role in this channel yourself.',
      'Somebody with the permission Mention @everyone, @here and All Roles can do this.',
    );
  }
  return pings;
}

function readPing(word: string, platform: string, person: string): Ping | null {
  if (/^(?:@?here|<!here(?:\|[^>]*)?>|bell)$/i.test(word)) return 'here';
  if (/^@?me$/i.test(word)) return platform === 'terminal' ? 'here' : `${platform}:user:${person}`;
  for (const [form, kind] of FORMS[platform] ?? []) {
    const id = form.exec(word)?.[1];
    if (id !== undefined) return `${platform}:${kind}:${id}`;
  }
  return null;
}

/** How each platform writes whom somebody mentions, and ids as its clients let people copy them. */
const FORMS: Record<string, [RegExp, string][]> = {
  discord: [
    [/^<@&(\d+)>$/, 'role'],
    [/^<@!?(\d+)>$/, 'user'],
  ],
  slack: [
    [/^(?:<@)?([UW][A-Z0-9]{2,})(?:\|[^>]*)?>?$/, 'user'],
    [/^(?:<!subteam\^)?(S[A-Z0-9]{2,})(?:\|[^>]*)?>?$/, 'group'],
  ],
};

function unknown(word: string, workspace: string): never {
  const isEverybody = /^(?:@|<!)?(?:everyone|everybody|channel|all)>?$/i.test(word);
  const problem = isEverybody
    ? 'I call nobody who is away: everybody at once is too many.'
    : `I do not know whom “${clipped(word)}” is.`;
  throw new WhenError(problem, remedy(workspace));
}

function remedy(workspace: string): string {
  if (workspace.startsWith('discord:')) return 'Write @a-role, @a-person, me, here or off.';
  if (workspace.startsWith('slack:')) {
    return 'Write @a-person, @a-group, me, here or off; or a member id such as U0123 (profile, ⋮, Copy member ID).';
  }
  return 'Write bell or off.';
}

function callsMany(ping: Ping): boolean {
  return ping === 'here' || ping.startsWith('discord:role:');
}

/** “who is here”, “the role 123”. */
export function spoken(ping: Ping): string {
  const [, kind = '', id = ''] = ping.split(':');
  return ping === 'here' ? 'who is here' : `the ${kind} ${id}`;
}

function rightNeeded(ping: readonly Ping[]): Line[] {
  if (!ping.some((one) => one.startsWith('discord:role:'))) return [];
  return [
    [
      'A role that not everybody may mention needs the permission Mention @everyone, @here and All Roles for me.',
    ],
  ];
}
