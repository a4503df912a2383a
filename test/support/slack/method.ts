import type { Args } from './arguments.ts';
import type { Json } from './json.ts';
import type { AppManifest } from './manifest.ts';
import type { Modals } from './modals.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** One call of the Web API, after its token was accepted. */
export interface Call {
  args: Args;
  workspace: Workspace;
  manifest: AppManifest;
  modals: Modals;
  teamId: string;
  /** A Socket Mode address that one connection may use. */
  socketUrl: () => string;
  /** Counts a message against the rate limit of a channel. Throws RateLimited. */
  spendRate: (channel: string) => void;
}

/** One method of the Web API. `run` returns the answer without `ok`, or throws Refusal. */
export interface Method {
  token: 'bot' | 'app';
  scope?: string;
  run: (call: Call) => Json;
}

/** Throws `missing_scope`, with what was needed and what the manifest provides. */
export function requireScope(manifest: AppManifest, scope: string): void {
  if (manifest.scopes.has(scope)) return;
  throw new Refusal('missing_scope', { needed: scope, provided: [...manifest.scopes].join(',') });
}
