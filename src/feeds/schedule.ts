import { spokenTime } from '../text/spoken-time.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const MIN_INTERVAL_MS = 2 * MINUTE_MS;
const MAX_INTERVAL_MS = HOUR_MS;
/** For a feed whose rhythm is not known yet. */
const FIRST_INTERVAL_MS = 15 * MINUTE_MS;
/** A longer max-age is a fault of the server's set-up more often than a wish, and hides news. */
const MAX_AGE_CAP_MS = 4 * HOUR_MS;
const BACK_OFF_MS = 5 * MINUTE_MS;
const MAX_BACK_OFF_MS = 24 * HOUR_MS;
const JITTER_SHARE = 0.1;
/** Between two requests to a host: feed services block readers that leave less (openrss.org asks for 1 to 2 s). */
const SPACING_MS = 2 * SECOND_MS;
/** Reddit allows about one feed request a minute and address (FreshRSS #8928, NetNewsWire #5328). */
const SLOW_HOSTS: readonly [RegExp, number][] = [[/(?:^|\.)reddit\.com(?::|$)/, MINUTE_MS]];
/** A host that asks for a pause without saying how long gets this one, doubled each time in a row. */
const PAUSE_MS = 10 * MINUTE_MS;
/** With a configured interval: so many failures are taken for hiccups. */
const PATIENT_FAILURES = 3;

export interface PollInput {
  /** Milliseconds UTC: when the poll ended. */
  now: number;
  /** The configured interval, or null. */
  everyMs: number | null;
  outcome: PollOutcome;
  /** 0 to 1; spreads feeds that would be due together. */
  random: number;
  /** 0 to 1, always the same for a feed: where in a configured interval its turn is. */
  slot: number;
}

export type PollOutcome =
  /** `recentGapsMs`: times between neighbouring items of the feed; `hintMs`: how often it says that it changes. */
  | { kind: 'ok'; maxAgeMs: number | null; recentGapsMs: number[]; hintMs: number | null }
  /** `failures`: failed polls in a row, this one included. */
  | { kind: 'failed'; failures: number; retryAfterMs: number | null };

/** When a poll follows (milliseconds UTC), and why then, as a clause for people. */
export interface NextPoll {
  at: number;
  reason: string;
}

interface Wait {
  ms: number;
  reason: string;
}

/**
 * Decides when a feed is polled again. A configured interval is kept, in the feed's own slot of it, unless failures
 * ask for longer; else it is half the usual gap between items, within 2 to 60 minutes, not below the server's
 * max-age, and up to 10 % off.
 */
export function nextPoll({ now, everyMs, outcome, random, slot }: PollInput): NextPoll {
  if (outcome.kind === 'failed') {
    const wait = afterFailure(everyMs, outcome, random);
    return { at: now + Math.round(wait.ms), reason: wait.reason };
  }
  if (everyMs !== null) {
    return { at: slotAfter(now, everyMs, slot), reason: `every ${spokenTime(everyMs)}, as configured` };
  }
  const wait = afterSuccess(outcome, random);
  return { at: now + Math.round(wait.ms), reason: wait.reason };
}

/** The turn that is nearest to one interval from now: a thousand feeds of one interval are spread over it. */
function slotAfter(now: number, everyMs: number, slot: number): number {
  const offset = Math.floor(slot * everyMs);
  return Math.round((now + everyMs - offset) / everyMs) * everyMs + offset;
}

/** 0 to 1, evenly spread over feeds and always the same for one. */
export function slotOf(feedId: string): number {
  let hash = 2166136261;
  // FNV-1a, 32 bits.
  for (const character of feedId) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return (hash >>> 0) / 2 ** 32;
}

/** How long a host is left alone after a request, milliseconds. */
export function spacingMs(host: string): number {
  return SLOW_HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? SPACING_MS;
}

/** How long a host that asked for it is left alone, milliseconds; `pauses` are those before, in a row. */
export function pauseMs(pauses: number, retryAfterMs: number | null): number {
  return Math.min(retryAfterMs ?? PAUSE_MS * 2 ** pauses, MAX_BACK_OFF_MS);
}

function afterSuccess(outcome: PollOutcome & { kind: 'ok' }, random: number): Wait {
  const own = ownInterval(outcome);
  const maxAgeMs = Math.min(outcome.maxAgeMs ?? 0, MAX_AGE_CAP_MS);
  if (maxAgeMs <= own.ms) return { ...own, ms: Math.max(jittered(own.ms, random), maxAgeMs) };
  // Later than asked is polite, earlier is not.
  const ms = maxAgeMs * (1 + JITTER_SHARE * random);
  const longer = (outcome.maxAgeMs ?? 0) > MAX_AGE_CAP_MS ? 'longer than ' : '';
  return { ms, reason: `the server calls its answer fresh for ${longer}${spokenTime(maxAgeMs)}` };
}

/** Most hints are a program's default ("hourly" of WordPress), so a known rhythm is worth more. */
function ownInterval({ recentGapsMs, hintMs }: PollOutcome & { kind: 'ok' }): Wait {
  const gapMs = median(recentGapsMs.filter((gap) => gap > 0));
  if (gapMs !== null)
    return { ms: clamped(gapMs / 2), reason: `its items come about every ${spokenTime(gapMs)}` };
  if (hintMs === null)
    return { ms: FIRST_INTERVAL_MS, reason: 'it is not known yet how often the feed changes' };
  const ms = clamped(hintMs);
  return { ms, reason: `the feed says that it changes every ${spokenTime(hintMs)}` };
}

function clamped(ms: number): number {
  return Math.min(Math.max(ms, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
}

function afterFailure(
  everyMs: number | null,
  outcome: PollOutcome & { kind: 'failed' },
  random: number,
): Wait {
  const { failures, retryAfterMs } = outcome;
  const backOff = backOffMs(everyMs, failures, random);
  const asked = Math.min(retryAfterMs ?? 0, MAX_BACK_OFF_MS);
  if (asked > backOff) {
    return {
      ms: asked * (1 + JITTER_SHARE * random),
      reason: `the server asks to wait ${spokenTime(asked)}`,
    };
  }
  const times = failures > 1 ? `the last ${failures} polls failed` : 'the last poll failed';
  return { ms: backOff, reason: `${times}, so it waits ${spokenTime(backOff)}` };
}

function backOffMs(everyMs: number | null, failures: number, random: number): number {
  const usualMs = everyMs === null ? 0 : Math.max(everyMs, MINUTE_MS);
  const patient = everyMs === null ? 0 : PATIENT_FAILURES;
  if (failures <= patient) return usualMs;
  const doubled = Math.min(BACK_OFF_MS * 2 ** (failures - patient - 1), MAX_BACK_OFF_MS);
  return Math.max(usualMs, Math.min(jittered(doubled, random), MAX_BACK_OFF_MS));
}

function jittered(ms: number, random: number): number {
  return ms * (1 + JITTER_SHARE * (2 * random - 1));
}

/** The times between neighbouring moments, whatever their order. */
export function gapsMs(moments: number[]): number[] {
  const sorted = moments.toSorted((a, b) => b - a);
  return sorted.slice(1).map((moment, index) => (sorted[index] ?? moment) - moment);
}

/** The middle value, or the mean of the two; null for none. */
export function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  const lower = sorted[middle - 1] ?? upper;
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2;
}
