import type { Line, Reply } from '../model/rich-text.ts';
import { errorText, type Logger } from '../ops/log.ts';
import { AttachmentError } from './attachment.ts';
import type { Action, Command, CommandDeps, CommandRequest } from './command.ts';
import { type Understood, understand } from './command-table.ts';

/** What to show, and to whom. */
export interface Answer extends Reply {
  audience: Action['audience'];
}

/** Where a command was asked and by whom, with the file that may have come with it. */
export interface Asked extends Omit<CommandRequest, 'argument' | 'attachment'> {
  attachment(argument: string): Promise<string | null>;
}

/** What every platform answers with. */
export interface AnswerDeps {
  deps: CommandDeps;
  log: Logger;
  /** What can be asked; the whole table unless given. */
  commands?: readonly Command[];
}

interface Conversation extends AnswerDeps {
  /** Why this person may not do it, in a sentence with the remedy, or null; everybody may unless given. */
  refusal?: (action: Action) => string | null;
  /** Called first, with who will see the answer. */
  begin?: (audience: Answer['audience']) => Promise<void>;
  /** Shows the person something while the answer takes long. */
  meanwhile: (note: Answer) => Promise<void>;
}

/** Nobody waits for a first word longer than three seconds; the rest of them is the network's. */
const PATIENCE_MS = 2_500;

/**
 * Does what a person asks by words ("watch add Idlib"), typed or on a button. Never throws for what the command does:
 * a failure is logged, and only the person is told of it.
 */
export async function answerCommand(words: string, asked: Asked, options: Conversation): Promise<Answer> {
  const understood = allowed(understand(words, options.commands), options);
  const isProblem = 'problem' in understood;
  await options.begin?.(isProblem ? 'person' : understood.action.audience);
  if (isProblem) return toPerson(understood.problem);
  const { action, argument } = understood;
  const { attachment, ...who } = asked;
  const hasFile = action.attachment !== undefined && action.attachment !== null;
  const request = { ...who, argument, attachment: hasFile ? () => attachment(argument) : null };
  const answer = run(action, request, options);
  if (await isLate(answer)) await holdOut(options);
  return answer;
}

function allowed(understood: Understood, { refusal }: Conversation): Understood {
  if ('problem' in understood) return understood;
  const problem = refusal?.(understood.action) ?? null;
  return problem === null ? understood : { problem };
}

async function run(action: Action, request: CommandRequest, { deps, log }: AnswerDeps): Promise<Answer> {
  try {
    return { ...asReply(await action.run(request, deps)), audience: action.audience };
  } catch (error) {
    if (error instanceof AttachmentError) return toPerson(error.message);
    log.error('command failed', { channel: request.channel, error: errorText(error) });
    return toPerson('That did not work, and the log says why. Please try again.');
  }
}

/** No platform shows a message without words: Slack refuses it, and Discord would go on "thinking". */
function asReply(said: Line[] | Reply): Reply {
  const reply = Array.isArray(said) ? { lines: said, buttons: [] } : said;
  return reply.lines.length > 0 ? reply : { ...reply, lines: [['Done.']] };
}

async function isLate(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, true);
  });
  const wasLate = await Promise.race([late, work.then(() => false)]);
  clearTimeout(timer);
  return wasLate;
}

/** A note that can't be shown costs the person nothing but patience. */
async function holdOut({ meanwhile, log }: Conversation): Promise<void> {
  try {
    await meanwhile(toPerson('Still working on it; the answer follows.'));
  } catch (error) {
    log.warn('note not shown', { error: errorText(error) });
  }
}

function toPerson(sentence: string): Answer {
  return { lines: [[sentence]], buttons: [], audience: 'person' };
}
