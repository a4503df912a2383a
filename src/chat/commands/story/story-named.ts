import { listedSources } from '../../../alerts/compose.ts';
import type { StoredAlert } from '../../../store/alerts.ts';
import type { Tables } from '../../../store/store.ts';
import type { CommandDeps, CommandRequest } from '../../command.ts';
import { articleNamed } from '../article-named.ts';
import { isHere } from '../here.ts';

/** The newest alerts of a channel among which words of a headline are looked for. */
const SEARCHED = 200;

/**
 * The newest alert of the channel that has this id, this headline, this link or these words in its headline; null when
 * none has.
 */
export async function alertNamed(
  typed: string,
  request: CommandRequest,
  { store }: Pick<CommandDeps, 'store'>,
): Promise<StoredAlert | null> {
  const byId = await store.alerts.get(typed);
  if (byId !== null && isHere(request, byId.channel)) return byId;
  const words = typed.toLowerCase();
  const { channel, forum } = request;
  const here = await store.alerts.ofChannel(channel, SEARCHED);
  const inForum = forum === undefined ? [] : await store.alerts.ofChannel(forum, SEARCHED);
  const recent = [...here, ...inForum];
  const isWhole = ({ content }: StoredAlert) => content.headline.toLowerCase() === words;
  const isMeant = ({ content }: StoredAlert) =>
    content.headline.toLowerCase().includes(words) ||
    listedSources(content).some(({ source }) => source.link === typed);
  return recent.find(isWhole) ?? recent.find(isMeant) ?? null;
}

/** The alert that news of the same story goes to in the channel now. */
export async function currentAlert(
  named: StoredAlert,
  { alerts }: Pick<Tables, 'alerts'>,
): Promise<StoredAlert> {
  const alert = (await alerts.get(named.id)) ?? named;
  if (alert.followedBy === null) return alert;
  const ofStory = await alerts.ofStory(alert.storyId);
  return ofStory.find(({ channel }) => channel === alert.channel) ?? alert;
}

/** A story by what names an alert of this channel, else an article of a feed that the workspace follows. */
export interface NamedStory {
  storyId: string;
  headline: string;
}

/** The story that these words, this link or this id name; null when nothing does. */
export async function storyNamed(
  typed: string,
  request: CommandRequest,
  deps: CommandDeps,
): Promise<NamedStory | null> {
  if (typed === '') return null;
  const alert = await alertNamed(typed, request, deps);
  if (alert !== null) return { storyId: alert.storyId, headline: alert.content.headline };
  const found = await articleNamed(typed, request.workspace, deps);
  if (found === null || found.article.storyId === null) return null;
  return { storyId: found.article.storyId, headline: found.article.title };
}
