import { listedArticles, listedSources } from '../../../alerts/compose.ts';
import type { AlertContent } from '../../../model/alert.ts';
import type { Button, Line, Reply, Segment } from '../../../model/rich-text.ts';
import type { StoredAlert } from '../../../store/alerts.ts';
import {
  byline,
  continuesLine,
  footer,
  labelled,
  leadText,
  receiptsButton,
  sourceLines,
} from '../../alert-text.ts';
import type { Action, Command, CommandDeps, CommandRequest } from '../../command.ts';
import { correctionLines } from '../correction-lines.ts';
import { receiptLines } from '../receipts.ts';
import { severityLines } from '../severity-lines.ts';
import { mergeStories, splitStory } from './correct.ts';
import { alertNamed, currentAlert } from './story-named.ts';

/** More would not fit on a phone. */
const SPLIT_BUTTONS = 5;

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
    { name: 'unmute', help: 'hear of a muted story again', argument, audience: 'channel', run: unmuteStory },
    {
      name: 'split',
      help: 'take an article out of its story into one of its own',
      argument: { name: 'article', help: 'its link, or words of its headline', required: true },
      audience: 'channel',
      run: splitStory,
    },
    {
      name: 'merge',
      help: 'make two stories one',
      argument: {
        name: 'stories',
        help: 'words of a headline or a link, then “into” and the other',
        required: true,
      },
      audience: 'channel',
      run: mergeStories,
    },
  ],
};

async function openStory(request: CommandRequest, deps: CommandDeps): Promise<Line[] | Reply> {
  const alert = await alertNamed(request.argument, request, deps);
  if (alert === null) return unknownStory(request);
  const current = await currentAlert(alert, deps.store);
  const corrections = await correctionLines(alert.storyId, request.workspace, deps);
  const told = new Set(listedArticles(alert.content));
  const severity = await severityLines(alert.storyId, ({ id }) => told.has(id), deps);
  return {
    lines: [...storyLines(alert.content), ...severity, ...corrections, ...laterLines(alert, current)],
    buttons: [receiptsButton(alert.id), muteButton(current), ...splitButtons(current)],
  };
}

function laterLines(alert: StoredAlert, { id, content }: StoredAlert): Line[] {
  if (id === alert.id) return [];
  return [['It goes on in a later message: ', { text: content.headline, link: content.link, style: 'bold' }]];
}

function muteButton({ id, mutedAt }: StoredAlert): Button {
  return mutedAt === null
    ? { label: 'Hear no more of it', command: `story mute ${id}` }
    : { label: 'Hear of it again', command: `story unmute ${id}` };
}

function splitButtons({ content }: StoredAlert): Button[] {
  const sources = listedSources(content);
  if (sources.length < 2) return [];
  return sources.slice(0, SPLIT_BUTTONS).map(({ source, mark }) => ({
    label: `[${mark}] is another story`,
    command: `story split ${source.articleId}`,
  }));
}

async function showReceipts(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const alert = await alertNamed(request.argument, request, deps);
  return alert === null ? unknownStory(request) : receiptLines(alert.content);
}

async function muteStory(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const alert = await alertNamed(request.argument, request, deps);
  if (alert === null) return unknownStory(request);
  // No news makes it go on in another message meanwhile.
  const { content } = await deps.store.exclusive(async (tables) => {
    const current = await currentAlert(alert, tables);
    await tables.alerts.mute(current.id, deps.now());
    return current;
  });
  return [['This channel hears no more of ', { text: content.headline, style: 'bold' }, '.']];
}

async function unmuteStory(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const named = await alertNamed(request.argument, request, deps);
  if (named === null) return unknownStory(request);
  const { content, mutedAt } = await deps.store.exclusive(async (tables) => {
    const current = await currentAlert(named, tables);
    if (current.mutedAt !== null) await tables.alerts.unmute(current.id, deps.now());
    return current;
  });
  const headline: Segment = { text: content.headline, style: 'bold' };
  return [
    mutedAt === null ? [headline, ' is not muted here.'] : ['This channel hears of ', headline, ' again.'],
  ];
}

function unknownStory({ argument: typed }: CommandRequest): Line[] {
  return [[`No alert of this channel is about “${typed}”. Type some words of its headline, or its link.`]];
}

function storyLines(content: AlertContent): Line[] {
  const { headline, link } = content;
  const earlier = continuesLine(content);
  return [
    [{ text: headline, link, style: 'bold' }],
    byline(content),
    ...(earlier === null ? [] : [earlier]),
    ...(content.lead.length === 0 ? [] : [[leadText(content)]]),
    ...labelled(content).flatMap(({ label, items }): Line[] => [[{ text: label, style: 'bold' }], ...items]),
    ...sourceLines(content),
    [footer(content)],
  ];
}
