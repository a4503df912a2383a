import type { CommandRequest } from '../command.ts';

/** Whether the address is the channel that was asked about, or the forum whose post that is. */
export function isHere({ channel, forum }: CommandRequest, address: string): boolean {
  return address === channel || address === forum;
}
