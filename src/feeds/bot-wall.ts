import type { Headers } from 'undici';

/** Who stops robots there, by a header that their ordinary answers don't have. */
const HEADERS: readonly [header: string, value: RegExp, name: string][] = [
  ['cf-mitigated', /challenge/i, 'Cloudflare'],
  ['x-amzn-waf-action', /challenge|captcha/i, 'AWS WAF'],
  ['x-vercel-mitigated', /challenge|deny/i, 'Vercel'],
  ['x-sucuri-block', /./, 'Sucuri'],
];

/** What stands in their pages only: some walls answer 200. */
const PAGES: readonly [sign: RegExp, name: string][] = [
  [/<title>(?:Just a moment\.\.\.|Attention Required! \| Cloudflare)<\/title>/i, 'Cloudflare'],
  [/window\._cf_chl_opt\b/, 'Cloudflare'],
  [/captcha-delivery\.com\//i, 'DataDome'],
  [/\/\.within\.website\/x\/cmd\/anubis\//, 'Anubis'],
  [/\bid="px-captcha"/i, 'HUMAN'],
  [/Incapsula incident ID/i, 'Imperva'],
];

/** What tells a wall from other refusals; the same words in a page that was given mean nothing. */
const REFUSALS: readonly [sign: RegExp, name: string][] = [
  [/^\s*error code: 1\d{3}\b|Sorry, you have been blocked|Checking your browser before/i, 'Cloudflare'],
  [/errors\.edgesuite\.net|on this server\.<P>\s{0,9}Reference/i, 'Akamai'],
  [/_Incapsula_Resource/i, 'Imperva'],
  [/Sucuri WebSite Firewall/i, 'Sucuri'],
  [/whoa there, pardner|blocked (?:due to a|by) network (?:policy|security)/i, 'Reddit'],
  [/g-recaptcha|h-captcha|cf-turnstile/i, 'a captcha'],
];

/** Statuses that walls answer with. */
const REFUSED = new Set([401, 403, 405, 406, 429, 503]);

/** Whether an answer with this status may come from a bot protection, so that its body is worth a look. */
export function mayBeWall(status: number): boolean {
  return REFUSED.has(status);
}

/** The name of the bot protection that answered, or null. `start` is the beginning of the body. */
export function botWall(status: number, headers: Headers, start: string): string | null {
  for (const [header, value, name] of HEADERS) if (value.test(headers.get(header) ?? '')) return name;
  const refused = REFUSED.has(status);
  if (!refused && !/^\s*<(?:!doctype html|html)\b/i.test(start)) return null;
  const signs = refused ? [...PAGES, ...REFUSALS] : PAGES;
  return signs.find(([sign]) => sign.test(start))?.[1] ?? null;
}
