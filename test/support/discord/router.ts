import { refusal } from './api-error.ts';
import type { UploadedFile } from './messages.ts';
import type { Json } from './world.ts';

export interface ApiRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  /** The JSON body; an array for bulk routes. */
  body: Json;
  files: UploadedFile[];
}

export interface ApiResult {
  status: number;
  body?: unknown;
}

export interface Route {
  method: string;
  /** Such as `/channels/:channel/messages`. */
  path: string;
  /** False where the token in the path is the right to use it. */
  needsToken: boolean;
  answer(request: ApiRequest): ApiResult;
}

/** A route that needs the bot's token. */
export function route(method: string, path: string, answer: Route['answer']): Route {
  return { method, path, needsToken: true, answer };
}

/** A route whose path carries its own token: interactions and their webhooks. */
export function openRoute(method: string, path: string, answer: Route['answer']): Route {
  return { method, path, needsToken: false, answer };
}

/** The route for a request and the values of its path. Throws 404. */
export function findRoute(
  routes: Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } {
  for (const candidate of routes) {
    const params = candidate.method === method ? match(candidate.path, path) : null;
    if (params) return { route: candidate, params };
  }
  throw refusal('notFound');
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

/** The value of a path's parameter. */
export function param(request: ApiRequest, name: string): string {
  return request.params[name] ?? '';
}
