import { packLines } from '../plain.ts';

/** docs.slack.dev/reference/block-kit/blocks/section-block. */
const SECTION_TEXT = 3000;
/** Undocumented: all blocks of one message together; refused from about 13,200 (slackapi/bolt-js#2509). */
const ALL_TEXT = 10_000;

/** One section per text, as many as fit into `room` characters; a text over the limit loses whole lines from its end. */
export function sections(texts: string[], room = ALL_TEXT): ReturnType<typeof section>[] {
  let left = room;
  const blocks: ReturnType<typeof section>[] = [];
  for (const text of texts) {
    const fitting = wholeLines(text, Math.min(SECTION_TEXT, left));
    left -= fitting.length;
    if (fitting !== '') blocks.push(section(fitting));
  }
  return blocks;
}

/** Escapes and links must not be cut in two, so what is too long ends at a line. */
function wholeLines(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.lastIndexOf('\n', max - 2);
  return end <= 0 ? '' : `${text.slice(0, end)}\n…`;
}

/** A section of mrkdwn. */
export function section(text: string) {
  // verbatim: Slack must not turn "@channel" or "#name" in feed text into mentions.
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text, verbatim: true } };
}

/** Lines packed into as few sections as they need; `besides` is how many characters other blocks take. */
export function packed(lines: string[], besides: number): ReturnType<typeof section>[] {
  return sections(packLines(lines, SECTION_TEXT), ALL_TEXT - besides);
}
