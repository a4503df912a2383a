import type { AlertContent } from '../../model/alert.ts';
import type { Line, Reply } from '../../model/rich-text.ts';
import type { StoredAlert } from '../../store/alerts.ts';
import { byline, footer, labelled, receiptsButton, sourceLines } from '../alert-text.ts';
import type { Action, Command, CommandDeps, CommandRequest } from '../command.ts';
import { isHere } from './here.ts';
import { receiptLines } from './receipts.ts';
import { severityLines } from './severity-lines.ts';

/** The newest alerts of a channel among which words of a headline are looked for. */
const SEARCHED = 200;

const argument: Action['argument'] = {
  name: 'story',
  help: 'words of the headline, or its link',
  required: true,
};

/** `/story`: what this channel was told about one story. */
export const storyCommand: Command = {
  name: 'story',
  help: 'What this channel was told about one story',
  actions: [
    { name: 'open', help: 'show all that is known of a story', argument, audience: 'person', run: openStory },
    {
      name: 'receipts',
      help: 'for each value the sentence it was read from, with outlet and time',
      argument,
      audience: 'person',
      run: showReceipts,
    },
    {
      name: 'mute',
      help: 'hear no more of a story in this channel',
      argument,
      audience: 'channel',
      run: muteStory,
    },
  ],
};

async function openStory(request: CommandRequest, deps: CommandDeps): Promise<Line[] | Reply> {
  const alert = await storyNamed(request, deps);
  if (alert === null) return unknownStory(request);
  const mute = { label: 'Hear no more of it', command: `story mute ${alert.id}` };
  const told = new Set(alert.content.sources.map(({ articleId }) => articleId));
  const severity = await severityLines(alert.storyId, ({ id }) => told.has(id), deps);
  return { lines: [...storyLines(alert.content), ...severity], buttons: [receiptsButton(alert.id), mute] };
}

async function showReceipts(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const alert = await storyNamed(request, deps);
  return alert === null ? unknownStory(request) : receiptLines(alert.content);
}

async function muteStory(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const alert = await storyNamed(request, deps);
  if (alert === null) return unknownStory(request);
  await deps.store.alerts.mute(alert.id, deps.now());
  return [['This channel hears no more of ', { text: alert.content.headline, style: 'bold' }, '.']];
}

/** The newest alert of the channel that has this id, this link or these words in its headline; null when none has. */
async function storyNamed(request: CommandRequest, { store }: CommandDeps): Promise<StoredAlert | null> {
  const { channel, forum, argument: typed } = request;
  const byId = await store.alerts.get(typed);
  if (byId !== null && isHere(request, byId.channel)) return byId;
  const words = typed.toLowerCase();
  const isMeant = ({ content: { headline, sources } }: StoredAlert) =>
    headline.toLowerCase().includes(words) || sources.some(({ link }) => link === typed);
  const here = await store.alerts.ofChannel(channel, SEARCHED);
  const inForum = forum === undefined ? [] : await store.alerts.ofChannel(forum, SEARCHED);
  return [...here, ...inForum].find(isMeant) ?? null;
}

function unknownStory({ argument: typed }: CommandRequest): Line[] {
  return [[`No alert of this channel is about “${typed}”. Type some words of its headline, or its link.`]];
}

function storyLines(content: AlertContent): Line[] {
  const { headline, link, lead } = content;
  return [
    [{ text: headline, link, style: 'bold' }],
    byline(content),
    ...(lead.length === 0 ? [] : [[lead.join(' ')]]),
    ...labelled(content).flatMap(({ label, items }): Line[] => [[{ text: label, style: 'bold' }], ...items]),
    ...sourceLines(content),
    [footer(content)],
  ];
}
