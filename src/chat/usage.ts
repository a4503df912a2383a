import type { Action, Command } from './command.ts';

/** How an action is typed: `/watch add <query>`. */
export function usage(command: Command, { name, argument, attachment }: Action): string {
  const words = [
    name,
    argument === null ? null : argument.required ? `<${argument.name}>` : `[${argument.name}]`,
    attachment ? `[${attachment.name}]` : null,
  ];
  return [`/${command.name}`, ...words.filter((word) => word !== null)].join(' ');
}
