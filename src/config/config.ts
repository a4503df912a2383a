import { dirname, join } from 'node:path';
import { ConfigError } from './config-error.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import { type Environment, secretsOf as environmentSecrets, readEnvironment } from './environment.ts';

/** Everything an operator decides, read once. */
export interface Config extends Environment, ConfigFile {
  /** The folder for the operator's own topics, beside the configuration file; it need not exist. */
  topicsDir: string;
}

/** Environment and file together. Throws ConfigError for a missing or wrong setting. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const environment = readEnvironment(variables);
  const { configPath } = environment;
  const topicsDir = join(dirname(configPath), 'topics');
  const config = { ...environment, ...readConfigFile(configPath), topicsDir };
  refuseMissingTokens(config);
  return config;
}

/** The values that no log line may show. */
export function secretsOf(config: Config): string[] {
  return [...environmentSecrets(config), ...config.feeds.flatMap(({ headers }) => Object.values(headers))];
}

/**
 * With no token at all every alert is shown in the terminal; with one platform configured, a channel of the
 * other is a mistake that would lose alerts silently.
 */
function refuseMissingTokens(config: Config): void {
  if (config.slack === null && config.discord === null) return;
  const channels = [...config.feeds, ...config.watches].flatMap((entry) => entry.channels);
  const slackChannel = channels.find((channel) => channel.startsWith('slack:'));
  const discordChannel = channels.find((channel) => channel.startsWith('discord:'));
  if (slackChannel !== undefined && config.slack === null) {
    throw new ConfigError(
      `SLACK_BOT_TOKEN is missing, but ${config.configPath} posts to ${slackChannel}: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or remove that channel`,
    );
  }
  if (discordChannel !== undefined && config.discord === null) {
    throw new ConfigError(
      `DISCORD_TOKEN is missing, but ${config.configPath} posts to ${discordChannel}: set DISCORD_TOKEN, or remove that channel`,
    );
  }
}
