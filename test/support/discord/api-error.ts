/** One complaint about a body, at a path such as `['embeds', 0, 'title']`. */
export interface Complaint {
  path: PropertyKey[];
  code: string;
  message: string;
}

/** A refusal as Discord words it: HTTP status, JSON code, and for 50035 the complaints by path. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly complaints: Complaint[];

  constructor(status: number, code: number, message: string, complaints: Complaint[] = [], cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.complaints = complaints;
  }

  /** The JSON body of the answer. */
  body(): Record<string, unknown> {
    const errors = this.complaints.length > 0 ? { errors: nest(this.complaints) } : {};
    return { message: this.message, code: this.code, ...errors };
  }
}

/** Discord's JSON error codes (docs: topics/opcodes-and-status-codes). */
const refusals = {
  notFound: [404, 0, '404: Not Found'],
  unauthorized: [401, 0, '401: Unauthorized'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  notYourApplication: [403, 20012, 'You are not authorized to perform this action on this application'],
  tooManyCommands: [400, 30032, 'Maximum number of application commands reached (100)'],
  tooManyCommandCreates: [
    400,
    30034,
    'Max number of daily application command creates has been reached (200)',
  ],
  tagRequired: [400, 40067, 'A tag is required to create a forum post in this channel'],
  bodyTooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notYourMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  cannotMessageUser: [403, 50007, 'Cannot send messages to this user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  nonTextChannel: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  threadArchived: [400, 50083, 'Thread is archived'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  replyWithoutHistory: [400, 160002, 'Cannot reply without permission to read message history'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
  threadLocked: [400, 160005, 'Thread is locked'],
} satisfies Record<string, [number, number, string]>;

/** The refusal of that name, ready to be thrown. */
export function refusal(name: keyof typeof refusals, cause?: unknown): ApiError {
  const [status, code, message] = refusals[name];
  return new ApiError(status, code, message, [], cause);
}

/** 50035 Invalid Form Body with its complaints. */
export function invalidForm(complaints: Complaint[]): ApiError {
  return new ApiError(400, 50035, 'Invalid Form Body', complaints);
}

interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

function nest(complaints: Complaint[]): ErrorTree {
  const root: ErrorTree = {};
  for (const { path, code, message } of complaints) {
    let node = root;
    for (const key of path) {
      node[String(key)] ??= {};
      node = node[String(key)] as ErrorTree;
    }
    node._errors ??= [];
    (node._errors as { code: string; message: string }[]).push({ code, message });
  }
  return root;
}
