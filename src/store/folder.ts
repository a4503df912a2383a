import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes the folder and those above it. Throws what the system says where that is not allowed. Node's own
 * `recursive` option never returns where a file system refuses with ENOENT, as /proc does (seen in Node 24.21).
 */
export function ensureFolder(path: string): void {
  const folder = resolve(path);
  if (existsSync(folder)) return;
  ensureFolder(dirname(folder));
  mkdirSync(folder);
}
