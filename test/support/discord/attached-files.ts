import { randomBytes } from 'node:crypto';
import type { Json, World } from './world.ts';

/** What a server without boosts takes. */
export const attachmentBytes = 10_485_760;

/** A file as a person picks it for an option. */
export interface GivenFile {
  name: string;
  content: string | Uint8Array;
}

/** A file that was uploaded with a command. */
export interface AttachedFile {
  id: string;
  name: string;
  bytes: Buffer;
  contentType: string;
  url: string;
}

/** Uploads a file, as the client does before it sends the command. */
export function attachFile(world: World, channelId: string, { name, content }: GivenFile): AttachedFile {
  const id = world.nextId();
  const signature = new URLSearchParams({
    ex: 'ffffffff',
    is: '61fb5f00',
    hm: randomBytes(32).toString('hex'),
  });
  const file: AttachedFile = {
    id,
    name,
    bytes: Buffer.from(content),
    contentType: /\.(xml|opml)$/.test(name) ? 'text/xml; charset=utf-8' : 'application/octet-stream',
    url: `${world.cdnUrl}/attachments/${channelId}/${id}/${encodeURIComponent(name)}?${signature}`,
  };
  world.files.push(file);
  return file;
}

/** The attachment object of an interaction (docs: resources/message#attachment-object). Throws when there is none. */
export function attachmentJson(world: World, id: string): Json {
  const file = world.files.find((candidate) => candidate.id === id);
  if (!file) throw new Error(`no file ${id} was attached`);
  const { name, bytes, contentType, url } = file;
  return {
    id,
    filename: name,
    size: bytes.length,
    url,
    proxy_url: url,
    content_type: contentType,
    ephemeral: true,
  };
}
