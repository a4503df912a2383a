import {
  type Check,
  checkImageUrl,
  checkItems,
  checkMembers,
  checkOptionalText,
  checkString,
  checkText,
  checkUrl,
  PLAIN,
  report,
  type TextRule,
} from './block-check.ts';
import { asObject, asText, type Json } from './json.ts';

interface ElementRule {
  members: readonly string[];
  check: (check: Check, element: Json, pointer: string) => void;
}

const LABEL: TextRule = { types: PLAIN, max: 75 };
const PLACEHOLDER: TextRule = { types: PLAIN, max: 150 };
/** Members that most interactive elements share. */
const INPUT_MEMBERS = ['placeholder', 'focus_on_load', 'confirm', 'dispatch_action_config'];

/** Limits of @slack/types' JSDoc; overflow, radio buttons and checkboxes from docs.slack.dev/reference/block-kit. */
const ELEMENTS: Record<string, ElementRule> = {
  button: {
    members: ['text', 'url', 'value', 'style', 'confirm', 'accessibility_label'],
    check: checkButton,
  },
  image: { members: ['image_url', 'alt_text'], check: checkImageElement },
  static_select: choice(100, ['option_groups', 'initial_option']),
  multi_static_select: choice(100, ['option_groups', 'initial_options', 'max_selected_items']),
  overflow: choice(5, []),
  radio_buttons: choice(10, ['initial_option']),
  checkboxes: choice(10, ['initial_options']),
  plain_text_input: textInput(['multiline', 'min_length', 'max_length']),
  url_text_input: textInput([]),
  email_text_input: textInput([]),
  number_input: textInput(['is_decimal_allowed', 'min_value', 'max_value']),
  users_select: picker(['initial_user']),
  multi_users_select: picker(['initial_users', 'max_selected_items']),
  channels_select: picker(['initial_channel', 'response_url_enabled']),
  multi_channels_select: picker(['initial_channels', 'max_selected_items']),
  conversations_select: picker([
    'initial_conversation',
    'default_to_current_conversation',
    'filter',
    'response_url_enabled',
  ]),
  multi_conversations_select: picker([
    'initial_conversations',
    'default_to_current_conversation',
    'filter',
    'max_selected_items',
  ]),
  datepicker: picker(['initial_date']),
  timepicker: picker(['initial_time', 'timezone']),
};

const SELECTS = ['static_select', 'users_select', 'channels_select', 'conversations_select'];
const MULTI_SELECTS = SELECTS.map((type) => `multi_${type}`);
const PICKERS = ['datepicker', 'timepicker', 'radio_buttons', 'checkboxes'];

/** Which elements each block takes. */
export const ELEMENTS_OF = {
  section: ['button', 'image', 'overflow', ...SELECTS, ...MULTI_SELECTS, ...PICKERS],
  actions: ['button', 'overflow', ...SELECTS, ...PICKERS],
  input: [
    'plain_text_input',
    'url_text_input',
    'email_text_input',
    'number_input',
    ...SELECTS,
    ...MULTI_SELECTS,
    ...PICKERS,
  ],
  context: ['image'],
} as const;

/** Checks an element and, among the elements of its block, that its action_id is unique. */
export function checkElement(
  check: Check,
  value: unknown,
  pointer: string,
  block: { accepts: readonly string[]; actionIds: Set<string> },
): void {
  const element = asObject(value);
  const type = asText(element.type);
  const rule = block.accepts.includes(type) ? ELEMENTS[type] : undefined;
  if (!rule) {
    report(check, pointer, `unsupported element: ${type}`);
    return;
  }
  checkMembers(check, element, ['type', 'action_id', ...rule.members], pointer);
  checkString(check, element, 'action_id', pointer, { max: 255 });
  const actionId = asText(element.action_id);
  if (actionId !== '' && block.actionIds.has(actionId)) {
    report(check, `${pointer}/action_id`, `\`action_id\` "${actionId}" already exists`);
  }
  block.actionIds.add(actionId);
  rule.check(check, element, pointer);
}

function checkButton(check: Check, button: Json, pointer: string): void {
  checkText(check, button, 'text', pointer, LABEL);
  checkString(check, button, 'value', pointer, { max: 2000 });
  checkString(check, button, 'accessibility_label', pointer, { max: 75 });
  if (button.url !== undefined) checkUrl(check, button, 'url', pointer);
  if (button.style !== undefined && button.style !== 'primary' && button.style !== 'danger') {
    report(check, `${pointer}/style`, 'failed to match schema');
  }
}

function checkImageElement(check: Check, image: Json, pointer: string): void {
  checkImageUrl(check, image, pointer);
  checkString(check, image, 'alt_text', pointer, { min: 1, max: 2000 });
}

function choice(max: number, members: string[]): ElementRule {
  return {
    members: ['options', ...members, ...INPUT_MEMBERS],
    check: (check, element, pointer) => {
      checkOptionalText(check, element, 'placeholder', pointer, PLACEHOLDER);
      if (element.option_groups === undefined) {
        checkOptions(check, element, pointer, max);
        return;
      }
      for (const group of checkItems(check, element, 'option_groups', pointer, { max: 100 })) {
        checkText(check, group.item, 'label', group.at, LABEL);
        checkOptions(check, group.item, group.at, max);
      }
    },
  };
}

/** Option texts may have 150 characters on the docs page and 75 in @slack/types: 75 passes both. */
function checkOptions(check: Check, owner: Json, pointer: string, max: number): void {
  for (const { item, at } of checkItems(check, owner, 'options', pointer, { max })) {
    checkMembers(check, item, ['text', 'value', 'description', 'url'], at);
    checkText(check, item, 'text', at, { max: 75 });
    checkString(check, item, 'value', at, { min: 1, max: 75 });
    checkOptionalText(check, item, 'description', at, { max: 75 });
  }
}

function textInput(members: string[]): ElementRule {
  return {
    members: ['initial_value', ...members, ...INPUT_MEMBERS],
    check: (check, element, pointer) => {
      checkOptionalText(check, element, 'placeholder', pointer, PLACEHOLDER);
      checkString(check, element, 'initial_value', pointer, { max: 3000 });
    },
  };
}

function picker(members: string[]): ElementRule {
  return {
    members: [...members, ...INPUT_MEMBERS],
    check: (check, element, pointer) =>
      checkOptionalText(check, element, 'placeholder', pointer, PLACEHOLDER),
  };
}
