import type { Feed, Subscription } from '../model/feed.ts';
import { holdsInOrder, wordsOf } from './name-words.ts';

/** What those who own a watch call the feed of an article. */
export interface FeedLabels {
  /** A part of a name is enough: "reuters" for "Reuters World". */
  names: readonly string[];
  /** Absolute addresses; their host and its parent domains name the feed too. */
  urls: readonly string[];
  /** Named in full. */
  groups: readonly string[];
}

/** What those may call a feed who see these of its subscriptions. */
export function labelsOf({ name, url, address }: Feed, subscriptions: readonly Subscription[]): FeedLabels {
  return {
    names: name === null ? [] : [name],
    urls: [...new Set([url, address])],
    groups: subscriptions.map((one) => one.group).filter((group) => group !== null),
  };
}

/** Labels as they are compared. */
interface ReadLabels {
  names: string[][];
  groups: string[];
  addresses: Address[];
}

/** An address without scheme and "www."; the path is empty or begins with a slash and does not end with one. */
interface Address {
  host: string;
  path: string;
}

/** The labels of a feed are the same for all its articles and most watches. */
const known = new WeakMap<FeedLabels, ReadLabels>();

/** The test whether a feed is the one, or one of the group, that the value of a `feed:` names. */
export function feedTest(value: string): (labels: FeedLabels) => boolean {
  const words = wordsOf(value);
  const group = words.join(' ');
  const address = addressOf(value);
  return (labels) => {
    const { names, groups, addresses } = readLabels(labels);
    return (
      groups.includes(group) ||
      names.some((name) => holdsInOrder(name, words)) ||
      (address !== null && addresses.some((one) => isUnder(one, address)))
    );
  };
}

function readLabels(labels: FeedLabels): ReadLabels {
  const read = known.get(labels) ?? {
    names: labels.names.map(wordsOf),
    groups: labels.groups.map((group) => wordsOf(group).join(' ')),
    addresses: labels.urls.map(addressOf).filter((address) => address !== null),
  };
  known.set(labels, read);
  return read;
}

/** Null for what is no address: "com" would be nearly every feed. */
function addressOf(text: string): Address | null {
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || !url.hostname.includes('.')) return null;
  return {
    host: url.hostname.replace(/^www\./, ''),
    path: (url.pathname + url.search).toLowerCase().replace(/\/$/, ''),
  };
}

/** The address itself, what lies under its path, and, when it is a host alone, the subdomains. */
function isUnder(address: Address, wanted: Address): boolean {
  if (wanted.path === '') return `.${address.host}`.endsWith(`.${wanted.host}`);
  return address.host === wanted.host && `${address.path}/`.startsWith(`${wanted.path}/`);
}
