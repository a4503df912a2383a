/** Permission bits by the names of Discord's documentation (topics/permissions). */
const bits = {
  AddReactions: 6n,
  ViewChannel: 10n,
  SendMessages: 11n,
  ManageMessages: 13n,
  EmbedLinks: 14n,
  AttachFiles: 15n,
  ReadMessageHistory: 16n,
  MentionEveryone: 17n,
  ManageGuild: 5n,
  ManageChannels: 4n,
  Administrator: 3n,
  ManageRoles: 28n,
  ManageWebhooks: 29n,
  UseApplicationCommands: 31n,
  ManageThreads: 34n,
  CreatePublicThreads: 35n,
  SendMessagesInThreads: 38n,
};

export type Permission = keyof typeof bits;

export const allPermissions = Object.keys(bits) as Permission[];

/** Everything above but Administrator: Administrator would make channel overwrites meaningless. */
export const ordinaryPermissions = allPermissions.filter((name) => name !== 'Administrator');

/** The bit field of the named permissions. Throws when a name is not one of Discord's. */
export function permissionBits(names: Iterable<string>): bigint {
  let field = 0n;
  for (const name of names) {
    const shift = bits[name as Permission];
    if (shift === undefined) throw new Error(`no such Discord permission: ${name}`);
    field |= 1n << shift;
  }
  return field;
}
