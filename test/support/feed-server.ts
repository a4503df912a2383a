import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the server has seen. */
interface SeenRequest {
  /** Path with query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Milliseconds UTC. */
  at: number;
}

type Responder = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on loopback that gives the documents a test has published. */
export interface FeedServer extends AsyncDisposable {
  /** The absolute address of a path that begins with "/". */
  url(path: string): string;
  /** From now on the path gives this document, or 304 to a request that carries its ETag or Last-Modified. */
  publish(path: string, document: string | Buffer, headers?: Record<string, string>): void;
  /** From now on the path is answered by the test itself. */
  respond(path: string, responder: Responder): void;
  /** Every request so far, oldest first. */
  requests: SeenRequest[];
  close(): Promise<void>;
}

/** Starts on a free port of 127.0.0.1; unknown paths are 404. */
export async function startFeedServer(): Promise<FeedServer> {
  const responders = new Map<string, Responder>();
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers, at: Date.now() });
    const responder = responders.get(path) ?? responders.get(path.replace(/\?.*$/, '')) ?? answerNotFound;
    responder(request, response);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    publish: (path, document, headers = {}) => {
      responders.set(path, documentResponder(document, headers));
    },
    respond: (path, responder) => {
      responders.set(path, responder);
    },
    requests,
    close: () => closeServer(server),
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

function documentResponder(document: string | Buffer, headers: Record<string, string>): Responder {
  const sent = new Headers({ 'content-type': 'application/xml', ...headers });
  return (request, response) => {
    const isKnown =
      matches(request.headers['if-none-match'], sent.get('etag')) ||
      matches(request.headers['if-modified-since'], sent.get('last-modified'));
    response.writeHead(isKnown ? 304 : 200, Object.fromEntries(sent));
    response.end(isKnown ? undefined : document);
  };
}

function matches(validator: string | undefined, current: string | null): boolean {
  return validator !== undefined && validator === current;
}

function answerNotFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end();
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
