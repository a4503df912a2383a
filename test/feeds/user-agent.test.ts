import { expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import { userAgent } from '../../src/feeds/user-agent.ts';

const { version } = packageJson;

test('says who asks and where to complain', () => {
  expect(userAgent('https://desk.example/bot')).toBe(`Tocsin/${version} (+https://desk.example/bot)`);
  expect(userAgent('desk@news.example')).toBe(`Tocsin/${version} (+desk@news.example)`);
});

test('says what it is where nobody is named', () => {
  expect(userAgent(null)).toBe(`Tocsin/${version} (self-hosted news alerts)`);
});

test.each(['a\r\nCookie: x', 'a\u0000', 'a (b)', 'a\\', '\u00fc@news.example', '', 'x'.repeat(201)])(
  'refuses the contact %j',
  (contact) => {
    expect(() => userAgent(contact)).toThrow('must be a web or mail address');
  },
);
