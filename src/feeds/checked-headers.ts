import { FeedError } from './feed-error.ts';

/** RFC 9110, 5.6.2 and 5.5. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t -~\u0080-\u00ff]*$/;
/** They frame the message or name its receiver, which is not the feed's business. */
const FRAMING =
  /^(?:host|connection|keep-alive|content-length|content-encoding|transfer-encoding|te|trailer|upgrade|expect|proxy-.*)$/;

/** The headers that a feed asks for, names in lower case. Throws FeedError 'bad-header', without naming them. */
export function checkedHeaders(headers: Record<string, string> = {}): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!NAME.test(name) || !VALUE.test(value) || FRAMING.test(lower)) throw new FeedError(BAD_HEADER);
    checked[lower] = value;
  }
  return checked;
}

const BAD_HEADER = {
  kind: 'bad-header',
  what: "one of the headers given for the feed can't be sent",
  remedy: 'give it as a name and a value on one line, such as Cookie: session=abc',
} as const;
