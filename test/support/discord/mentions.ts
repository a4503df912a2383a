import type { AllowedMentions } from './message-rules.ts';

/**
 * The mentions that notify somebody. Only `content` can ping; without `allowed_mentions` everything is parsed.
 * Escapes and code marks are not trusted to stop one, so the answer errs towards a ping.
 */
export function notifyingMentions(
  content: string,
  allowed: AllowedMentions | null | undefined,
  mayMentionEveryone: boolean,
): string[] {
  const found = new Set(content.match(/@everyone|@here|<@&?!?\d+>/g) ?? []);
  return [...found]
    .filter((mention) => isAllowed(mention, allowed))
    .filter((mention) => mayMentionEveryone || !/^@|^<@&/.test(mention))
    .map((mention) => mention.replace('!', ''));
}

function isAllowed(mention: string, allowed: AllowedMentions | null | undefined): boolean {
  if (!allowed) return true;
  const kind = kindOf(mention);
  if (allowed.parse?.includes(kind)) return true;
  if (kind === 'everyone') return false;
  const id = mention.replace(/\D/g, '');
  return allowed[kind]?.includes(id) ?? false;
}

function kindOf(mention: string): 'everyone' | 'roles' | 'users' {
  if (mention.startsWith('@')) return 'everyone';
  return mention.startsWith('<@&') ? 'roles' : 'users';
}
