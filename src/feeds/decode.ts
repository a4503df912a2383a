import { constants, gunzipSync } from 'node:zlib';
import { FeedError } from './feed-error.ts';

/** miniflux's limit for a document; nothing that people read as a feed comes near it. */
const MAX_BYTES = 15_000_000;

/**
 * Share of replacement characters among the non-ASCII ones above which an encoding is called wrong: one stray
 * byte must not turn the rest of a document into another alphabet.
 */
const MAX_REPLACED_SHARE = 0.1;

/**
 * The text of a document: by its byte order mark, else the charset of its Content-Type, its XML prolog, UTF-8,
 * windows-1252, the first of these that fits the bytes. A gzip file without a label is unpacked first; throws
 * FeedError 'too-large' when that gives more than `maxBytes`.
 */
export function decodeDocument(body: Uint8Array, contentType: string | null, maxBytes = MAX_BYTES): string {
  const bytes = isGzip(body) ? unpacked(body, maxBytes) : body;
  const certain = markedEncoding(bytes);
  if (certain) return new TextDecoder(certain).decode(bytes);
  const declared = [headerCharset(contentType), prologEncoding(bytes)].filter((label) => label !== null);
  const utf8 = strictText(bytes, 'utf-8');
  // Text in a one-byte encoding is practically never valid UTF-8 by chance; with a label of one it is mislabelled.
  if (utf8 !== null && declared.every((label) => isOneByte(label) || label === 'utf-8')) return utf8;
  return firstFitting(bytes, [...declared, 'utf-8']);
}

function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

function unpacked(body: Uint8Array, maxBytes: number): Uint8Array {
  try {
    // A cut-off file gives what it has: the parser keeps its complete items.
    return gunzipSync(body, { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    const isTooLarge =
      cause instanceof RangeError || (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (!isTooLarge) throw new FeedError(BAD_GZIP, { cause });
    throw new FeedError(
      {
        kind: 'too-large',
        what: `the document unpacks to more than ${Math.round(maxBytes / 1_000_000)} MB`,
        remedy: 'use a feed with fewer items',
      },
      { cause },
    );
  }
}

const BAD_GZIP = {
  kind: 'broken',
  what: 'the document is a damaged gzip file',
  remedy: 'tell the publisher; it is tried again later',
} as const;

/** The encoding that a byte order mark, or the zero bytes of a "<" in UTF-16, leave no doubt about. */
function markedEncoding([a, b, c]: Uint8Array): string | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return null;
}

function headerCharset(contentType: string | null): string | null {
  return known(/charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')?.[1]);
}

function prologEncoding(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString(
    'latin1',
  );
  return known(/^\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(start)?.[1]);
}

/**
 * The standard name of an encoding, or null when TextDecoder has never heard of it. Null for UTF-16 too: a
 * document that is would have shown its zero bytes.
 */
function known(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding.startsWith('utf-16') ? null : encoding;
  } catch {
    return null;
  }
}

function isOneByte(encoding: string): boolean {
  return /^(?:windows-|iso-8859-|koi8-|macintosh|x-mac-|ibm866)/.test(encoding);
}

function strictText(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function firstFitting(bytes: Uint8Array, encodings: string[]): string {
  for (const encoding of encodings) {
    const text = new TextDecoder(encoding).decode(bytes);
    if (replacedShare(text) <= MAX_REPLACED_SHARE) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

function replacedShare(text: string): number {
  let replaced = 0;
  let foreign = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) foreign += 1;
    if (code === 0xfffd) replaced += 1;
  }
  return foreign === 0 ? 0 : replaced / foreign;
}
