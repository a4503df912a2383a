import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { FeedError } from './feed-error.ts';

/** Decides which addresses a feed may live at. */
export interface AddressGuard {
  /** Whether `host`, as written in the URL, may be reached at this IP address. */
  allows(host: string, address: string): boolean;
  /** Whether FETCH_ALLOW_PRIVATE names `host`, as written in a URL: by name, or as an address in a range. */
  isOwn(host: string): boolean;
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/;

/**
 * Reads FETCH_ALLOW_PRIVATE: hosts, addresses or CIDR ranges, separated by commas, that feeds may use
 * although private. Everything public is always allowed. Throws an Error that names the bad entry.
 */
export function parseAllowPrivate(value: string): AddressGuard {
  const hosts = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of value.split(',').map((part) => part.trim().toLowerCase())) {
    const range = rangeOf(entry);
    if (range) ranges.push(range);
    else if (HOST_NAME.test(entry) && !/^[\d.]+$/.test(entry)) hosts.add(entry);
    else if (entry !== '') {
      throw new Error(`"${entry}" is neither a host name nor an address nor a CIDR range such as 10.0.0.0/8`);
    }
  }
  const isNamed = (host: string, address: string) =>
    hosts.has(bare(host)) || ranges.some((range) => contains(range, address));
  return {
    allows: (host, address) => isPublic(address) || isNamed(host, address),
    isOwn: (host) => isNamed(host, bare(host)),
  };
}

/** Where a request goes: a URL without credentials, and the header that carries them. */
export interface Target {
  url: URL;
  authorization: string | null;
}

/**
 * Throws FeedError 'bad-address' unless the address is http or https; user name and password are taken off
 * (fetch refuses them) and come back as a Basic authorization header.
 */
export function checkedUrl(address: string, base?: URL): Target {
  const url = URL.parse(address, base?.href);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new FeedError({
      kind: 'bad-address',
      what: url
        ? `an address that begins with ${url.protocol} can't be polled`
        : 'the address of the feed is not a URL',
      remedy: 'give an address that begins with https:// or http://',
    });
  }
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return { url, authorization: null };
  const credentials = `${decoded(username)}:${decoded(password)}`;
  return { url, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/**
 * An undici connector that judges literals in the URL, every address that a name resolves to, and the peer of
 * the connected socket. A guarded lookup alone is not enough: it is never called for literals.
 */
export function guardedConnector(
  guard: AddressGuard,
  options: { timeoutMs: number; lookup?: LookupFunction },
): buildConnector.connector {
  const connect = buildConnector({
    timeout: options.timeoutMs,
    lookup: guardedLookup(guard, options.lookup ?? systemLookup),
  });
  return (target, callback) => {
    const host = bare(target.hostname);
    if (ipaddr.isValid(host) && !guard.allows(host, host)) return callback(blocked(host), null);
    connect(target, (...result) => {
      const [error, socket] = result;
      if (error || guard.allows(host, peerOf(socket))) return callback(...result);
      socket.destroy();
      callback(blocked(host), null);
    });
  };
}

function guardedLookup(guard: AddressGuard, lookup: LookupFunction): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const allowed = addressesOf(found).filter(({ address }) => guard.allows(host, address));
      const first = allowed[0];
      if (!first) return callback(blocked(host), '');
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function addressesOf(found: string | LookupAddress[]): LookupAddress[] {
  return typeof found === 'string' ? [{ address: found, family: found.includes(':') ? 6 : 4 }] : found;
}

function blocked(host: string): FeedError {
  return new FeedError({
    kind: 'blocked-address',
    what: `${host} is a private or special address`,
    remedy: 'if the feed belongs to your own network, name its host or range in FETCH_ALLOW_PRIVATE',
  });
}

function peerOf(socket: Socket): string {
  return socket.remoteAddress ?? '';
}

/** The only IPv6 block that IANA gives out; ipaddr.js takes "::7f00:1", an old form of 127.0.0.1, for public. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/** Azure answers its machines there, and among other things tells them who they are. */
const AZURE_METADATA = '168.63.129.16';

function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.toString() === AZURE_METADATA) return false;
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST));
}

function contains([network, bits]: Range, address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.kind() === network.kind() && parsed.match(network, bits);
}

function rangeOf(entry: string): Range | null {
  const text = bare(entry);
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
