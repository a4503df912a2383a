import { createCipheriv, createDecipheriv, randomBytes, randomUUID, scryptSync } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Keeps what must not be stored in the clear, such as the cookie of a feed. */
export interface Vault {
  seal(plain: string): string;
  /** Throws an Error that names the remedy when the text was changed or sealed with another key. */
  open(sealed: string): string;
}

/** Either a secret of the operator's (TOCSIN_SECRET) or the path of a key file; the secret goes first. */
interface VaultOptions {
  secret: string | null;
  keyPath: string | null;
}

const KEY_BYTES = 32;
const MIN_SECRET_CHARS = 16;
/** NIST SP 800-38D, 5.2.1.1 and 5.2.1.2. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1:';

/**
 * AES-256-GCM under a key derived from the secret or, without one, under a random key that the first seal writes
 * to `keyPath`, in a folder that exists, readable by its owner only. Throws an Error for a secret of less than 16 characters.
 */
export function openVault(options: VaultOptions): Vault {
  const { secret } = options;
  if (secret !== null && secret.length < MIN_SECRET_CHARS) {
    throw new Error(`TOCSIN_SECRET is too short: give at least ${MIN_SECRET_CHARS} random characters`);
  }
  let known: Buffer | null = null;
  const key = (create: boolean) => {
    known ??= secret === null ? fileKey(options.keyPath, create) : derivedKey(secret);
    return known;
  };
  return {
    seal: (plain) => sealed(plain, key(true)),
    open: (text) => opened(text, key(false), secret === null ? 'the key file' : 'TOCSIN_SECRET'),
  };
}

function sealed(plain: string, key: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return VERSION + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

function opened(text: string, key: Buffer, keyName: string): string {
  const bytes = Buffer.from(text.slice(VERSION.length), 'base64url');
  try {
    if (!text.startsWith(VERSION)) throw new Error('unknown version');
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = bytes.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error(
      `stored credentials can't be opened: bring back ${keyName} they were stored with, or give them again`,
      { cause },
    );
  }
}

/** The salt is no secret and the same everywhere, because several processes must come to the same key. */
function derivedKey(secret: string): Buffer {
  return scryptSync(secret, 'tocsin credentials', KEY_BYTES);
}

function fileKey(path: string | null, create: boolean): Buffer {
  if (path === null) throw new Error("credentials can't be stored: set TOCSIN_SECRET to a long random text");
  if (create && !existsSync(path)) writeKey(path);
  const key = readKey(path);
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `the key file ${path} is damaged: bring it back, or remove it and give the credentials again`,
    );
  }
  return key;
}

/** Under a name of its own until it is complete, because another process may look for it at any moment. */
function writeKey(path: string): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true });
    linkSync(draft, path);
  } catch (cause) {
    // Another process was first.
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new Error(`the key file ${path} can't be written: set TOCSIN_SECRET to a long random text`, {
      cause,
    });
  } finally {
    rmSync(draft, { force: true });
  }
}

function readKey(path: string): Buffer {
  try {
    return Buffer.from(readFileSync(path, 'utf8'), 'base64');
  } catch (cause) {
    throw new Error(`the key file ${path} can't be read: bring it back, or give the credentials again`, {
      cause,
    });
  }
}
