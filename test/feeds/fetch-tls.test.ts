import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { closeFetchers, errorOf, fetcherWith, get } from '../support/fetching.ts';

/** For 127.0.0.1, signed by itself, expired on 1 February 2020: of use for nothing but this test. */
const CERTIFICATE = pem(
  'CERTIFICATE',
  `MIIBVjCB/aADAgECAgEBMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCTEyNy4wLjAuMTAeFw0yMDAxMDEwMDAwMDBaFw0yMDAyMDEwMDAwMDBaMBQxEjAQ
   BgNVBAMMCTEyNy4wLjAuMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNamorpF+8VGuZDvjSmNfV555KTMnPRp+OwxvayH3x766DBWpjAVbYX6MdLD
   KlF1bAgilP9m1tA1JLXuiUp4rr2jQDA+MAwGA1UdEwQFMAMBAf8wDwYDVR0RBAgwBocEfwAAATAdBgNVHQ4EFgQUOtj0Bkz8xMZjYhoQ0+WhxBF90wUw
   CgYIKoZIzj0EAwIDSAAwRQIgINLprl8ij2+TYs64yvjYWTA+R/OlBRVNAX9P1QFewpACIQCHggd+Px6Bj5zfNwumThOZRQzBYeONhBiTMpU/1zO+6g==`,
);
const KEY = pem(
  'PRIVATE KEY',
  `MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzdZn50y4PxRsf9XHhCwv0s2ej4mdG2fQ7PBsf8YH+aOhRANCAATWpqK6RfvFRrmQ740p
   jX1eeeSkzJz0afjsMb2sh98e+ugwVqYwFW2F+jHSwypRdWwIIpT/ZtbQNSS17olKeK69`,
);

function pem(label: string, base64: string): string {
  return `-----BEGIN ${label}-----\n${base64.replace(/\s+/g, '\n')}\n-----END ${label}-----\n`;
}

const server = createServer({ cert: CERTIFICATE, key: KEY }, (_, response) => response.end('<rss/>'));
let url = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/rss`;
});
afterEach(closeFetchers);
afterAll(() => {
  server.close();
});

test('an expired certificate is told as such', async () => {
  const error = await errorOf(get(fetcherWith(), url));
  expect(error.message).toMatch(/^127\.0\.0\.1:\d+ has an expired certificate; tell the publisher\.$/);
});
