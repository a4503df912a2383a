import { ApplicationCommandCreateRequestSchema } from 'discord-api-spec/zod';
import { type Complaint, invalidForm } from './api-error.ts';
import { required, schemaComplaints } from './schema.ts';
import type { CommandOption, Json } from './world.ts';

/** A command definition that passed the checks. */
export interface CommandInput {
  name: string;
  type?: number | null;
  description?: string | null;
  options?: CommandOption[] | null;
  default_member_permissions?: string | null;
}

/**
 * Checks a definition against the official schema and the documented rules that it does not know
 * (docs: interactions/application-commands). Throws 50035.
 */
export function checkCommand(body: Json, at: PropertyKey[] = []): CommandInput {
  const complaints = commandComplaints(body);
  if (complaints.length > 0) {
    throw invalidForm(complaints.map((complaint) => ({ ...complaint, path: [...at, ...complaint.path] })));
  }
  return body as unknown as CommandInput;
}

/** Throws 50035 when two commands of one kind have the same name. */
export function checkUniqueNames(commands: CommandInput[]): void {
  const seen = new Set<string>();
  for (const [index, { name, type }] of commands.entries()) {
    const key = `${type ?? 1} ${name}`;
    if (seen.has(key)) {
      const message = 'Application command names must be unique';
      throw invalidForm([{ path: [index], code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', message }]);
    }
    seen.add(key);
  }
}

function commandComplaints(body: Json): Complaint[] {
  const formal = schemaComplaints(ApplicationCommandCreateRequestSchema, forSchema(body));
  if (formal.length > 0) return formal;
  const command = body as unknown as CommandInput;
  const options = command.options ?? [];
  const isChat = (command.type ?? 1) === 1;
  const complaints = isChat ? nameComplaints(command.name, ['name']) : [];
  if (isChat && !command.description) complaints.push({ path: ['description'], ...required });
  if (!isChat && (command.description || options.length > 0)) {
    complaints.push({ path: ['description'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 0 in length.' });
  }
  complaints.push(...optionsComplaints(options, ['options'], 0));
  if (weight(command) > 8000) complaints.push(tooLarge);
  return complaints;
}

/** The schema wants a number where Discord takes and discord.js sends a string. */
function forSchema(body: Json): Json {
  const bits = body.default_member_permissions;
  return typeof bits === 'string' ? { ...body, default_member_permissions: Number(bits) } : body;
}

const tooLarge = {
  path: [],
  code: 'APPLICATION_COMMAND_TOO_LARGE',
  message: 'Command exceeds maximum size (8000)',
};

function nameComplaints(name: string, path: PropertyKey[]): Complaint[] {
  const isValid = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name) && name === name.toLowerCase();
  return isValid
    ? []
    : [{ path, code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' }];
}

function optionsComplaints(options: CommandOption[], path: PropertyKey[], depth: number): Complaint[] {
  const complaints: Complaint[] = [];
  const names = new Set<string>();
  let optionalSeen = false;
  for (const [index, option] of options.entries()) {
    const here = [...path, index];
    complaints.push(...nameComplaints(option.name, [...here, 'name']), ...optionComplaints(option, here));
    if (names.has(option.name)) complaints.push({ path: [...here, 'name'], ...duplicateOption });
    if (option.required && optionalSeen) complaints.push({ path: here, ...requiredLast });
    if (isSubcommand(option)) complaints.push(...nestingComplaints(option, options, here, depth));
    names.add(option.name);
    optionalSeen ||= !option.required;
  }
  return complaints;
}

const duplicateOption = {
  code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  message: 'Option name already exists',
};

const requiredLast = {
  code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  message: 'Required options must be placed before non-required options',
};

function isSubcommand({ type }: CommandOption): boolean {
  return type === 1 || type === 2;
}

function nestingComplaints(
  option: CommandOption,
  siblings: CommandOption[],
  path: PropertyKey[],
  depth: number,
): Complaint[] {
  const isMixed = siblings.some((sibling) => !isSubcommand(sibling));
  const isTooDeep = depth > 1 || (depth === 1 && option.type === 2);
  const complaints = optionsComplaints(option.options ?? [], [...path, 'options'], depth + 1);
  if (isMixed || isTooDeep) {
    const message =
      'Sub-command and sub-command group option types are mutually exclusive to all other types';
    complaints.push({ path, code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message });
  }
  return complaints;
}

function optionComplaints(option: CommandOption, path: PropertyKey[]): Complaint[] {
  const choices = option.choices ?? [];
  const complaints: Complaint[] = [];
  if (option.autocomplete && choices.length > 0) {
    const message = 'Autocomplete and choices cannot be used together';
    complaints.push({ path, code: 'APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES', message });
  }
  const names = new Set(choices.map(({ name }) => name));
  const values = new Set(choices.map(({ value }) => value));
  if (names.size < choices.length || values.size < choices.length) {
    const message = 'Choices must be unique';
    complaints.push({
      path: [...path, 'choices'],
      code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_EXISTS',
      message,
    });
  }
  return complaints;
}

/** Characters of all names, descriptions and values, as the 8,000 limit counts them. */
function weight(given: {
  name: string;
  description?: string | null;
  options?: CommandOption[] | null;
}): number {
  const own = given.name.length + (given.description?.length ?? 0);
  return (given.options ?? []).reduce((sum, option) => sum + weight(option) + choicesWeight(option), own);
}

function choicesWeight({ choices = [] }: CommandOption): number {
  return choices.reduce((sum, { name, value }) => sum + name.length + String(value).length, 0);
}
