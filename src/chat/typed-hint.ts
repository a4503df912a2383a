import type { Button, Line } from '../model/rich-text.ts';

/** A button where there is nothing to press: what to type instead. */
export function typedHint({ label, command }: Button): Line {
  return [`${label}: type `, { text: `/${command}`, style: 'code' }];
}
