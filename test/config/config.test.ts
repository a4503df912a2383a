import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/config.ts';
import { parseConfigFile } from '../../src/config/config-file.ts';
import { readEnvironment, secretsOf } from '../../src/config/environment.ts';

const FEED = 'feeds:\n  - url: https://a.example/rss\n';

function withFile<T>(text: string, work: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'));
  const path = join(folder, 'file');
  writeFileSync(path, text);
  try {
    return work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the configuration file', () => {
  test('says which feeds and watches there are, with durations in milliseconds', () => {
    const text = `timezone: Europe/Berlin
feeds:
  - url: https://a.example/rss
    name: A
    every: 5m
    channels: ["slack:C0123ABC"]
    group: syria
  - url: https://desk:p%40ss@b.example/rss
    fullText: false
    headers: { Cookie: "a=b" }
watches:
  - name: Idlib
    query: Idlib OR Atme
    channels: ["discord:456", terminal]
    ping: [here, "discord:role:789"]
`;
    expect(parseConfigFile(text, 'tocsin.yaml')).toEqual({
      budget: 6,
      timezone: 'Europe/Berlin',
      feeds: [
        {
          url: 'https://a.example/rss',
          name: 'A',
          everyMs: 300_000,
          channels: ['slack:C0123ABC'],
          group: 'syria',
          fullText: true,
          headers: {},
        },
        {
          url: 'https://b.example/rss',
          name: null,
          everyMs: null,
          channels: [],
          group: null,
          fullText: false,
          // RFC 7617, 2: the user, a colon and the password.
          headers: { Authorization: `Basic ${Buffer.from('desk:p@ss').toString('base64')}`, Cookie: 'a=b' },
        },
      ],
      watches: [
        {
          name: 'Idlib',
          query: 'Idlib OR Atme',
          channels: ['discord:456', 'terminal'],
          telling: null,
          ping: ['here', 'discord:role:789'],
          line: 12,
        },
      ],
    });
  });

  test('may list no feed, because they can be added in chat', () => {
    expect(parseConfigFile('feeds: []\n', 'tocsin.yaml').feeds).toEqual([]);
  });

  test.each([
    ['a misspelt list', 'feed:\n  - url: https://a.example/rss\n', 'line 1: I do not know "feed"'],
    [
      'one channel without its list',
      `${FEED}watches:\n  - {name: a, query: b, channels: terminal}\n`,
      'write a list, such as ["terminal"]',
    ],
    [
      'a query that is a number',
      `${FEED}watches:\n  - {name: a, query: 5, channels: [terminal]}\n`,
      'write it in quotes',
    ],
    ['a misspelled key', `${FEED}    evry: 5m\n`, 'line 3, feeds.0: I do not know "evry"'],
    [
      'a duration without a unit',
      `${FEED}    every: "5"\n`,
      'line 3, feeds.0.every: write a duration such as 2s, 5m or 1h',
    ],
    [
      'a feed that is no address',
      'feeds:\n  - url: a.example\n',
      'line 2, feeds.0.url: write the full address of a feed',
    ],
    [
      'a feed over a file',
      'feeds:\n  - url: file:///etc/passwd\n',
      'line 2, feeds.0.url: write the full address of a feed',
    ],
    ['a feed listed twice', `${FEED}  - url: https://a.example/rss\n`, 'line 3: this feed is listed twice'],
    [
      'a watch without channels',
      `${FEED}watches:\n  - {name: a, query: b, channels: []}\n`,
      'line 4, watches.0.channels: name at least one channel',
    ],
    [
      'a channel of no platform',
      `${FEED}watches:\n  - {name: a, query: b, channels: ["teams:1"]}\n`,
      'a channel is "slack:C0123…", "discord:456…" or "terminal"',
    ],
    [
      'a ping of everybody',
      `${FEED}watches:\n  - {name: a, query: b, channels: [terminal], ping: everyone}\n`,
      'line 4, watches.0.ping: write "here", "discord:role:123"',
    ],
    [
      'two watches of one name',
      `${FEED}watches:\n  - {name: a, query: b, channels: [terminal]}\n  - {name: A, query: c, channels: [terminal]}\n`,
      'line 5: two watches have this name',
    ],
    [
      'a time zone that does not exist',
      `timezone: Mars/Base\n${FEED}`,
      'line 1, timezone: write a time zone such as UTC',
    ],
    ['no list of feeds', 'timezone: UTC\n', 'feeds: this is missing'],
    ['broken YAML', 'feeds:\n  - url: "https://a.example\n', 'not valid YAML'],
    ['an empty file', '', 'feeds'],
    ['an alias that names nothing', 'feeds: *none\n', 'not valid YAML'],
  ])('refuses %s, and names the line and the remedy', (_what, text, message) => {
    expect(() => parseConfigFile(text, 'tocsin.yaml')).toThrow(message);
    expect(() => parseConfigFile(text, 'tocsin.yaml')).toThrow(/^tocsin\.yaml, line \d+/);
  });

  test('that is missing says how to make one', () => {
    expect(() => readConfig({ TOCSIN_CONFIG: '/nowhere/tocsin.yaml' })).toThrow(
      "/nowhere/tocsin.yaml can't be read: copy config/tocsin.example.yaml there",
    );
  });

  test('shipped as an example is valid', () => {
    const example = parseConfigFile(readFileSync('config/tocsin.example.yaml', 'utf8'), 'example');
    expect(example.feeds.length).toBeGreaterThan(10);
    expect(example.watches.map((watch) => watch.name)).toEqual(['Idlib', 'counterterrorism raids']);
  });
});

describe('the environment', () => {
  test('has a default for everything but the tokens', () => {
    expect(readEnvironment({})).toEqual({
      databaseUrl: null,
      dataDir: './data',
      configPath: 'config/tocsin.yaml',
      slack: null,
      discord: null,
      secret: null,
      languageModel: null,
      contact: null,
      fetchAllowPrivate: '',
      logLevel: 'info',
    });
  });

  test('knows where Slack and Discord are', () => {
    const environment = readEnvironment({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      DISCORD_TOKEN: 'abc.def',
    });
    expect(environment.slack).toEqual({
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      apiUrl: 'https://slack.com/api/',
    });
    expect(environment.discord).toEqual({ token: 'abc.def', apiUrl: 'https://discord.com/api' });
  });

  test('asks a language model only where one is named, and knows its key from a file, too', () => {
    const server = { LLM_URL: 'http://127.0.0.1:11434/v1/', LLM_MODEL: 'llama' };
    const languageModel = { url: 'http://127.0.0.1:11434/v1', model: 'llama', key: null };
    expect(readEnvironment(server).languageModel).toEqual(languageModel);
    withFile('sk-123456789\n', (path) => {
      const environment = readEnvironment({ ...server, LLM_KEY_FILE: path });
      expect(environment.languageModel).toEqual({ ...languageModel, key: 'sk-123456789' });
      expect(secretsOf(environment)).toContain('sk-123456789');
    });
  });

  test('takes a secret from a file', () => {
    withFile('abc.def\n', (path) => {
      expect(readEnvironment({ DISCORD_TOKEN_FILE: path }).discord?.token).toBe('abc.def');
    });
  });

  test.each([
    [
      'a secret file that is empty',
      { DISCORD_TOKEN_FILE: '/dev/null' },
      'DISCORD_TOKEN_FILE names /dev/null, which is empty',
    ],
    ['a Slack token for Discord', { DISCORD_TOKEN: 'xoxb-1' }, 'DISCORD_TOKEN must be the bare bot token'],
    [
      'only half of the Slack tokens',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      'SLACK_APP_TOKEN must be the token that starts with xapp-',
    ],
    [
      'the Slack tokens swapped',
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      'SLACK_BOT_TOKEN must be the token that starts with xoxb-',
    ],
    [
      'a Discord token with its prefix',
      { DISCORD_TOKEN: 'Bot abc' },
      'DISCORD_TOKEN must be the bare bot token',
    ],
    [
      'a secret twice',
      { DISCORD_TOKEN: 'abc', DISCORD_TOKEN_FILE: '/x' },
      'DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set',
    ],
    [
      'a secret file that is not there',
      { DISCORD_TOKEN_FILE: '/nowhere' },
      'DISCORD_TOKEN_FILE names /nowhere',
    ],
    [
      'a database that is not PostgreSQL',
      { DATABASE_URL: 'mysql://h/db' },
      'DATABASE_URL must look like postgres://',
    ],
    ['a language model without its server', { LLM_MODEL: 'llama' }, 'LLM_URL is missing'],
    ['a server without its language model', { LLM_URL: 'http://a.example' }, 'LLM_MODEL is missing'],
    [
      'a language model at no address',
      { LLM_URL: 'llama', LLM_MODEL: 'llama' },
      'LLM_URL must be the http(s) address',
    ],
    [
      'a password in the address of the language model',
      { LLM_URL: 'http://me:secret@a.example/v1', LLM_MODEL: 'llama' },
      'put the key into LLM_KEY',
    ],
    [
      'a log level that does not exist',
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL must be debug, info, warn or error',
    ],
    [
      'an API address that is none',
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'slack' },
      'SLACK_API_URL must be an http(s) address',
    ],
  ])('refuses %s, and names the setting and the remedy', (_what, variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(message);
  });

  test('takes a database password that is not well escaped as it is written', () => {
    const environment = readEnvironment({ DATABASE_URL: 'postgres://u:10%@h/db' });
    expect(secretsOf(environment)).toContain('10%');
  });

  test('lists every value that must never be logged', () => {
    const environment = readEnvironment({
      DATABASE_URL: 'postgres://u:p%40ss-word@h/db',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      DISCORD_TOKEN: 'abc.def',
    });
    expect(secretsOf(environment)).toEqual([
      'xoxb-1',
      'xapp-1',
      'abc.def',
      'postgres://u:p%40ss-word@h/db',
      'p@ss-word',
    ]);
  });
});

describe('environment and file together', () => {
  const SLACK_WATCH = `${FEED}watches:\n  - {name: a, query: b, channels: ["slack:C1"]}\n`;

  test('need no token at all: alerts are shown in the terminal', () => {
    withFile(SLACK_WATCH, (path) => expect(readConfig({ TOCSIN_CONFIG: path }).slack).toBeNull());
  });

  test('refuse a channel of a platform whose token is missing while another has one', () => {
    withFile(SLACK_WATCH, (path) => {
      expect(() => readConfig({ TOCSIN_CONFIG: path, DISCORD_TOKEN: 'abc' })).toThrow(
        /^SLACK_BOT_TOKEN is missing, but .* posts to slack:C1: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN/,
      );
    });
  });
});
