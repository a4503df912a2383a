import { randomBytes } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A new id: 22 characters, sorted by time of creation, unique across processes. It fits Discord's nonce
 * (25 characters, resources/message).
 */
export function newId(now: number): string {
  counter = now === lastMs ? counter + 1 : 0;
  lastMs = now;
  const time = now.toString(36).padStart(9, '0');
  const order = counter.toString(36).padStart(4, '0');
  return `${time}${order}${randomBytes(6).readUIntBE(0, 6).toString(36).padStart(9, '0').slice(-9)}`;
}
