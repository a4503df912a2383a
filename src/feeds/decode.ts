import { constants, gunzipSync } from 'node:zlib';
import { FeedError } from './feed-error.ts';
import { sniffEncoding } from './sniff-encoding.ts';

/** miniflux's limit for a document; nothing that people read as a feed comes near it. */
const MAX_BYTES = 15_000_000;

/**
 * Share of replacement characters among the non-ASCII ones above which an encoding is called wrong: one stray
 * byte must not turn the rest of a document into another alphabet.
 */
const MAX_REPLACED_SHARE = 0.1;

/** A document as text, and the encoding that it wrongly claims to be in, or null. */
export interface Decoded {
  text: string;
  repairedFrom: string | null;
}

/**
 * The text of a document: by its byte order mark, else the charset of its Content-Type, its XML prolog, UTF-8, the
 * first of these that fits the bytes, else what its letters look like. A gzip file without a label is unpacked first; throws
 * FeedError 'too-large' when that gives more than `maxBytes`.
 */
export function decodeDocument(body: Uint8Array, contentType: string | null, maxBytes = MAX_BYTES): Decoded {
  const bytes = isGzip(body) ? unpacked(body, maxBytes) : body;
  const { text, repairedFrom } = decoded(bytes, contentType);
  return {
    text: hasHighControls(bytes) ? text.replace(/[\u0080-\u009f]/g, meantCharacter) : text,
    repairedFrom,
  };
}

/** Whether UTF-8 text has any of U+0080 to U+009F. Their first byte is so rare that this costs next to nothing. */
function hasHighControls(bytes: Uint8Array): boolean {
  for (let index = bytes.indexOf(0xc2); index !== -1; index = bytes.indexOf(0xc2, index + 1)) {
    if ((bytes[index + 1] ?? 0xff) < 0xa0) return true;
  }
  return false;
}

/** U+0080 to U+009F are windows-1252 that some program took for Latin-1 before it wrote UTF-8. */
const MEANT = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at));

function meantCharacter(control: string): string {
  return MEANT.charAt(control.charCodeAt(0) - 0x80);
}

function decoded(bytes: Uint8Array, contentType: string | null): Decoded {
  const certain = markedEncoding(bytes);
  if (certain?.startsWith('utf-32')) return right(utf32Text(bytes, certain === 'utf-32le'));
  if (certain) return right(new TextDecoder(certain).decode(bytes));
  const declared = [headerCharset(contentType), prologEncoding(bytes)].filter((label) => label !== null);
  const utf8 = strictText(bytes, 'utf-8');
  // Text in a one-byte encoding is practically never valid UTF-8 by chance; with a label of one it is mislabelled.
  if (utf8 !== null && declared.every((label) => isOneByte(label) || label === 'utf-8')) {
    const wrong = declared.find((label) => label !== 'utf-8') ?? null;
    return { text: utf8, repairedFrom: utf8.length < bytes.length ? wrong : null };
  }
  return firstFitting(bytes, declared);
}

function right(text: string): Decoded {
  return { text, repairedFrom: null };
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

/** How a document begins, as hexadecimal digits: a byte order mark, or the zero bytes around a "<" or "{". */
const MARKS: readonly [beginning: RegExp, encoding: string][] = [
  [/^efbbbf/, 'utf-8'],
  [/^(?:fffe|3c00|7b00)0000/, 'utf-32le'],
  [/^0000(?:feff|003c|007b)/, 'utf-32be'],
  [/^(?:fffe|3c00|7b00)/, 'utf-16le'],
  [/^(?:feff|003c|007b)/, 'utf-16be'],
];

/** The encoding that the first bytes leave no doubt about, or null. */
function markedEncoding(bytes: Uint8Array): string | null {
  const beginning = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return MARKS.find(([mark]) => mark.test(beginning))?.[1] ?? null;
}

/** TextDecoder knows no UTF-32. */
function utf32Text(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let offset = 0; offset + 4 <= bytes.byteLength; offset += 4) {
    const point = view.getUint32(offset, isLittleEndian);
    if (point !== 0xfeff) text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  return text;
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

function firstFitting(bytes: Uint8Array, declared: string[]): Decoded {
  const [claimed = null] = declared;
  for (const encoding of [...declared, 'utf-8']) {
    const text = new TextDecoder(encoding).decode(bytes);
    if (replacedShare(text) <= MAX_REPLACED_SHARE) {
      return { text, repairedFrom: encoding === claimed ? null : claimed };
    }
  }
  return { text: new TextDecoder(sniffEncoding(bytes)).decode(bytes), repairedFrom: claimed };
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
