/** A setting is missing or wrong. The message names the setting and the remedy; the process stops. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
