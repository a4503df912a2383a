import type { Line } from '../model/rich-text.ts';
import { errorText, type Logger } from '../ops/log.ts';
import type { Action, CommandDeps, CommandRequest } from './command.ts';

/** What to show, and to whom. */
export interface Answer {
  lines: Line[];
  audience: Action['audience'];
}

/** Does what a person asks. Never throws: a failure is logged, and only the person is told of it. */
export async function runAction(
  action: Action,
  request: CommandRequest,
  { deps, log }: { deps: CommandDeps; log: Logger },
): Promise<Answer> {
  try {
    return { lines: await action.run(request, deps), audience: action.audience };
  } catch (error) {
    log.error('command failed', { channel: request.channel, error: errorText(error) });
    return { lines: [['That did not work, and the log says why. Please try again.']], audience: 'person' };
  }
}
