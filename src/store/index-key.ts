import { createHash } from 'node:crypto';

/** PostgreSQL refuses index entries over 2,704 bytes; feeds have guids and links of any length. */
const MAX_CHARS = 200;

/** The key as indexes hold it: itself, or its beginning and the hash of all of it. */
export function indexKey(key: string): string {
  if (key.length <= MAX_CHARS) return key;
  return `${key.slice(0, 100)}…${createHash('sha256').update(key).digest('hex')}`;
}
