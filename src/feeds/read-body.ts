import type { Response } from 'undici';

/** The body, or null when it is larger: decoded bytes are counted while they arrive. */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // undici's own limit counts bytes on the wire, and a bomb is small there.
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** What arrives of the body within these limits, as text; the rest is given up. Never throws. */
export async function readStart(
  response: Response,
  limits: { maxBytes: number; timeoutMs: number },
): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const cancel = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(cancel, limits.timeoutMs);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < limits.maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.byteLength;
    }
  } catch {
    // Half an answer still says who gave it.
  } finally {
    clearTimeout(timer);
    cancel();
  }
  return Buffer.concat(chunks, length).toString('utf8', 0, limits.maxBytes);
}
