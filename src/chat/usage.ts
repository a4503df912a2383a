import type { Action, Command } from './command.ts';

/** How an action is typed: `/watch add <query>`. */
export function usage(command: Command, action: Action): string {
  const { argument } = action;
  const words = argument === null ? null : argument.required ? `<${argument.name}>` : `[${argument.name}]`;
  return [`/${command.name}`, action.name, words].filter((part) => part !== null).join(' ');
}
