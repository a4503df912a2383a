import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openVault } from '../../src/ops/vault.ts';

const SECRET = 'a long enough secret of the desk';
const COOKIE = '{"cookie":"session=дом; x=1"}';
const folder = mkdtempSync(join(tmpdir(), 'tocsin-vault-'));
const keyPath = join(folder, 'secret.key');

beforeEach(() => rmSync(keyPath, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ['a secret', { secret: SECRET, keyPath: null }],
  ['a key file', { secret: null, keyPath }],
])('with %s', (_, options) => {
  test('what was sealed opens again, also after a restart', () => {
    const sealed = openVault(options).seal(COOKIE);
    expect(openVault(options).open(sealed)).toBe(COOKIE);
  });

  test('the sealed text shows nothing and never repeats', () => {
    const vault = openVault(options);
    const [first, second] = [vault.seal(COOKIE), vault.seal(COOKIE)];
    expect(first).toMatch(/^v1:[\w-]+$/);
    expect(first).not.toBe(second);
    expect(Buffer.from(first.slice(3), 'base64url').toString()).not.toContain('session');
  });

  test('a changed text does not open, whatever was changed', () => {
    const vault = openVault(options);
    const sealed = vault.seal(COOKIE);
    for (const at of [3, 10, 20, 30, sealed.length - 2]) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      expect(() => vault.open(changed)).toThrow("stored credentials can't be opened: bring back");
    }
    for (const changed of [sealed.slice(0, -4), 'v1:', '', sealed.replace('v1:', 'v2:')]) {
      expect(() => vault.open(changed)).toThrow("stored credentials can't be opened");
    }
  });
});

test('another secret does not open it, and the error names the remedy but no secret', () => {
  const sealed = openVault({ secret: SECRET, keyPath: null }).seal(COOKIE);
  const other = openVault({ secret: 'another secret of the desk', keyPath: null });
  expect(() => other.open(sealed)).toThrow(
    "stored credentials can't be opened: bring back TOCSIN_SECRET they were stored with, or give them again",
  );
});

test('the secret goes before the key file', () => {
  const sealed = openVault({ secret: SECRET, keyPath }).seal(COOKIE);
  expect(openVault({ secret: SECRET, keyPath: null }).open(sealed)).toBe(COOKIE);
  expect(() => statSync(keyPath)).toThrow('ENOENT');
});

test('the key file is made at the first seal, for its owner only, and kept', () => {
  const vault = openVault({ secret: null, keyPath });
  expect(() => statSync(keyPath)).toThrow('ENOENT');
  vault.seal(COOKIE);
  expect(statSync(keyPath).mode & 0o777).toBe(0o600);
  const key = readFileSync(keyPath, 'utf8');
  openVault({ secret: null, keyPath }).seal(COOKIE);
  expect(readFileSync(keyPath, 'utf8')).toBe(key);
});

test('several processes that seal their first text at once come to one key, and leave nothing else', async () => {
  const script = `
    const { openVault } = await import(${JSON.stringify(new URL('../../src/ops/vault.ts', import.meta.url))});
    console.log(openVault({ secret: null, keyPath: process.argv[1] }).seal('a cookie'));`;
  const seal = () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, keyPath]);
  const sealed = await Promise.all(Array.from({ length: 6 }, seal));
  const vault = openVault({ secret: null, keyPath });
  expect(sealed.map(({ stdout }) => vault.open(stdout.trim()))).toEqual(Array(6).fill('a cookie'));
  expect(readdirSync(folder)).toEqual(['secret.key']);
});

test('a key file that is gone is not made anew to open what the old one sealed', () => {
  const sealed = openVault({ secret: null, keyPath }).seal(COOKIE);
  rmSync(keyPath);
  expect(() => openVault({ secret: null, keyPath }).open(sealed)).toThrow(
    `the key file ${keyPath} can't be read`,
  );
  expect(() => statSync(keyPath)).toThrow('ENOENT');
});

test('a damaged key file is told as such, not overwritten', () => {
  writeFileSync(keyPath, 'c2hvcnQ=\n');
  expect(() => openVault({ secret: null, keyPath }).seal(COOKIE)).toThrow(
    `the key file ${keyPath} is damaged`,
  );
  expect(readFileSync(keyPath, 'utf8')).toBe('c2hvcnQ=\n');
});

test.each([
  [{ secret: 'short', keyPath: null }, 'TOCSIN_SECRET is too short'],
  [{ secret: null, keyPath: null }, 'set TOCSIN_SECRET to a long random text'],
  [{ secret: null, keyPath: join(folder, 'no', 'such') }, 'set TOCSIN_SECRET to a long random text'],
])('%j ends with the remedy', (options, remedy) => {
  expect(() => openVault(options).seal(COOKIE)).toThrow(remedy);
});
