import { asList, asObject, asText, isObject, type Json } from './json.ts';

/** One validation of a payload's blocks: what was found so far, and what must stay unique. */
export interface Check {
  /** In Slack's own format: `[ERROR] … [json-pointer:/blocks/0/text/text]`. */
  problems: string[];
  surface: 'message' | 'modal' | 'home';
  /** Whether Slack can fetch an image: one that it can not makes it refuse the whole payload. */
  canFetch: (url: string) => boolean;
  blockIds: Set<string>;
  /** Characters of markdown blocks so far: they are limited in sum. */
  markdownLength: number;
  hasSubmit: boolean;
}

/** What a text object may be; `max` counts UTF-16 units of the text as it was sent, entities included. */
export interface TextRule {
  types?: readonly string[];
  max: number;
}

export const PLAIN: readonly string[] = ['plain_text'];
const ANY_TEXT: readonly string[] = ['plain_text', 'mrkdwn'];

/** Adds a problem at a JSON pointer. */
export function report(check: Check, pointer: string, problem: string): void {
  check.problems.push(`[ERROR] ${problem} [json-pointer:${pointer}]`);
}

/** Checks a required member that must be a text object. */
export function checkText(check: Check, owner: Json, member: string, pointer: string, rule: TextRule): void {
  if (owner[member] === undefined) report(check, pointer, `missing required field: ${member}`);
  else checkTextObject(check, owner[member], `${pointer}/${member}`, rule);
}

/** Checks a member that may be left out. */
export function checkOptionalText(
  check: Check,
  owner: Json,
  member: string,
  pointer: string,
  rule: TextRule,
): void {
  if (owner[member] !== undefined) checkTextObject(check, owner[member], `${pointer}/${member}`, rule);
}

/** Checks a text object: its kind and, as Slack words it, "more than 0" and "less than max + 1" characters. */
export function checkTextObject(check: Check, value: unknown, pointer: string, rule: TextRule): void {
  const object = asObject(value);
  const type = asText(object.type);
  if (!isObject(value)) report(check, pointer, 'must be an object');
  else if (!(rule.types ?? ANY_TEXT).includes(type)) {
    report(check, `${pointer}/type`, `unsupported type: ${type}`);
  } else {
    checkMembers(check, object, ['type', 'text', type === 'mrkdwn' ? 'verbatim' : 'emoji'], pointer);
    checkString(check, object, 'text', pointer, { min: 1, max: rule.max });
  }
}

/** Checks a string member against its bounds; a member that is absent is only a problem when `min` is above 0. */
export function checkString(
  check: Check,
  owner: Json,
  member: string,
  pointer: string,
  { min = 0, max }: { min?: number; max: number },
): void {
  const value = owner[member];
  if (value === undefined) {
    if (min > 0) report(check, pointer, `missing required field: ${member}`);
  } else if (typeof value !== 'string') report(check, `${pointer}/${member}`, 'must be a string');
  else if (value.length < min)
    report(check, `${pointer}/${member}`, `must be more than ${min - 1} characters`);
  else if (value.length > max)
    report(check, `${pointer}/${member}`, `must be less than ${max + 1} characters`);
}

/** The objects of a list member, with their pointers, after its size was checked. */
export function checkItems(
  check: Check,
  owner: Json,
  member: string,
  pointer: string,
  { min = 1, max }: { min?: number; max: number },
): { item: Json; at: string }[] {
  const at = `${pointer}/${member}`;
  if (!Array.isArray(owner[member])) {
    report(check, pointer, `missing required field: ${member}`);
    return [];
  }
  const items = asList(owner[member]);
  if (items.length < min) report(check, at, `must provide at least ${min} items`);
  if (items.length > max) report(check, at, `no more than ${max} items allowed`);
  return items.flatMap((item, index) => {
    if (isObject(item)) return [{ item, at: `${at}/${index}` }];
    report(check, `${at}/${index}`, 'must be an object');
    return [];
  });
}

/** Slack refuses members that it does not know. */
export function checkMembers(check: Check, owner: Json, allowed: readonly string[], pointer: string): void {
  for (const member of Object.keys(owner)) {
    if (!allowed.includes(member)) report(check, pointer, `invalid additional property: ${member}`);
  }
}

/** Checks an address that Slack opens or fetches. */
export function checkUrl(check: Check, owner: Json, member: string, pointer: string): void {
  checkString(check, owner, member, pointer, { min: 1, max: 3000 });
  const url = asText(owner[member]);
  if (url !== '' && !/^https?:\/\/[^\s/]+/.test(url)) report(check, `${pointer}/${member}`, 'invalid url');
}

/** Checks an address that Slack fetches before it accepts the payload. */
export function checkImageUrl(check: Check, owner: Json, pointer: string): void {
  checkUrl(check, owner, 'image_url', pointer);
  const url = asText(owner.image_url);
  if (url !== '' && !check.canFetch(url)) report(check, `${pointer}/image_url`, 'downloading image failed');
}
