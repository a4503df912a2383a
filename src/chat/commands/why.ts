import { listedArticles } from '../../alerts/compose.ts';
import { reasonText } from '../../matching/reasons.ts';
import { trialOf } from '../../matching/trial.ts';
import type { MatchOptions } from '../../matching/watch-index.ts';
import { createWatchIndex } from '../../matching/watch-index.ts';
import type { Ping } from '../../model/ping.ts';
import type { Line, Segment } from '../../model/rich-text.ts';
import type { Watch } from '../../model/watch.ts';
import type { SentMessage } from '../../store/alert-messages.ts';
import type { StoredAlert } from '../../store/alerts.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import type { Command, CommandDeps, CommandRequest } from '../command.ts';
import { counted, cut } from '../plain.ts';
import { articleLine } from './article-line.ts';
import { articleNamed, noArticleNamed } from './article-named.ts';
import { spoken } from './calling.ts';
import { correctionLines } from './correction-lines.ts';
import { isHere } from './here.ts';
import { highlighted } from './highlighted.ts';
import { visibleFeeds } from './search.ts';
import { severityLines } from './severity-lines.ts';
import { storyChoiceLines } from './story-choice-lines.ts';
import { visibleWatches } from './visible-watches.ts';

const SHOWN_SOURCES = 5;
const REASON_CHARACTERS = 300;

/** `/why`: what became of an article, and why. */
export const whyCommand: Command = {
  name: 'why',
  help: 'Why an article did or did not alert this channel',
  actions: [
    {
      name: null,
      help: 'when it was read, which watch it matches or misses by what, its story, and where its message is',
      argument: { name: 'article', help: 'its link, or words of its headline', required: true },
      audience: 'person',
      run: why,
    },
  ],
};

async function why(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const found = await articleNamed(request.argument, request.workspace, deps);
  if (found === null) return [noArticleNamed(request.argument)];
  const { article, options } = found;
  const watches = await visibleWatches(request, deps);
  const alerts = await alertsHere(article, request, deps);
  const alert = alerts.find(({ followedBy }) => followedBy === null);
  return [
    articleLine(article),
    ['First read ', { timeMs: article.firstSeenAt }, `, version ${article.revision}.`],
    ...(await storyLines(article, request, deps)),
    ...(await storyChoiceLines(article, request, deps)),
    ...(await correctionLines(article.storyId, request.workspace, deps)),
    ...(await gravityLines(article, alert, request, deps)),
    ...watches.flatMap((watch) => watchVerdict(watch, article, options, deps)),
    ...(watches.length === 0 ? [['There is no watch here.']] : []),
    ...(await toldLines(alerts, deps)),
  ];
}

async function storyLines(
  { id, storyId }: FoundArticle,
  { workspace }: CommandRequest,
  { store }: CommandDeps,
): Promise<Line[]> {
  if (storyId === null) return [];
  const feeds = await visibleFeeds(workspace, store);
  const others = (await store.articles.ofStory(storyId, 50)).filter(
    (other) => other.id !== id && feeds.has(other.feedId),
  );
  if (others.length === 0) return [['No other article tells its story.']];
  return [
    [`Its story is told by ${counted(others.length, 'other article')}:`],
    ...others.slice(0, SHOWN_SOURCES).map((other): Line => ['• ', ...articleLine(other)]),
  ];
}

/** By what this channel was told of the story; by the feeds that it sees where it was told nothing. */
async function gravityLines(
  { storyId }: FoundArticle,
  alert: StoredAlert | undefined,
  request: CommandRequest,
  deps: CommandDeps,
): Promise<Line[]> {
  if (storyId === null) return [];
  const told = new Set(alert === undefined ? [] : listedArticles(alert.content));
  const feeds = await visibleFeeds(request.workspace, deps.store);
  return severityLines(
    storyId,
    (one) => (alert === undefined ? feeds.has(one.feedId) : told.has(one.id)),
    deps,
  );
}

/** Whether the watch matches, and by what, in bold where it stands; or what keeps the article from it. */
function watchVerdict(
  watch: Watch,
  { text }: FoundArticle,
  options: MatchOptions,
  { knowledge }: CommandDeps,
): Line[] {
  const name: Segment = { text: watch.name, style: 'bold' };
  const verdict = trialOf(watch.query, knowledge)(text, options);
  if (verdict === null) return [['✗ ', name, ': nothing that it asks for is in the article']];
  if (verdict.nearMiss !== null) {
    return [['✗ ', name, ': ', { text: cut(verdict.nearMiss, REASON_CHARACTERS), style: 'bold' }]];
  }
  const index = createWatchIndex(knowledge);
  index.add({ id: watch.id, query: watch.query });
  const reasons = index.explain(watch.id, text, options);
  const words = [...new Set(reasons.map(reasonText))].join('; ');
  const sentence = highlighted(
    text,
    reasons.flatMap(({ span }) => span ?? []),
  );
  return [
    ['✓ ', name, `: ${cut(words, REASON_CHARACTERS)}`],
    ...(sentence.length === 0 ? [] : [['   “', ...sentence, '”']]),
  ];
}

/** What this channel was told of the article's story, oldest first. */
async function alertsHere(
  { storyId }: FoundArticle,
  request: CommandRequest,
  { store }: CommandDeps,
): Promise<StoredAlert[]> {
  const alerts = storyId === null ? [] : await store.alerts.all(storyId);
  return alerts.filter((one) => isHere(request, one.channel));
}

async function toldLines(alerts: StoredAlert[], deps: CommandDeps): Promise<Line[]> {
  if (alerts.length === 0) return [['This channel was told nothing of its story.']];
  const lines: Line[] = [];
  for (const alert of alerts) lines.push(...(await messageLines(alert, deps)));
  return lines;
}

async function messageLines(alert: StoredAlert, { store, now, messageLink }: CommandDeps): Promise<Line[]> {
  const messages = await store.alerts.messages(alert.id);
  const place = await store.alerts.place(alert.id);
  const { quiet } = await store.channels.settings(alert.channel);
  const link =
    place === null || place.messageId === null ? null : messageLink(alert.channel, place.messageId);
  return [
    ...stateLines(alert, quiet),
    ...messages.flatMap(messageLine),
    ...(place === null || place.queue === null ? [] : queueLines(place.queue, now())),
    ...(link === null ? [] : [[{ text: 'To its message', link }]]),
  ];
}

function stateLines({ heldUntil, heldFor, mutedAt, goneAt }: StoredAlert, quiet: string | null): Line[] {
  const lines: Line[] = [];
  if (heldUntil !== null) {
    const hours = quiet === null ? '' : ` (${quiet})`;
    const cause = heldFor === 'quiet hours' ? ` for the quiet hours here${hours}` : ', as its watches ask';
    lines.push(['It is held until ', { timeMs: heldUntil }, `${cause}.`]);
  }
  if (mutedAt !== null) lines.push(['The story was muted here ', { timeMs: mutedAt }, '.']);
  if (goneAt !== null)
    lines.push(['Somebody deleted its message; that was noticed ', { timeMs: goneAt }, '.']);
  return lines;
}

function queueLines({ ahead, holdUntil }: { ahead: number; holdUntil: number }, now: number): Line[] {
  const before =
    ahead === 0
      ? 'It is next'
      : `${counted(ahead, 'message')} of this channel ${ahead === 1 ? 'goes' : 'go'} before it`;
  return [
    holdUntil > now ? [`${before}; the channel waits until `, { timeMs: holdUntil }, '.'] : [`${before}.`],
  ];
}

function calledText(called: readonly Ping[]): string {
  return called.length === 0 ? '' : `, and called ${called.map(spoken).join(', ')}`;
}

const WORDS: Record<SentMessage['kind'], string> = {
  post: 'The alert',
  edit: 'A change of the alert',
  reply: 'An update in its thread',
  notice: 'A notice',
  'roll-up': 'A message with several alerts',
  'roll-up-edit': 'A change of that message',
};

function messageLine({ kind, state, queuedAt, settledAt, error, called }: SentMessage): Line[] {
  const what = WORDS[kind];
  switch (state) {
    case 'sent':
      return [[`${what} was posted here `, { timeMs: settledAt ?? queuedAt }, `${calledText(called)}.`]];
    case 'parked':
      return [[`${what} was set aside: ${error ?? 'no reason is known'}. /status retry sends it again.`]];
    case 'folded':
      return [];
    default:
      return [[`${what} waits since `, { timeMs: queuedAt }, error === null ? '.' : `: ${error}`]];
  }
}
