import { parseQuery, QueryError } from '../../matching/query.ts';
import type { Line, Segment } from '../../model/rich-text.ts';
import type { Watch } from '../../model/watch.ts';
import type { Command, CommandDeps, CommandRequest } from '../command.ts';
import { counted, cut } from '../plain.ts';
import { callFor, spoken } from './calling.ts';
import { queryProblem } from './query-problem.ts';
import { readingOf } from './query-reading.ts';
import { searchArticles } from './search.ts';
import { keepQuiet, setZone, tellWhen } from './telling.ts';
import { visibleWatches } from './visible-watches.ts';
import { listMisses } from './watch-misses.ts';
import { testWatch } from './watch-test.ts';

/** A name is the query itself, so it must fit where names are shown. */
const NAME_CHARACTERS = 80;

/** The newest stored articles that a new watch is tried on, so that its volume is no surprise. */
const PREVIEW_ARTICLES = 500;

/** `/watch`: what this channel is told about. */
export const watchCommand: Command = {
  name: 'watch',
  help: 'What this channel is told about',
  actions: [
    {
      name: 'add',
      help: 'alert this channel when an article matches the query',
      argument: { name: 'query', help: 'words, "exact words", OR, -word, feed:name', required: true },
      takesChannel: true,
      audience: 'channel',
      run: addWatch,
    },
    {
      name: 'test',
      help: 'try a query on the stored articles: what it finds, almost finds, and how often',
      argument: { name: 'query', help: 'words, "exact words", OR, -word, feed:name', required: true },
      audience: 'person',
      run: testWatch,
    },
    {
      name: 'misses',
      help: 'show what almost alerted this channel, and why it did not',
      argument: null,
      audience: 'person',
      run: async (request, deps) => listMisses(request, await visibleWatches(request, deps), deps),
    },
    {
      name: 'when',
      help: 'tell the alerts of a watch at once, in batches or in a digest',
      argument: {
        name: 'times',
        help: 'realtime, batch 15m or digest 8:00,18:00, then “for” and the watch',
        required: true,
      },
      audience: 'channel',
      run: async (request, deps) => tellWhen(request, await deps.store.watches.list(request.workspace), deps),
    },
    {
      name: 'quiet',
      help: 'when this channel does not want to be disturbed',
      argument: { name: 'hours', help: '22:00-07:00 hold, silent or critical; or off', required: false },
      takesChannel: true,
      audience: 'channel',
      run: keepQuiet,
    },
    {
      name: 'zone',
      help: 'the time zone of this channel',
      argument: { name: 'zone', help: 'such as Europe/Berlin', required: true },
      takesChannel: true,
      audience: 'channel',
      run: setZone,
    },
    {
      name: 'ping',
      help: 'call somebody with the alerts of a watch, or nobody',
      argument: {
        name: 'whom',
        help: 'a role, a person, me, here or off, then “for” and the watch',
        required: true,
      },
      audience: 'channel',
      run: async (request, deps) => callFor(request, await deps.store.watches.list(request.workspace), deps),
    },
    { name: 'list', help: 'show the watches', argument: null, audience: 'person', run: listWatches },
    {
      name: 'remove',
      help: 'end a watch',
      argument: { name: 'name', help: 'the name that /watch list shows', required: true },
      audience: 'channel',
      run: removeWatch,
    },
  ],
};

async function addWatch(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const query = request.argument;
  const hints = readQuery(query, deps);
  if (!Array.isArray(hints)) return hints.problem;
  const known = await sameQuery(request, deps);
  if (known?.channels.includes(request.channel)) {
    const place: Segment = request.isElsewhere ? { channel: request.channel } : 'This channel';
    return [[place, ' already watches ', { text: known.name, style: 'bold' }, '.']];
  }
  const name = known?.name ?? (await freeName(request, deps));
  const channels = [...(known?.channels ?? []), request.channel];
  const { workspace, person } = request;
  await deps.store.watches.put(
    { workspace, name, query, channels, origin: 'chat', createdBy: person },
    deps.now(),
  );
  const trouble = await deps.channelTrouble(request.channel);
  return [
    [
      'Watching ',
      { text: name, style: 'bold' },
      ...(request.isElsewhere
        ? [' in ', { channel: request.channel }, ': the next article that matches alerts there.']
        : [' in this channel: the next article that matches alerts here.']),
    ],
    ...forumHint(request),
    ...readingOf(query, deps),
    [await preview(request, deps)],
    ...hints.map((hint): Line => [hint]),
    ...(trouble === null ? [] : [[{ text: `But ${trouble}`, style: 'bold' as const }] satisfies Line]),
  ];
}

/** Nobody can type in a forum itself, so who types in one of its posts may mean the forum. */
function forumHint({ forum }: CommandRequest): Line[] {
  if (forum === undefined) return [];
  return [['For a post of its own for each story, name the forum as “channel”: ', { channel: forum }, '.']];
}

/** The watch of this workspace that says the same, which may alert in another channel already. */
async function sameQuery(
  { workspace, argument }: CommandRequest,
  { store }: CommandDeps,
): Promise<Watch | null> {
  const watches = await store.watches.list(workspace);
  return watches.find(({ query }) => meaning(query) === meaning(argument)) ?? null;
}

/** Case tells operators and words like US from others; without capitals it means nothing. */
function meaning(query: string): string {
  return /\p{Lu}{2}/u.test(query) ? query : query.toLowerCase();
}

/** The query itself, cut to where names are shown, and numbered where another watch has that name. */
async function freeName({ workspace, argument }: CommandRequest, { store }: CommandDeps): Promise<string> {
  const name = cut(argument, NAME_CHARACTERS);
  const taken = new Set((await store.watches.list(workspace)).map((watch) => watch.name.toLowerCase()));
  if (!taken.has(name.toLowerCase())) return name;
  for (let number = 2; ; number += 1) {
    const numbered = `${name} (${number})`;
    if (!taken.has(numbered.toLowerCase())) return numbered;
  }
}

/** The hints of a query, or what to show instead of them when it can't be read. */
function readQuery(query: string, { knowledge }: CommandDeps): string[] | { problem: Line[] } {
  try {
    return parseQuery(query, knowledge).hints;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { problem: queryProblem(query, error) };
  }
}

async function preview({ argument: query, workspace }: CommandRequest, deps: CommandDeps): Promise<string> {
  const limits = { articles: PREVIEW_ARTICLES, found: PREVIEW_ARTICLES };
  const { found, searched } = await searchArticles({ query, workspace }, deps, limits);
  if (searched === 0) return 'No article is stored yet.';
  return `It matches ${found.length} of the newest ${counted(searched, 'stored article')}. /watch test shows which, and what it almost matches.`;
}

async function listWatches(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const watches = await visibleWatches(request, deps);
  if (watches.length === 0) {
    return [
      ['No watch yet. Type ', { text: '/watch add Idlib', style: 'code' }, ' to be told about Idlib here.'],
    ];
  }
  return watches.map((watch) => watchLine(watch, request.channel));
}

function watchLine(watch: Watch, here: string): Line {
  const line: Line = ['• ', { text: watch.name, style: 'bold' }];
  if (watch.query !== watch.name) line.push(' ', { text: cut(watch.query, 300), style: 'code' });
  if (watch.telling !== null) line.push(`, ${watch.telling}`);
  if (watch.ping.length > 0) line.push(`, calls ${watch.ping.map(spoken).join(', ')}`);
  const channels = watch.origin === 'config' ? [here] : watch.channels;
  for (const channel of channels) line.push(' → ', ...(channel === here ? ['here'] : [{ channel }]));
  if (watch.origin === 'config') line.push(' (from the configuration file)');
  return line;
}

async function removeWatch(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const name = request.argument.toLowerCase();
  const visible = await visibleWatches(request, deps);
  const watch = visible.find((candidate) => candidate.name.toLowerCase() === name);
  if (watch === undefined) {
    return [
      [
        `No watch is called “${request.argument}”. `,
        'Type ',
        { text: '/watch list', style: 'code' },
        ' to see the names.',
      ],
    ];
  }
  if (watch.origin === 'config') {
    return [
      [
        { text: watch.name, style: 'bold' },
        ' comes from the configuration file: whoever runs Tocsin can take it out there.',
      ],
    ];
  }
  await deps.store.watches.remove(watch.id, deps.now());
  // Others may ask for the same, at another time.
  await deps.holdAnew(watch.channels);
  return [['No longer watching ', { text: watch.name, style: 'bold' }, '.']];
}
