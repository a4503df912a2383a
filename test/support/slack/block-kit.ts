import {
  type Check,
  checkImageUrl,
  checkItems,
  checkMembers,
  checkOptionalText,
  checkString,
  checkText,
  checkTextObject,
  PLAIN,
  report,
} from './block-check.ts';
import { checkElement, ELEMENTS_OF } from './element-rules.ts';
import { asObjects, asText, isObject, type Json } from './json.ts';

interface BlockRule {
  members: readonly string[];
  check: (check: Check, block: Json, pointer: string) => void;
}

/** Limits of @slack/types' JSDoc. Block types that are not here (video, table, card…) are refused: nobody needs them yet. */
const BLOCKS: Record<string, BlockRule> = {
  section: { members: ['text', 'fields', 'accessory', 'expand'], check: checkSection },
  header: {
    members: ['text'],
    check: (check, block, at) => checkText(check, block, 'text', at, { types: PLAIN, max: 150 }),
  },
  divider: { members: [], check: () => {} },
  context: { members: ['elements'], check: checkContext },
  actions: { members: ['elements'], check: checkActions },
  image: { members: ['image_url', 'alt_text', 'title'], check: checkImage },
  input: { members: ['label', 'element', 'hint', 'optional', 'dispatch_action'], check: checkInput },
  markdown: { members: ['text'], check: checkMarkdown },
  rich_text: { members: ['elements'], check: checkRichText },
};

/** Cumulative, over all markdown blocks of a payload. */
const MARKDOWN_MAX = 12_000;
/**
 * Slack documents no limit for all blocks of a message together; it refuses them near 13,200 characters and was seen
 * to refuse 11,341 counted ones (slackapi/bolt-js issues 2509 and 2867), so containers count too.
 */
const MESSAGE_MAX = 12_000;
const PER_BLOCK = 125;

export interface BlockContext {
  surface: Check['surface'];
  /** Where the blocks are in the request: `/blocks` or `/view/blocks`. */
  pointer: string;
  canFetch: (url: string) => boolean;
  hasSubmit?: boolean;
}

/** Why Slack would refuse these blocks, in its own words; an empty list when it would not. */
export function blockProblems(blocks: Json[], context: BlockContext): string[] {
  const check: Check = {
    problems: [],
    surface: context.surface,
    canFetch: context.canFetch,
    blockIds: new Set(),
    markdownLength: 0,
    hasSubmit: context.hasSubmit ?? false,
  };
  const max = context.surface === 'message' ? 50 : 100;
  if (blocks.length > max) report(check, context.pointer, `no more than ${max} items allowed`);
  for (const [index, block] of blocks.entries()) checkBlock(check, block, `${context.pointer}/${index}`);
  return check.problems;
}

/** Whether all blocks together are more than a message may hold (`msg_blocks_too_long`). */
export function areTooLong(blocks: Json[]): boolean {
  return textLength(blocks) + blocks.length * PER_BLOCK > MESSAGE_MAX;
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [member, inner]) =>
      sum + (member === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)),
    0,
  );
}

function checkBlock(check: Check, block: Json, pointer: string): void {
  const type = asText(block.type);
  const rule = BLOCKS[type];
  if (!rule) {
    report(check, `${pointer}/type`, `unsupported type: ${type}`);
    return;
  }
  checkMembers(check, block, ['type', 'block_id', ...rule.members], pointer);
  checkString(check, block, 'block_id', pointer, { max: 255 });
  const blockId = asText(block.block_id);
  if (blockId !== '' && check.blockIds.has(blockId)) {
    report(check, `${pointer}/block_id`, `\`block_id\` "${blockId}" already exists`);
  }
  check.blockIds.add(blockId);
  rule.check(check, block, pointer);
}

function checkSection(check: Check, block: Json, pointer: string): void {
  if (block.text === undefined && block.fields === undefined) {
    report(check, pointer, 'must define either `text` or `fields`');
  }
  checkOptionalText(check, block, 'text', pointer, { max: 3000 });
  if (block.fields !== undefined) {
    for (const { item, at } of checkItems(check, block, 'fields', pointer, { max: 10 })) {
      checkTextObject(check, item, at, { max: 2000 });
    }
  }
  if (block.accessory !== undefined) {
    const accepts = { accepts: ELEMENTS_OF.section, actionIds: new Set<string>() };
    checkElement(check, block.accessory, `${pointer}/accessory`, accepts);
  }
}

function checkContext(check: Check, block: Json, pointer: string): void {
  for (const { item, at } of checkItems(check, block, 'elements', pointer, { max: 10 })) {
    if (item.type === 'image') {
      checkElement(check, item, at, { accepts: ELEMENTS_OF.context, actionIds: new Set() });
    } else {
      checkTextObject(check, item, at, { max: 3000 });
    }
  }
}

function checkActions(check: Check, block: Json, pointer: string): void {
  const accepts = { accepts: ELEMENTS_OF.actions, actionIds: new Set<string>() };
  for (const { item, at } of checkItems(check, block, 'elements', pointer, { max: 25 })) {
    checkElement(check, item, at, accepts);
  }
}

function checkImage(check: Check, block: Json, pointer: string): void {
  checkImageUrl(check, block, pointer);
  checkString(check, block, 'alt_text', pointer, { min: 1, max: 2000 });
  checkOptionalText(check, block, 'title', pointer, { types: PLAIN, max: 2000 });
}

function checkInput(check: Check, block: Json, pointer: string): void {
  checkText(check, block, 'label', pointer, { types: PLAIN, max: 2000 });
  checkOptionalText(check, block, 'hint', pointer, { types: PLAIN, max: 2000 });
  checkElement(check, block.element, `${pointer}/element`, {
    accepts: ELEMENTS_OF.input,
    actionIds: new Set(),
  });
  if (check.surface === 'modal' && !check.hasSubmit) {
    report(check, `${pointer}/input`, 'must define `submit` to use an `input` block in modals');
  }
}

function checkMarkdown(check: Check, block: Json, pointer: string): void {
  checkString(check, block, 'text', pointer, { min: 1, max: MARKDOWN_MAX });
  check.markdownLength += asText(block.text).length;
  if (check.markdownLength > MARKDOWN_MAX) {
    report(check, `${pointer}/text`, `must be less than ${MARKDOWN_MAX + 1} characters`);
  }
}

const RICH_TEXT = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'];
const RICH_TEXT_LEAVES = 'text link user usergroup channel broadcast emoji date color team'.split(' ');

function checkRichText(check: Check, block: Json, pointer: string): void {
  for (const { item, at } of checkItems(check, block, 'elements', pointer, { min: 0, max: 1000 })) {
    if (RICH_TEXT.includes(asText(item.type))) checkRichTextLeaves(check, item, at);
    else report(check, `${at}/type`, `unsupported type: ${asText(item.type)}`);
  }
}

function checkRichTextLeaves(check: Check, container: Json, pointer: string): void {
  for (const [index, leaf] of asObjects(container.elements).entries()) {
    const at = `${pointer}/elements/${index}`;
    if (RICH_TEXT.includes(asText(leaf.type))) checkRichTextLeaves(check, leaf, at);
    else if (!RICH_TEXT_LEAVES.includes(asText(leaf.type))) {
      report(check, `${at}/type`, `unsupported type: ${asText(leaf.type)}`);
    } else if (leaf.type === 'text' && asText(leaf.text) === '') {
      report(check, `${at}/text`, 'must be more than 0 characters');
    }
  }
}
