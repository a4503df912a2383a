export type Platform = 'slack' | 'discord' | 'terminal';

/** Where a channel is: `slack:C0123`, `discord:456` or `terminal`. */
export interface ChannelAddress {
  platform: Platform;
  /** The platform's own id; empty for the terminal. */
  id: string;
}
