import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNT_METHODS } from './account-methods.ts';
import { CHAT_METHODS } from './chat-methods.ts';
import { CONVERSATION_METHODS } from './conversation-methods.ts';
import type { Fault, Faults } from './faults.ts';
import { asObject, asText, type Json, parseJson } from './json.ts';
import { type Call, type Method, requireScope } from './method.ts';
import { RateLimited, Refusal } from './refusal.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketHub } from './socket-hub.ts';
import { VIEW_METHODS } from './view-methods.ts';

/** One call of the Web API, of a response_url (`response_url`) or of a shared file (`files-pri`), in order of arrival. */
export interface ApiCall {
  method: string;
  /** Milliseconds UTC. */
  at: number;
  /** Without the token; blocks, metadata and view are parsed. */
  args: Record<string, unknown>;
  /** Whether it took effect: true also when the answer was lost. */
  ok: boolean;
  error?: string;
}

export interface Slack {
  tokens: { bot: string; app: string; refused: boolean };
  call: Omit<Call, 'args'>;
  calls: ApiCall[];
  faults: Faults;
  responseUrls: ResponseUrls;
  hub: SocketHub;
  now: () => number;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: Json | Buffer;
}

const METHODS: Record<string, Method> = {
  ...ACCOUNT_METHODS,
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...VIEW_METHODS,
};

/** Serves the Web API, the response_urls and the sockets on a free loopback port. */
export async function listen(slack: Slack): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    serve(slack, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.on('upgrade', (request, socket, head) => slack.hub.accept(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, origin: `127.0.0.1:${port}` };
}

async function serve(slack: Slack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, kind, name = ''] = url.pathname.split('/');
  const args = { ...Object.fromEntries(url.searchParams), ...(await readBody(request)) };
  const method = { response: 'response_url', 'files-pri': 'files-pri' }[kind ?? ''] ?? name;
  const logged: ApiCall = { method, at: slack.now(), args: logArgs(args), ok: false };
  slack.calls.push(logged);
  const fault = slack.faults.take(method);
  if (fault?.kind === 'cut-before') {
    logged.error = 'cut-before';
    request.socket.destroy();
    return;
  }
  if (fault?.kind === 'late') {
    fault.taken?.();
    await sleep(fault.ms, undefined, { ref: false });
  }
  const answer = (fault && faultAnswer(fault)) ?? answerOf(slack, request, kind ?? '', name, args);
  const { body } = answer;
  logged.ok = answer.status === 200 && (Buffer.isBuffer(body) || body.ok === true);
  if (!logged.ok && !Buffer.isBuffer(body)) logged.error = asText(body.error);
  await send(response, answer, fault);
}

async function send(response: ServerResponse, answer: Answer, fault: Fault | undefined): Promise<void> {
  if (fault?.kind === 'delay') {
    fault.done?.();
    await sleep(fault.ms, undefined, { ref: false });
  }
  if (fault?.kind === 'cut-after') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(answer.status, {
    'content-type': Buffer.isBuffer(answer.body) ? 'text/html' : 'application/json; charset=utf-8',
    ...answer.headers,
  });
  const body = Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body);
  if (fault?.kind === 'cut-mid') {
    response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
  } else response.end(body);
}

/** What is answered without doing anything; undefined when the call is to be done. */
function faultAnswer(fault: Fault): Answer | undefined {
  if (fault.kind === 'status') return { status: fault.status, body: { error: `http_${fault.status}` } };
  if (fault.kind === 'rate-limit') return rateLimited(fault.retryAfterS);
  if (fault.kind === 'error') return { status: 200, body: { ok: false, error: fault.error } };
  return undefined;
}

function rateLimited(retryAfterS: number): Answer {
  const headers = { 'retry-after': String(retryAfterS) };
  return { status: 429, headers, body: { ok: false, error: 'ratelimited' } };
}

function answerOf(slack: Slack, request: IncomingMessage, kind: string, name: string, args: Json): Answer {
  try {
    if (kind === 'response') {
      slack.responseUrls.use(name, args);
      return { status: 200, body: { ok: true } };
    }
    if (kind === 'signin') return { status: 200, body: Buffer.from('<html>Sign in to Newsroom</html>') };
    if (kind === 'files-pri') return fileAnswer(slack, tokenOf(request, args), name);
    if (kind !== 'api') return { status: 404, body: { ok: false, error: 'not_found' } };
    return runMethod(slack, name, tokenOf(request, args), args);
  } catch (error) {
    if (error instanceof RateLimited) return rateLimited(error.retryAfterS);
    if (!(error instanceof Refusal)) throw error;
    const status = kind === 'response' ? responseUrlStatus(error) : 200;
    return { status, body: { ok: false, error: error.error, ...error.extra } };
  }
}

/** Slack sends whoever may not read a file to its sign-in page, token or not. */
function fileAnswer(slack: Slack, token: string, name: string): Answer {
  const { workspace, manifest } = slack.call;
  const file = workspace.file(name.replace(/^.*-/, ''));
  const mayRead = token === slack.tokens.bot && !slack.tokens.refused && manifest.scopes.has('files:read');
  if (file === undefined) return { status: 404, body: { ok: false, error: 'file_not_found' } };
  if (mayRead) return { status: 200, headers: { 'content-type': file.mimetype }, body: file.bytes };
  return {
    status: 302,
    headers: { location: '/signin' },
    body: { ok: false, error: 'not_authed' },
  };
}

/** Unlike the Web API, a response_url answers a refusal with an HTTP status. */
function responseUrlStatus(refusal: Refusal): number {
  return refusal.error === 'expired_url' || refusal.error === 'used_url' ? 404 : 400;
}

function runMethod(slack: Slack, name: string, token: string, args: Json): Answer {
  const method = METHODS[name];
  if (!method) throw new Refusal('unknown_method', { req_method: name });
  checkToken(slack, token, method.token);
  if (method.scope) requireScope(slack.call.manifest, method.scope);
  const body = { ok: true, ...method.run({ ...slack.call, args }) };
  const scopes = [...slack.call.manifest.scopes].join(',');
  return { status: 200, headers: method.token === 'bot' ? { 'x-oauth-scopes': scopes } : {}, body };
}

function checkToken(slack: Slack, token: string, kind: 'bot' | 'app'): void {
  const { tokens } = slack;
  if (token === '') throw new Refusal('not_authed');
  if (tokens.refused || (token !== tokens.bot && token !== tokens.app)) throw new Refusal('invalid_auth');
  if (token !== tokens[kind]) throw new Refusal('not_allowed_token_type');
}

/** A bearer token, or the `token` argument of older clients. */
function tokenOf(request: IncomingMessage, args: Json): string {
  const bearer = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  return bearer ?? asText(args.token);
}

async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (request.headers['content-type']?.startsWith('application/json')) return asObject(parseJson(body));
  return Object.fromEntries(new URLSearchParams(body));
}

function logArgs(args: Json): Json {
  const { token: _, ...logged } = args;
  for (const name of ['blocks', 'metadata', 'view']) {
    if (typeof logged[name] === 'string') logged[name] = parseJson(logged[name]) ?? logged[name];
  }
  return logged;
}
