/** HTML 13.2.3.2 looks no further than 1024 bytes; many pages have scripts before their charset. */
const PRESCAN_BYTES = 4096;

/** The content type of a page with the charset that only its `<meta>` names, as decodeDocument takes it. */
export function pageType(contentType: string | null, body: Uint8Array): string | null {
  if (/charset\s*=/i.test(contentType ?? '')) return contentType;
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, PRESCAN_BYTES));
  const charset = /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start.toString('latin1'))?.[1];
  return charset === undefined ? contentType : `text/html; charset=${charset}`;
}
