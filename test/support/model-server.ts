import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One question as the server got it. */
interface AskedQuestion {
  headers: IncomingHttpHeaders;
  body: {
    model: string;
    temperature: number;
    messages: { role: string; content: string }[];
    response_format?: { type: string };
    tools?: unknown;
  };
}

export type Answering = (question: AskedQuestion, response: ServerResponse) => void;

/** An OpenAI-compatible server on loopback that answers as a test says. */
export interface ModelServer extends AsyncDisposable {
  /** What LLM_URL would be. */
  url: string;
  asked: AskedQuestion[];
  /** From now on questions are answered so. */
  answer(answering: Answering): void;
}

export async function startModelServer(answering: Answering = pointing([])): Promise<ModelServer> {
  let current = answering;
  const asked: AskedQuestion[] = [];
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== '/v1/chat/completions' || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const question = { headers: request.headers, body: JSON.parse(await text(request)) };
    asked.push(question);
    current(question, response);
  }
  const server = createServer(
    (request, response) => void respond(request, response).catch(() => response.destroy()),
  );
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answer(next) {
      current = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** An answer whose message is this text. */
export function saying(content: string, more: Record<string, unknown> = {}): Answering {
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...more };
  return answeringJson({ object: 'chat.completion', choices: [choice] });
}

/** An answer that points at these facts. */
export function pointing(facts: unknown[]): Answering {
  return saying(JSON.stringify({ facts }));
}

export function answeringJson(body: unknown, status = 200, headers: Record<string, string> = {}): Answering {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}
