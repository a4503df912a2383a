import { readFileSync } from 'node:fs';

/** What a comment of RFC 9110, 5.6.5 may hold without escapes. */
const PLAIN = /^[ !-'*-[\]-~]{1,200}$/;

/**
 * How we name ourselves to servers, with a web or mail address of the operator's where they can complain
 * (RFC 9110, 10.1.5). Throws an Error when the contact has characters that a header can't carry.
 */
export function userAgent(contact: string | null): string {
  if (contact !== null && !PLAIN.test(contact)) {
    throw new Error(
      'the contact for publishers must be a web or mail address: up to 200 ASCII characters, no brackets',
    );
  }
  return `Tocsin/${version()} (${contact === null ? 'self-hosted news alerts' : `+${contact}`})`;
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
