/**
 * Whom an alert calls, as a person who configures wrote it and never a feed: `here` (who is at their desk), or one person
 * or group of a platform: `discord:user:1`, `discord:role:2`, `slack:user:U3`, `slack:group:S4`.
 */
export type Ping = string;
