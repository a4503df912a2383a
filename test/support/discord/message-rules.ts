import type { ZodMiniType } from 'zod/mini';
import { type Complaint, invalidForm, refusal } from './api-error.ts';
import { required, schemaComplaints } from './schema.ts';
import { componentsV2 } from './serialize.ts';
import type { Component, Embed, Json } from './world.ts';

/** A message body that passed the checks; null and absent mean the same when creating. */
export interface MessageInput {
  content?: string | null;
  embeds?: Embed[] | null;
  components?: Component[] | null;
  flags?: number | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  allowed_mentions?: AllowedMentions | null;
  message_reference?: { message_id: string; fail_if_not_exists?: boolean } | null;
  attachments?: { id: string; filename?: string }[] | null;
}

export interface AllowedMentions {
  parse?: string[] | null;
  users?: string[] | null;
  roles?: string[] | null;
}

/** What a message holds after a creation or an edit, for the rules that look at the whole. */
interface Whole {
  content: string;
  embeds: Embed[];
  components: Component[];
  files: number;
  flags: number;
}

/**
 * Checks a body against the official schema and the documented rules that the schema does not know.
 * Throws 50035, its paths under `at`. Lengths are UTF-16 code units: never more generous than Discord.
 */
export function checkMessageBody(schema: ZodMiniType, body: Json, at: PropertyKey[] = []): MessageInput {
  const complaints = schemaComplaints(schema, body);
  if (complaints.length === 0) complaints.push(...ruleComplaints(body as MessageInput));
  if (complaints.length === 0) return body as MessageInput;
  throw invalidForm(complaints.map((complaint) => ({ ...complaint, path: [...at, ...complaint.path] })));
}

function ruleComplaints(input: MessageInput): Complaint[] {
  return [
    ...contentComplaints(input.content ?? ''),
    ...(input.embeds ?? []).flatMap((embed, index) => embedComplaints(embed, ['embeds', index])),
    ...totalComplaints(input.embeds ?? []),
    ...componentComplaints(input.components ?? []),
    ...mentionComplaints(input.allowed_mentions ?? {}),
  ];
}

/** Throws 50006 when nothing would be shown, 50035 when legacy and v2 parts are mixed. */
export function checkWhole(whole: Whole): void {
  const v2 = (whole.flags & componentsV2) !== 0;
  const complaints = v2 ? v2Complaints(whole) : legacyComplaints(whole.components);
  if (complaints.length > 0) throw invalidForm(complaints);
  const nothing = whole.content.trim() === '' && whole.embeds.length === 0 && whole.files === 0;
  if (nothing && whole.components.length === 0) throw refusal('emptyMessage');
}

function contentComplaints(content: string): Complaint[] {
  return content.length > 2000 ? [tooLong(['content'], 2000)] : [];
}

function embedComplaints(embed: Embed, path: PropertyKey[]): Complaint[] {
  const complaints: Complaint[] = [];
  for (const [index, field] of (embed.fields ?? []).entries()) {
    for (const key of ['name', 'value'] as const) {
      if (field[key].trim() === '') complaints.push({ path: [...path, 'fields', index, key], ...required });
    }
  }
  const isEmpty = !(
    embed.title?.trim() ||
    embed.description?.trim() ||
    embed.fields?.length ||
    embed.author?.name ||
    embed.footer?.text ||
    embed.image?.url ||
    embed.thumbnail?.url
  );
  if (isEmpty) complaints.push({ path: [...path, 'description'], ...required });
  return [...complaints, ...embedUrlComplaints(embed, path)];
}

function embedUrlComplaints(embed: Embed, path: PropertyKey[]): Complaint[] {
  const web = ['http', 'https'];
  const media = [...web, 'attachment'];
  return [
    ...schemeComplaints(embed.url, [...path, 'url'], web),
    ...schemeComplaints(embed.author?.url, [...path, 'author', 'url'], web),
    ...schemeComplaints(embed.author?.icon_url, [...path, 'author', 'icon_url'], media),
    ...schemeComplaints(embed.footer?.icon_url, [...path, 'footer', 'icon_url'], media),
    ...schemeComplaints(embed.image?.url, [...path, 'image', 'url'], media),
    ...schemeComplaints(embed.thumbnail?.url, [...path, 'thumbnail', 'url'], media),
  ];
}

function schemeComplaints(
  url: string | null | undefined,
  path: PropertyKey[],
  allowed: string[],
): Complaint[] {
  if (!url) return [];
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  if (allowed.includes(scheme)) return [];
  const choices = allowed.map((name) => `'${name}'`).join(', ');
  return [
    { path, code: 'URL_TYPE_INVALID_SCHEME', message: `Scheme "${scheme}" must be one of (${choices}).` },
  ];
}

function totalComplaints(embeds: Embed[]): Complaint[] {
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  if (total <= 6000) return [];
  return [
    { path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message: 'Embed size exceeds maximum size of 6000' },
  ];
}

function embedLength(embed: Embed): number {
  const parts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
  for (const field of embed.fields ?? []) parts.push(field.name, field.value);
  return parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
}

function componentComplaints(components: Component[]): Complaint[] {
  const seen = new Set<string>();
  const complaints: Complaint[] = [];
  for (const [component, path] of walk(components, ['components'])) {
    if (component.type === 2) complaints.push(...buttonComplaints(component, path));
    const id = component.custom_id;
    if (id && seen.has(id)) complaints.push({ path: [...path, 'custom_id'], ...duplicated });
    if (id) seen.add(id);
  }
  return complaints;
}

const duplicated = {
  code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
  message: 'Component custom id cannot be duplicated',
};

function buttonComplaints(button: Component, path: PropertyKey[]): Complaint[] {
  const isLink = button.style === 5;
  const isPremium = button.style === 6;
  const complaints = schemeComplaints(button.url, [...path, 'url'], ['http', 'https', 'discord']);
  if (isLink && !button.url) complaints.push({ path: [...path, 'url'], ...required });
  if (!isLink && !isPremium && !button.custom_id)
    complaints.push({ path: [...path, 'custom_id'], ...required });
  if (button.url && button.custom_id) {
    complaints.push({
      path: [...path, 'custom_id'],
      code: 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      message: 'A custom id and url cannot both be specified',
    });
  }
  if (!isPremium && !button.label && !button.emoji)
    complaints.push({ path: [...path, 'label'], ...required });
  return complaints;
}

function mentionComplaints(mentions: AllowedMentions): Complaint[] {
  const both = (['users', 'roles'] as const).filter(
    (kind) => mentions.parse?.includes(kind) && (mentions[kind]?.length ?? 0) > 0,
  );
  const exclusive = both.map((kind) => ({
    path: ['allowed_mentions'],
    code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
  }));
  const repeated = (['users', 'roles'] as const).flatMap((kind) =>
    (mentions[kind] ?? []).flatMap((id, index, ids) =>
      ids.indexOf(id) === index
        ? []
        : [
            {
              path: ['allowed_mentions', kind, String(index)],
              code: 'SET_TYPE_ALREADY_CONTAINS_VALUE',
              message: 'The set already contains this value',
            },
          ],
    ),
  );
  return [...exclusive, ...repeated];
}

/** 40 components and 4,000 characters in all (docs.discord.food/resources/components). */
function v2Complaints({ content, embeds, components }: Whole): Complaint[] {
  const complaints: Complaint[] = [];
  const legacyFields = { content: content !== '', embeds: embeds.length > 0 };
  for (const [field, present] of Object.entries(legacyFields)) {
    if (present) complaints.push({ path: [field], ...legacyInV2 });
  }
  const all = [...walk(components, ['components'])];
  const text = all.reduce((sum, [component]) => sum + (component.content?.length ?? 0), 0);
  if (all.length > 40) complaints.push(tooLong(['components'], 40));
  if (text > 4000) complaints.push(tooLong(['components'], 4000));
  return complaints;
}

const legacyInV2 = {
  code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  message: 'The field cannot be used when using MessageFlags.IS_COMPONENTS_V2',
};

/** Without the v2 flag: at most 5 action rows and nothing else at the top. */
function legacyComplaints(components: Component[]): Complaint[] {
  const complaints = components.flatMap((component, index) =>
    component.type === 1
      ? []
      : [
          {
            path: ['components', index, 'type'],
            code: 'UNION_TYPE_CHOICES',
            message: 'Value of field "type" must be one of (1,).',
          },
        ],
  );
  return components.length > 5 ? [...complaints, tooLong(['components'], 5)] : complaints;
}

function tooLong(path: PropertyKey[], limit: number): Complaint {
  return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` };
}

/** Every component with its path, rows and containers included. */
export function* walk(
  components: Component[],
  path: PropertyKey[] = [],
): Generator<[Component, PropertyKey[]]> {
  for (const [index, component] of components.entries()) {
    const here = [...path, index];
    yield [component, here];
    yield* walk(component.components ?? [], [...here, 'components']);
    if (component.accessory) yield [component.accessory, [...here, 'accessory']];
    if (component.component) yield [component.component, [...here, 'component']];
  }
}
