import type { Watch } from '../../model/watch.ts';
import { CONFIG_WORKSPACE } from '../../store/watches.ts';
import type { CommandDeps, CommandRequest } from '../command.ts';
import { isHere } from './here.ts';

/** Those of the workspace, and those of the file that post to this channel: nobody sees another's. */
export async function visibleWatches(request: CommandRequest, deps: CommandDeps): Promise<Watch[]> {
  const own = await deps.store.watches.list(request.workspace);
  const fromFile = await deps.store.watches.list(CONFIG_WORKSPACE);
  return [...own, ...fromFile.filter(({ channels }) => channels.some((channel) => isHere(request, channel)))];
}
