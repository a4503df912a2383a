import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, refusal } from './api-error.ts';
import type { Fault, Faults } from './faults.ts';
import type { UploadedFile } from './messages.ts';
import type { RateLimits } from './rate-limits.ts';
import { type ApiResult, findRoute, type Route } from './router.ts';
import type { Json, World } from './world.ts';

/** One request that arrived; `status` is 0 when its answer never left. */
export interface Call {
  method: string;
  /** Without `/api/v10` and query. */
  path: string;
  at: number;
  body: unknown;
  status: number;
}

export interface Rest {
  calls: Call[];
  /** Answers of 401, 403 and 429: Discord bans an address after 10,000 in 10 minutes. */
  invalidRequests: number;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface Answer extends ApiResult {
  headers: Record<string, string>;
}

interface Received {
  body: Json;
  files: UploadedFile[];
}

const maxBodyBytes = 25 * 1024 * 1024;

/** REST v10 over the routes, with faults, authorization and rate limits in front. */
export function openRest(world: World, parts: { routes: Route[]; limits: RateLimits; faults: Faults }): Rest {
  async function respond(request: IncomingMessage, call: Call, query: URLSearchParams): Promise<Answer> {
    try {
      const received = await receive(request);
      call.body = received.body;
      return answer(request.headers.authorization, call, { ...received, query });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: error.body(), headers: {} };
    }
  }

  function answer(
    token: string | undefined,
    call: Call,
    given: Received & { query: URLSearchParams },
  ): Answer {
    const { route, params } = findRoute(parts.routes, call.method, call.path);
    if (route.needsToken && token !== `Bot ${world.token}`) throw refusal('unauthorized');
    const allowance = parts.limits.take({
      route: `${route.method} ${route.path}`,
      major: majorOf(params),
      isGlobal: route.needsToken,
      now: Date.now(),
    });
    const { headers, refused } = allowance;
    if (refused) return tooMany(refused.retryAfterS, refused.scope, headers);
    try {
      return { headers, ...route.answer({ params, ...given }) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: error.body(), headers };
    }
  }

  const rest: Rest = {
    calls: [],
    invalidRequests: 0,
    async handle(request, response) {
      const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
      const path = url.pathname.replace('/api/v10/', '/');
      const call: Call = { method: request.method ?? 'GET', path, at: Date.now(), body: null, status: 0 };
      rest.calls.push(call);
      const fault = parts.faults.next(`${call.method} ${path}`);
      if (fault?.kind === 'cut-before') {
        request.socket.destroy();
        return;
      }
      if (fault?.kind === 'late') {
        fault.taken?.();
        await sleep(fault.ms, undefined, { ref: false });
      }
      const given =
        faultAnswer(fault) ?? fileAnswer(world, url) ?? (await respond(request, call, url.searchParams));
      if (await isAnswerLost(request, fault)) return;
      call.status = given.status;
      if ([401, 403, 429].includes(given.status)) rest.invalidRequests += 1;
      write(response, given, fault?.kind === 'cut-mid');
    },
  };
  return rest;
}

/** What goes wrong once the request has been carried out. */
async function isAnswerLost({ socket }: IncomingMessage, fault: Fault | null): Promise<boolean> {
  if (fault?.kind === 'hold') {
    fault.done?.();
    await sleep(fault.ms, undefined, { ref: false });
  }
  if (fault?.kind !== 'cut-after') return false;
  if (fault.reset) socket.resetAndDestroy();
  else socket.destroy();
  return true;
}

/** A file of the content delivery network, which asks for no token but for the signature of its address. */
function fileAnswer(world: World, url: URL): Answer | null {
  if (!url.pathname.startsWith('/attachments/')) return null;
  const file = world.files.find((candidate) => candidate.url === url.href);
  const headers = { 'Content-Type': file === undefined ? 'text/plain' : file.contentType };
  if (file === undefined)
    return { status: 404, body: Buffer.from('This content is no longer available.'), headers };
  return { status: 200, body: file.bytes, headers };
}

function faultAnswer(fault: Fault | null): Answer | null {
  if (fault?.kind === 'status') {
    return {
      status: fault.status,
      body: { message: `${fault.status}: simulated fault`, code: 0 },
      headers: {},
    };
  }
  if (fault?.kind === 'rate-limit') return tooMany(fault.retryAfterS, fault.global ? 'global' : 'user', {});
  return null;
}

/** `retry_after` is exact; the header counts whole seconds, rounded up. */
function tooMany(
  retryAfterS: number,
  scope: 'user' | 'global' | 'shared',
  headers: Record<string, string>,
): Answer {
  const isGlobal = scope === 'global';
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfterS, global: isGlobal },
    headers: {
      ...headers,
      'Retry-After': String(Math.ceil(retryAfterS)),
      'X-RateLimit-Scope': scope,
      ...(isGlobal ? { 'X-RateLimit-Global': 'true' } : {}),
    },
  };
}

function write(response: ServerResponse, { status, body, headers }: Answer, isCut: boolean): void {
  if (response.destroyed) return;
  if (Buffer.isBuffer(body)) {
    response.writeHead(status, headers).end(body);
    return;
  }
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = text === '' ? {} : { 'Content-Type': 'application/json' };
  response.writeHead(status, { ...headers, ...type });
  if (isCut) response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
  else response.end(text);
}

function majorOf(params: Record<string, string>): string {
  const { channel = '', guild = '', token = '' } = params;
  return `${channel}${guild}${token}`;
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  if (raw.length > maxBodyBytes) throw refusal('bodyTooLarge');
  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) return await receiveForm(raw, contentType);
  return { body: raw.length === 0 ? {} : parseJson(raw.toString()), files: [] };
}

async function receiveForm(raw: Buffer, contentType: string): Promise<Received> {
  const form = await new Response(new Uint8Array(raw), {
    headers: { 'content-type': contentType },
  }).formData();
  const received: Received = { body: {}, files: [] };
  for (const [name, value] of form) {
    if (name === 'payload_json')
      received.body = parseJson(typeof value === 'string' ? value : await value.text());
    else if (typeof value !== 'string') {
      received.files.push({ filename: value.name, size: value.size, contentType: value.type });
    }
  }
  return received;
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw refusal('invalidJson', cause);
  }
}
