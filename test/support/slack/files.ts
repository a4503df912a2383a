import type { Desk } from './desk.ts';
import type { Json } from './json.ts';

/** A file as a test gives it. */
export interface GivenFile {
  name: string;
  content: string | Uint8Array;
  /** Where it is kept when not by Slack, as a document of another service. */
  url?: string;
}

/** A file that a user shared. */
export interface SharedFile {
  id: string;
  name: string;
  user: string;
  bytes: Buffer;
  mimetype: string;
  isExternal: boolean;
  url: string;
  /** Seconds UTC. */
  created: number;
}

/** A file of a workspace, which Slack keeps behind the app's token. */
export function sharedFile(desk: Desk, user: string, { name, content, url }: GivenFile): SharedFile {
  const id = desk.workspace.nextId('F');
  return {
    id,
    name,
    user,
    bytes: Buffer.from(content),
    mimetype: /\.(xml|opml)$/.test(name) ? 'text/xml' : 'application/octet-stream',
    isExternal: url !== undefined,
    url: url ?? `${desk.fileBase}${desk.teamId}-${id}/${encodeURIComponent(name)}`,
    created: Math.floor(Number(desk.workspace.nextTs())),
  };
}

/** A file as the Web API and events give it (docs.slack.dev/reference/objects/file-object). */
export function wireFile(file: SharedFile): Json {
  const { id, name, user, bytes, mimetype, isExternal, url, created } = file;
  return {
    id,
    created,
    timestamp: created,
    name,
    title: name,
    mimetype,
    filetype: name.replace(/^.*\./, ''),
    user,
    size: bytes.length,
    mode: isExternal ? 'external' : 'hosted',
    is_external: isExternal,
    is_public: true,
    url_private: url,
    ...(isExternal ? {} : { url_private_download: url }),
    permalink: `https://newsroom.slack.com/files/${user}/${id}`,
  };
}
