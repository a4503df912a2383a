import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AddressGuard, guardedConnector, parseAllowPrivate } from '../../src/feeds/guard.ts';

describe('without exceptions', () => {
  const guard = parseAllowPrivate('');

  test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(guard.allows('news.example', address)).toBe(true);
    },
  );

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::7f00:1',
    '::a00:1',
    '1::1',
    '4000::1',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
    'fec0::1',
    '3fff::1',
    '5f00::1',
    '100.127.255.254',
    '239.255.255.255',
    'fe80::1%eth0',
    '2002:c0a8:101::',
    '::ffff:127.0.0.1',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    'not an address',
  ])('%s is not', (address) => {
    expect(guard.allows('news.example', address)).toBe(false);
  });
});

describe('FETCH_ALLOW_PRIVATE', () => {
  const guard = parseAllowPrivate(' 10.1.0.0/16, 192.168.1.5 ,fd00::/8,[::1], Feeds.LAN ');

  test.each([
    ['a.example', '10.1.255.1', true],
    ['a.example', '10.2.0.1', false],
    ['a.example', '::ffff:10.1.2.3', true],
    ['a.example', '192.168.1.5', true],
    ['a.example', '192.168.1.6', false],
    ['a.example', 'fd12::1', true],
    ['a.example', '::1', true],
    ['a.example', '127.0.0.1', false],
    ['feeds.lan', '127.0.0.1', true],
    ['FEEDS.lan', '10.9.9.9', true],
    ['other.feeds.lan', '10.9.9.9', false],
  ])('host %s at %s: %s', (host, address, allowed) => {
    expect(guard.allows(host, address)).toBe(allowed);
  });

  test.each([
    ['feeds.lan', true],
    ['Feeds.LAN', true],
    ['other.lan', false],
    ['10.1.2.3', true],
    ['10.2.2.3', false],
    ['[fd12::1]', true],
    ['[::1]', true],
    ['127.0.0.1', false],
    ['news.example', false],
    ['8.8.8.8', false],
  ])("the host %s is the operator's own: %s", (host, own) => {
    expect(guard.isOwn(host)).toBe(own);
  });

  test.each(['10.0.0.0/33', '300.1.1.1', 'two words', 'http://feeds.lan', '10.0.0.0/8,,!'])(
    '%s is refused by name',
    (value) => {
      const bad = value.split(',').at(-1);
      expect(() => parseAllowPrivate(value)).toThrow(`"${bad}" is neither`);
    },
  );
});

describe('a connection', () => {
  let server: Server;
  let connections = 0;
  beforeEach(async () => {
    connections = 0;
    server = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
  });

  /** Resolves to what the guard says, or null when it lets the connection through. */
  function connect(hostname: string, guard: AddressGuard): Promise<string | null> {
    const connector = guardedConnector(guard, {
      timeoutMs: 1000,
      lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve) => {
      connector({ hostname, protocol: 'http:', port: String(port) }, (...[error, socket]) => {
        socket?.destroy();
        resolve(error ? error.message : null);
      });
    });
  }

  test.each(['127.0.0.1', 'news.example'])('to %s is not even tried', async (host) => {
    expect(await connect(host, parseAllowPrivate(''))).toContain(`${host} is a private or special address`);
    expect(connections).toBe(0);
  });

  test('that ends at another address than the one allowed is dropped', async () => {
    const asked: string[] = [];
    const onlyOnce: AddressGuard = {
      allows: (_host, address) => asked.push(address) === 1,
      isOwn: () => false,
    };
    expect(await connect('news.example', onlyOnce)).toContain('news.example is a private or special address');
    expect(asked).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  test('that is allowed is made', async () => {
    expect(await connect('news.example', parseAllowPrivate('127.0.0.0/8'))).toBeNull();
  });
});
