import type { ZodMiniType } from 'zod/mini';
import { type Complaint, invalidForm } from './api-error.ts';

/** Throws 50035 with Discord's nested errors when the body breaks the official schema. */
export function checkSchema(schema: ZodMiniType, body: unknown): void {
  const complaints = schemaComplaints(schema, body);
  if (complaints.length > 0) throw invalidForm(complaints);
}

/** What the official schema has against the body, in Discord's words; empty when nothing. */
export function schemaComplaints(schema: ZodMiniType, body: unknown): Complaint[] {
  const result = schema.safeParse(body);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => complaintsOf(issue as Issue, []));
}

/** The parts of a zod issue that we read. */
interface Issue {
  code: string;
  path: PropertyKey[];
  message: string;
  origin?: string;
  format?: string;
  input?: unknown;
  expected?: string;
  maximum?: number;
  minimum?: number;
  values?: unknown[];
  errors?: Issue[][];
}

function complaintsOf(issue: Issue, prefix: PropertyKey[]): Complaint[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path, ...wording(issue) }];
  const branch = closestBranch(issue.errors ?? []);
  if (!branch)
    return [{ path, code: 'UNION_TYPE_CHOICES', message: 'Value must be one of the known types.' }];
  return branch.flatMap((inner) => complaintsOf(inner, path));
}

/** The alternative whose `type` fits: its complaints are the ones that matter. */
function closestBranch(branches: Issue[][]): Issue[] | undefined {
  return branches.find((issues) => issues.every((issue) => !isOtherKind(issue)));
}

function isOtherKind(issue: Issue): boolean {
  return issue.path.length === 0
    ? issue.code === 'invalid_type' || issue.code === 'invalid_value'
    : issue.path.length === 1 && issue.path[0] === 'type';
}

function wording(issue: Issue): { code: string; message: string } {
  switch (issue.code) {
    case 'too_big':
      return sizeWording(issue, `Must be ${issue.maximum} or fewer in length.`);
    case 'too_small':
      return sizeWording(issue, `Must be at least ${issue.minimum} in length.`);
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? required
        : { code: 'BASE_TYPE_BAD_TYPE', message: `Expected ${issue.expected}.` };
    case 'invalid_value':
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of (${issue.values?.join(', ')}).` };
    case 'invalid_format':
      return issue.format === 'url'
        ? { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }
        : { code: 'BASE_TYPE_BAD_FORMAT', message: `Not a valid ${issue.format}.` };
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}

function sizeWording(issue: Issue, lengthMessage: string): { code: string; message: string } {
  if (issue.origin === 'number' || issue.origin === 'int') {
    const bound =
      issue.code === 'too_big' ? `less than or equal to ${issue.maximum}` : `${issue.minimum} or more`;
    return {
      code: issue.code === 'too_big' ? 'NUMBER_TYPE_MAX' : 'NUMBER_TYPE_MIN',
      message: `Value must be ${bound}.`,
    };
  }
  if (issue.code === 'too_big') return { code: 'BASE_TYPE_MAX_LENGTH', message: lengthMessage };
  return issue.minimum === 1 ? required : { code: 'BASE_TYPE_MIN_LENGTH', message: lengthMessage };
}

/** What Discord says about a field that is missing or empty. */
export const required = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
