import type { Destination } from '../model/alert.ts';

/** One platform: where alerts go, and the connection over which people ask. */
export interface Chat {
  destination: Destination;
  /** Connects in the background and keeps trying: a platform that is down never holds up the others. */
  start(): void;
  /** Closes the connection; the caller sets the limit. */
  stop(): Promise<void>;
  /** Why the channel (the platform's own id) can't be posted to, with the remedy; null when it can. */
  channelTrouble(channelId: string): Promise<string | null>;
  /** The workspace that the channel (the platform's own id) belongs to, `slack:T0123` or `discord:456`; null while unknown. */
  workspaceOf(channelId: string): string | null;
  /** The address of a message that it took; null while that is not known. */
  messageLink(channelId: string, messageId: string): string | null;
  /** One line for `/status`: "Slack: connected". */
  status(): string;
}
