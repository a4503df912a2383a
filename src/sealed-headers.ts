import type { Target } from './feeds/guard.ts';
import type { Vault } from './ops/vault.ts';

/** What user and password of an address become. */
export function loginHeaders({ authorization }: Target): Record<string, string> {
  return authorization === null ? {} : { Authorization: authorization };
}

/** A feed's extra headers as the store keeps them; null when there are none. */
export function sealHeaders(headers: Record<string, string>, vault: Vault): string | null {
  return Object.keys(headers).length === 0 ? null : vault.seal(JSON.stringify(headers));
}

/** The headers again. Throws an Error with the remedy when the vault's key is another one. */
export function openHeaders(sealed: string, vault: Vault): Record<string, string> {
  return JSON.parse(vault.open(sealed));
}
