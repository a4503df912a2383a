import { expansionsOf } from '../../matching/expansions.ts';
import type { Line } from '../../model/rich-text.ts';
import type { CommandDeps } from '../command.ts';

/** Other spellings shown of a name. */
const SHOWN = 8;

/** How plain words were read, how to have the words themselves, and what names are called besides. */
export function readingOf(query: string, { knowledge }: Pick<CommandDeps, 'knowledge'>): Line[] {
  const understood = knowledge.understand?.(query);
  const reading: Line[] =
    understood === null || understood === undefined
      ? []
      : [
          [
            'Read as ',
            { text: understood.query, style: 'code' },
            '; put words in quotes to have just the words.',
          ],
        ];
  return [...reading, ...expansionsOf(query, knowledge).map(expansionLine)];
}

function expansionLine({ name, spellings }: { name: string; spellings: string[] }): Line {
  const others = spellings.filter((spelling) => spelling !== name);
  const shown = others.slice(0, SHOWN).join(', ');
  const rest = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : '';
  return [`${name} is also found as ${shown}${rest}.`];
}
