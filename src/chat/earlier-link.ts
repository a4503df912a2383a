import type { Attempt } from '../model/alert.ts';
import { DeliveryError } from './delivery-error.ts';

/** The try with the address of the message that its alert goes on from, where it goes on from one. */
export async function withEarlierLink(
  attempt: Attempt,
  linkOf: (messageId: string) => Promise<string | null>,
): Promise<Attempt> {
  const { operation } = attempt;
  if (!('content' in operation) || operation.content.continues === undefined) return attempt;
  const { continues } = operation.content;
  if (continues.isGone) return attempt;
  const link = await linkOf(continues.messageId);
  if (link === null) return attempt;
  const content = { ...operation.content, continues: { ...continues, link } };
  return { ...attempt, operation: { ...operation, content } };
}

/**
 * Throws DeliveryError `message-gone` where a first message goes on from one that somebody deleted. A platform that lets
 * nobody look has not said so.
 */
export async function checkEarlier(
  { operation }: Attempt,
  isDeleted: (messageId: string) => Promise<boolean>,
): Promise<void> {
  const earlier = operation.kind === 'post' ? operation.content.continues : undefined;
  if (earlier === undefined || earlier.isGone || !(await isDeleted(earlier.messageId))) return;
  throw new DeliveryError('The message that it goes on from was deleted in the channel', {
    verdict: { kind: 'message-gone' },
  });
}
