import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';

/** What the process environment says. Secrets may also come from a file named by `NAME_FILE`. */
export interface Environment {
  databaseUrl: string | null;
  dataDir: string;
  configPath: string;
  slack: { botToken: string; appToken: string; apiUrl: string } | null;
  discord: { token: string; apiUrl: string } | null;
  /** A language model that may point at more in an article; null: none is asked. */
  languageModel: { url: string; model: string; key: string | null } | null;
  /** Hosts or CIDR ranges that feeds may use although private, as written. */
  fetchAllowPrivate: string;
  /** Seals the credentials of feeds in the store; null: a key file in the data folder does. */
  secret: string | null;
  /** Whom publishers can write to about our requests: an address or a page; null when nobody is named. */
  contact: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

type Variables = Record<string, string | undefined>;

const webAddress = z.url({ protocol: /^https?$/ });
const logLevel = z.enum(['debug', 'info', 'warn', 'error']);
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** Reads the environment. Throws ConfigError naming the variable and the remedy. */
export function readEnvironment(variables: Variables): Environment {
  const plain = (name: string) => variables[name]?.trim() || null;
  const url = secret(variables, 'DATABASE_URL');
  if (url !== null)
    check(databaseUrl, url, 'DATABASE_URL must look like postgres://user:password@host:5432/database');
  return {
    databaseUrl: url,
    dataDir: plain('TOCSIN_DATA') ?? './data',
    configPath: plain('TOCSIN_CONFIG') ?? 'config/tocsin.yaml',
    slack: slack(variables),
    discord: discord(variables),
    languageModel: languageModel(variables),
    secret: secretKey(variables),
    contact: plain('TOCSIN_CONTACT'),
    fetchAllowPrivate: plain('FETCH_ALLOW_PRIVATE') ?? '',
    logLevel: check(logLevel, plain('LOG_LEVEL') ?? 'info', 'LOG_LEVEL must be debug, info, warn or error'),
  };
}

function secretKey(variables: Variables): string | null {
  const value = secret(variables, 'TOCSIN_SECRET');
  if (value !== null && value.length < 16) {
    throw new ConfigError('TOCSIN_SECRET must have at least 16 characters: openssl rand -hex 32 makes one');
  }
  return value;
}

function slack(variables: Variables): Environment['slack'] {
  const botToken = secret(variables, 'SLACK_BOT_TOKEN');
  const appToken = secret(variables, 'SLACK_APP_TOKEN');
  if (botToken === null && appToken === null) return null;
  if (botToken === null || !botToken.startsWith('xoxb-')) {
    throw new ConfigError(
      'SLACK_BOT_TOKEN must be the token that starts with xoxb-: api.slack.com/apps, your app, OAuth & Permissions',
    );
  }
  if (appToken === null || !appToken.startsWith('xapp-')) {
    throw new ConfigError(
      'SLACK_APP_TOKEN must be the token that starts with xapp-: api.slack.com/apps, your app, Basic Information, App-Level Tokens, scope connections:write',
    );
  }
  return { botToken, appToken, apiUrl: apiUrl(variables, 'SLACK_API_URL', 'https://slack.com/api/') };
}

function discord(variables: Variables): Environment['discord'] {
  const token = secret(variables, 'DISCORD_TOKEN');
  if (token === null) return null;
  if (/\s|^Bot|^xox|^xapp/.test(token)) {
    throw new ConfigError(
      'DISCORD_TOKEN must be the bare bot token: discord.com/developers/applications, your app, Bot, Reset Token',
    );
  }
  return {
    token,
    apiUrl: apiUrl(variables, 'DISCORD_API_URL', 'https://discord.com/api').replace(/\/+$/, ''),
  };
}

function languageModel(variables: Variables): Environment['languageModel'] {
  const url = variables.LLM_URL?.trim() || null;
  const model = variables.LLM_MODEL?.trim() || null;
  const key = secret(variables, 'LLM_KEY');
  if (url === null && model === null && key === null) return null;
  const example = 'http://127.0.0.1:11434/v1';
  const remedy = `LLM_URL must be the http(s) address of an OpenAI-compatible server, such as ${example}`;
  if (url === null)
    throw new ConfigError(`LLM_URL is missing: ${remedy}; without it unset LLM_MODEL and LLM_KEY`);
  const { username, password } = new URL(check(webAddress, url, remedy));
  if (username !== '' || password !== '')
    throw new ConfigError('LLM_URL must not hold a password: put the key into LLM_KEY');
  if (model === null)
    throw new ConfigError('LLM_MODEL is missing: the name that the server of LLM_URL knows the model by');
  return { url: url.replace(/\/+$|\/chat\/completions\/*$/, ''), model, key };
}

function apiUrl(variables: Variables, name: string, standard: string): string {
  return check(
    webAddress,
    variables[name]?.trim() || standard,
    `${name} must be an http(s) address such as ${standard}`,
  );
}

function secret(variables: Variables, name: string): string | null {
  const file = variables[`${name}_FILE`]?.trim();
  const value = variables[name]?.trim();
  if (!file) return value || null;
  if (value) throw new ConfigError(`${name} and ${name}_FILE are both set: keep one of them`);
  let content: string;
  try {
    content = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new ConfigError(
      `${name}_FILE names ${file}, which can't be read: correct the path or its permissions`,
      {
        cause,
      },
    );
  }
  if (content === '')
    throw new ConfigError(`${name}_FILE names ${file}, which is empty: write the value into it`);
  return content;
}

function check<T>(schema: z.ZodType<T>, value: unknown, message: string): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new ConfigError(message);
  return result.data;
}

/** The values that no log line may show. */
export function secretsOf(environment: Environment): string[] {
  return [
    environment.slack?.botToken,
    environment.slack?.appToken,
    environment.discord?.token,
    environment.secret,
    environment.languageModel?.key,
    environment.databaseUrl,
    environment.databaseUrl === null ? null : passwordOf(environment.databaseUrl),
  ].filter((value): value is string => typeof value === 'string' && value !== '');
}

/** As the server knows it. */
function passwordOf(url: string): string {
  return percentDecoded(new URL(url).password);
}

/** A part of an address without its percent signs; as written where they are not well formed. */
export function percentDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
