import { createHash } from 'node:crypto';

/** `limit` requests in a window of `windowMs` that starts with the first. */
export interface BucketSize {
  limit: number;
  windowMs: number;
}

/** What a request is told: headers for every answer, and the refusal when it came too soon. */
interface Allowance {
  headers: Record<string, string>;
  refused: { retryAfterS: number; scope: 'user' | 'global' | 'shared' } | null;
}

export interface RateLimits {
  /** Counts a request in its bucket and in the bot's total. */
  take(request: { route: string; major: string; isGlobal: boolean; now: number }): Allowance;
}

/** Discord publishes no sizes: these are what its headers commonly show. */
const commonSizes: Record<string, BucketSize> = {
  'POST /channels/:channel/messages': { limit: 5, windowMs: 5000 },
  'PATCH /channels/:channel/messages/:message': { limit: 5, windowMs: 5000 },
  'POST /webhooks/:application/:token': { limit: 5, windowMs: 2000 },
};

/** Buckets per route and major parameter, under a total per second. */
export function rateLimits(sizes: Record<string, BucketSize>, globalPerSecond: number): RateLimits {
  const configured = { ...commonSizes, ...sizes };
  const windows = new Map<string, { count: number; resetsAt: number }>();

  function count(key: string, { limit, windowMs }: BucketSize, now: number) {
    const open = windows.get(key);
    const window = open && open.resetsAt > now ? open : { count: 0, resetsAt: now + windowMs };
    windows.set(key, window);
    const refused = window.count >= limit;
    if (!refused) window.count += 1;
    return { refused, remaining: limit - window.count, resetsAt: window.resetsAt };
  }

  return {
    take({ route, major, isGlobal, now }) {
      if (isGlobal) {
        const total = count('global', { limit: globalPerSecond, windowMs: 1000 }, now);
        if (total.refused) return refuse({}, total.resetsAt - now, 'global');
      }
      const size = configured[route];
      if (!size) return { headers: {}, refused: null };
      const bucket = count(`${route} ${major}`, size, now);
      const headers = bucketHeaders(route, size, bucket, now);
      return bucket.refused ? refuse(headers, bucket.resetsAt - now, 'user') : { headers, refused: null };
    },
  };
}

function refuse(headers: Record<string, string>, waitMs: number, scope: 'user' | 'global'): Allowance {
  return { headers, refused: { retryAfterS: waitMs / 1000, scope } };
}

function bucketHeaders(
  route: string,
  size: BucketSize,
  bucket: { remaining: number; resetsAt: number },
  now: number,
): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(size.limit),
    'X-RateLimit-Remaining': String(bucket.remaining),
    'X-RateLimit-Reset': (bucket.resetsAt / 1000).toFixed(3),
    'X-RateLimit-Reset-After': ((bucket.resetsAt - now) / 1000).toFixed(3),
    'X-RateLimit-Bucket': createHash('md5').update(route).digest('hex'),
  };
}
