import type { Line, Reply } from '../../../model/rich-text.ts';
import type { CommandDeps, CommandRequest } from '../../command.ts';
import { counted, cut } from '../../plain.ts';
import type { Refusal } from '../../story-desk.ts';
import { articleNamed, noArticleNamed } from '../article-named.ts';
import { isHere } from '../here.ts';
import { type NamedStory, storyNamed } from './story-named.ts';

const REFUSALS: Record<Refusal, string> = {
  alone: 'No other article tells its story, so there is nothing to split.',
  same: 'They are one story already.',
  'not yours':
    'Not all of its articles are in feeds that you follow, so it can be corrected only where they all are followed.',
};

/** Takes an article out of its story, and offers to put it back. */
export async function splitStory(request: CommandRequest, deps: CommandDeps): Promise<Line[] | Reply> {
  const { argument, workspace, person } = request;
  const found = await articleNamed(argument, workspace, deps);
  if (found === null) return [noArticleNamed(argument)];
  const { id, title, outlet, link } = found.article;
  const outcome = await deps.storyDesk.split(id, { workspace, person });
  if (typeof outcome === 'string') return [[REFUSALS[outcome]]];
  const left = await deps.store.stories.originsOf(outcome.fromStoryId);
  return {
    lines: [
      [
        { text: cut(title, 200), link, style: 'bold' },
        ` (${outlet}) is a story of its own now; ${counted(left.length, 'other article')} stayed together. News of either is told apart from now on.`,
      ],
    ],
    // A story is named by any of its articles.
    buttons: left.slice(0, 1).map((one) => ({ label: 'Undo', command: `story merge ${id} into ${one.id}` })),
  };
}

/** Makes two stories one, and says where its news goes. */
export async function mergeStories(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const { workspace, person } = request;
  const named = await storiesNamed(request, deps);
  if (!Array.isArray(named)) return [[named.problem]];
  const [from, into] = named;
  const outcome = await deps.storyDesk.merge(from.storyId, into.storyId, { workspace, person });
  if (outcome !== 'merged') return [[REFUSALS[outcome]]];
  const alerts = (await deps.store.alerts.all(into.storyId)).filter(({ channel }) =>
    isHere(request, channel),
  );
  const current = alerts.find(({ followedBy }) => followedBy === null);
  const line: Line = [bold(from.headline), ' and ', bold(into.headline), ' are one story now.'];
  if (current !== undefined && alerts.length > 1) {
    line.push(' News of it comes with ', bold(current.content.headline), '.');
  }
  return [line];
}

function bold(text: string) {
  return { text: cut(text, 200), style: 'bold' as const };
}

/** The two stories around an “into”, of which a headline may have one too. */
async function storiesNamed(
  request: CommandRequest,
  deps: CommandDeps,
): Promise<[NamedStory, NamedStory] | { problem: string }> {
  const parts = request.argument.split(/\s+into\s+/i);
  let problem = 'Put “into” between the two: /story merge raid in Atme into helicopter raid.';
  for (let at = 1; at < parts.length; at += 1) {
    const [first, second] = [parts.slice(0, at).join(' into '), parts.slice(at).join(' into ')];
    const [from, into] = [await storyNamed(first, request, deps), await storyNamed(second, request, deps)];
    if (from !== null && into !== null) return [from, into];
    problem = `No story that you can see is about “${cut(from === null ? first : second, 200)}”. Type some words of its headline, or its link.`;
  }
  return { problem };
}
