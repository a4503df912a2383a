/** What is wrong with the file that came with a command: sentences for the person, with the remedy. */
export class AttachmentError extends Error {
  override name = 'AttachmentError';
}

/** A list of 2,000 feeds has about 300 kB. */
const ATTACHMENT_BYTES = 1024 * 1024;

const DOWNLOAD_MS = 20_000;

interface RemoteFile {
  /** As the person knows it. */
  name: string;
  /** The platform's own address of it. */
  url: string;
  headers?: Record<string, string>;
  /** What to do when the platform does not give it. */
  remedy: string;
}

/** The text of a file that the platform keeps. Throws AttachmentError. */
export async function downloadText({ name, url, headers = {}, remedy }: RemoteFile): Promise<string> {
  try {
    // A redirect would carry the token elsewhere, and Slack's leads to a page where one signs in.
    const signal = AbortSignal.timeout(DOWNLOAD_MS);
    const response = await fetch(url, { headers, redirect: 'error', signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    return attachmentText(name, await firstBytes(response.body));
  } catch (cause) {
    if (cause instanceof AttachmentError) throw cause;
    throw new AttachmentError(`I could not fetch the file “${name}”. ${remedy}`, { cause });
  }
}

/** No more of a file than shows that it is too large. */
async function firstBytes(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > ATTACHMENT_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** The file as text: UTF-8, or UTF-16 where its first bytes say so. Throws AttachmentError. */
export function attachmentText(name: string, bytes: Uint8Array): string {
  if (bytes.length > ATTACHMENT_BYTES) {
    throw new AttachmentError(`“${name}” is larger than 1 MB. Split it into smaller files.`);
  }
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AttachmentError(`“${name}” is not a text file. Save it as UTF-8 text and try again.`, {
      cause,
    });
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
