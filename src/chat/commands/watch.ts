import { compileQuery } from '../../matching/matcher.ts';
import { parseQuery, QueryError } from '../../matching/query.ts';
import type { Line } from '../../model/rich-text.ts';
import type { Watch } from '../../model/watch.ts';
import { CONFIG_WORKSPACE } from '../../store/watches.ts';
import type { Command, CommandDeps, CommandRequest } from '../command.ts';
import { counted } from '../plain.ts';
import { queryProblem } from './query-problem.ts';

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
      argument: { name: 'query', help: 'words, "exact words", OR, -word', required: true },
      audience: 'channel',
      run: addWatch,
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
  const hints = readQuery(query);
  if (!Array.isArray(hints)) return hints.problem;
  const name = query.length <= NAME_CHARACTERS ? query : `${query.slice(0, NAME_CHARACTERS - 1)}…`;
  const now = deps.now();
  const known = await deps.store.watches.named(request.workspace, name);
  const channels = [...new Set([...(known?.channels ?? []), request.channel])];
  if (known?.channels.includes(request.channel)) {
    return [['This channel already watches ', { text: name, style: 'bold' }, '.']];
  }
  const { workspace, person } = request;
  await deps.store.watches.put({ workspace, name, query, channels, origin: 'chat', createdBy: person }, now);
  const trouble = await deps.channelTrouble(request.channel);
  return [
    [
      'Watching ',
      { text: name, style: 'bold' },
      ' in this channel: the next article that matches alerts here.',
    ],
    [await preview(query, deps)],
    ...hints.map((hint): Line => [hint]),
    ...(trouble === null ? [] : [[{ text: `But ${trouble}`, style: 'bold' as const }] satisfies Line]),
  ];
}

/** The hints of a query, or what to show instead of them when it can't be read. */
function readQuery(query: string): string[] | { problem: Line[] } {
  try {
    return parseQuery(query).hints;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { problem: queryProblem(query, error) };
  }
}

async function preview(query: string, deps: CommandDeps): Promise<string> {
  const matches = compileQuery(query);
  const articles = await deps.store.articles.newest(PREVIEW_ARTICLES, null);
  const hits = articles.filter(
    (article) =>
      matches(article.text, { titleEnd: article.title.length, language: article.language }) !== null,
  ).length;
  if (articles.length === 0) return 'No article is stored yet.';
  return `It matches ${hits} of the newest ${counted(articles.length, 'stored article')}.`;
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

/** Those of the workspace, and those of the file that post to this channel: nobody sees another's. */
async function visibleWatches(request: CommandRequest, deps: CommandDeps): Promise<Watch[]> {
  const own = await deps.store.watches.list(request.workspace);
  const fromFile = await deps.store.watches.list(CONFIG_WORKSPACE);
  return [...own, ...fromFile.filter((watch) => watch.channels.includes(request.channel))];
}

function watchLine(watch: Watch, here: string): Line {
  const line: Line = ['• ', { text: watch.name, style: 'bold' }];
  if (watch.query !== watch.name) line.push(' ', { text: watch.query, style: 'code' });
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
  return [['No longer watching ', { text: watch.name, style: 'bold' }, '.']];
}
