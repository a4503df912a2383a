import { type Args, blocksOf, flag, metadataOf } from './arguments.ts';
import { areTooLong, blockProblems } from './block-kit.ts';
import { asText, type Json } from './json.ts';
import { Refusal, refusalBecause } from './refusal.ts';
import { BOT_USER, type Message, type Workspace } from './workspace.ts';

/** Where a message goes; all else comes from the call. */
export interface Placement {
  channel: string;
  threadTs: string | null;
  ephemeralFor: string | null;
}

/** Longer texts are cut (api.slack.com/changelog/2018-04-truncating-really-long-messages). */
export const TEXT_MAX = 40_000;

/** Posts what a call, an acknowledgement or a response_url asks for. Throws Refusal as Slack would refuse it. */
export function post(workspace: Workspace, args: Args, place: Placement): Message {
  refuseUnread(args);
  const blocks = blocksOf(args) ?? [];
  const text = asText(args.text);
  checkContent(workspace, text, blocks);
  return workspace.add({
    ...place,
    user: BOT_USER,
    text: text.slice(0, TEXT_MAX),
    blocks,
    broadcast: place.threadTs !== null && flag(args, 'reply_broadcast'),
    metadata: metadataOf(args) ?? null,
    files: [],
    unfurlLinks: flag(args, 'unfurl_links', true),
    unfurlMedia: flag(args, 'unfurl_media', true),
    parsePlainText: args.parse === 'full' || flag(args, 'link_names'),
  });
}

/** Changes a message as a call asks: without blocks, a new text takes their place. Throws Refusal. */
export function edit(workspace: Workspace, message: Message, args: Args): void {
  refuseUnread(args);
  const text = args.text === undefined ? message.text : asText(args.text);
  const blocks = blocksOf(args) ?? (args.text === undefined ? message.blocks : []);
  const metadata = metadataOf(args);
  checkContent(workspace, text, blocks);
  message.text = text;
  message.blocks = workspace.withIds(blocks);
  if (metadata !== undefined) message.metadata = metadata;
  message.edited = true;
  workspace.changed();
}

function checkContent(workspace: Workspace, text: string, blocks: Json[]): void {
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  const problems = blockProblems(blocks, {
    surface: 'message',
    pointer: '/blocks',
    canFetch: (url) => !workspace.brokenImages.has(url),
  });
  if (problems.length > 0) throw refusalBecause('invalid_blocks', problems);
  if (areTooLong(blocks)) throw new Refusal('msg_blocks_too_long');
}

/** A message whose content the reader's view would miss must not pass for an empty one. */
function refuseUnread(args: Args): void {
  for (const name of ['attachments', 'markdown_text']) {
    if (args[name] === undefined) continue;
    throw refusalBecause('invalid_arguments', [
      `[ERROR] the simulator does not read ${name} [json-pointer:/${name}]`,
    ]);
  }
}
