import { randomBytes } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A new id: 22 characters, unique across processes, later than every id this process made before, even when the
 * clock steps back. It fits Discord's nonce (25 characters, resources/message).
 */
export function newId(now: number): string {
  counter = now > lastMs ? 0 : counter + 1;
  lastMs = Math.max(lastMs, now);
  const time = lastMs.toString(36).padStart(9, '0');
  const order = counter.toString(36).padStart(4, '0');
  return `${time}${order}${randomBytes(6).readUIntBE(0, 6).toString(36).padStart(9, '0').slice(-9)}`;
}
