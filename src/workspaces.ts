import type { WorkspaceOf } from './audience.ts';
import type { Store } from './store/store.ts';
import { CONFIG_WORKSPACE } from './store/watches.ts';

/** Which workspace each channel of the file's watches belongs to. */
export interface Workspaces {
  of: WorkspaceOf;
  /** Keeps what the platforms say by now, for the time before they answer after the next start. */
  remember(): Promise<void>;
}

/** What platforms said is known from the start; `ask` is what they say now, null while they are not connected. */
export async function createWorkspaces(store: Store, ask: WorkspaceOf): Promise<Workspaces> {
  const known = await store.channels.workspaces();
  return {
    of: (channel) => ask(channel) ?? known.get(channel) ?? null,
    async remember() {
      const watches = await store.watches.list(CONFIG_WORKSPACE);
      for (const channel of new Set(watches.flatMap(({ channels }) => channels))) {
        const workspace = ask(channel);
        if (workspace === null || known.get(channel) === workspace) continue;
        await store.channels.belongs(channel, workspace);
        known.set(channel, workspace);
      }
    },
  };
}
