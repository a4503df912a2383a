import type { Line } from '../../model/rich-text.ts';
import type { Command } from '../command.ts';
import { usage } from '../usage.ts';

/** `/help`, from the table itself. */
export function helpCommand(others: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    help: 'What Tocsin understands',
    actions: [
      {
        name: null,
        help: 'What Tocsin understands',
        argument: null,
        audience: 'person',
        run: async () => [
          ['Tocsin tells this channel what happened, with the key facts and who claims them.'],
          ...[...others, help].flatMap(commandLines),
          ['In a query words must all be there; OR means any, -word or NOT word none, "…" the exact words.'],
        ],
      },
    ],
  };
  return help;
}

function commandLines(command: Command): Line[] {
  return command.actions.map((action) => [
    { text: usage(command, action), style: 'code' },
    ` ${action.help}`,
  ]);
}
