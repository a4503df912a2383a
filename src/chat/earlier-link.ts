import type { Attempt } from '../model/alert.ts';

/** The try with the address of the message that its alert goes on from, where it goes on from one. */
export async function withEarlierLink(
  attempt: Attempt,
  linkOf: (messageId: string) => Promise<string | null>,
): Promise<Attempt> {
  const { operation } = attempt;
  if (!('content' in operation) || operation.content.continues === undefined) return attempt;
  const { continues } = operation.content;
  const link = await linkOf(continues.messageId);
  if (link === null) return attempt;
  const content = { ...operation.content, continues: { ...continues, link } };
  return { ...attempt, operation: { ...operation, content } };
}
