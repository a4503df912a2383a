import type { Line } from '../../../model/rich-text.ts';
import type { CommandDeps, CommandRequest } from '../../command.ts';
import { counted } from '../../plain.ts';

const NO_FILE =
  'I see no file. In Slack share an OPML file here first, not in a thread; in Discord attach it to the command; in the terminal type its path.';

/** Adds the feeds of an OPML file; each one's first poll is its baseline, so nothing is posted. */
export async function importFeeds(request: CommandRequest, deps: CommandDeps): Promise<Line[]> {
  const text = await request.attachment?.();
  if (text == null) return [[NO_FILE]];
  const imported = await deps.feedDesk.importList(text, request);
  if (typeof imported === 'string') return [[imported]];
  const { added, known } = imported;
  const already = known === 0 ? '' : `, ${known} ${known === 1 ? 'was' : 'were'} followed already`;
  return [[`${counted(added, 'feed')} added${already}. What they have published before is not posted.`]];
}
