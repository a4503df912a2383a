import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch, type Response } from 'undici';
import { z } from 'zod';
import { retryAfterMs } from '../feeds/http-time.ts';
import { readBody } from '../feeds/read-body.ts';
import { jsonIn } from './json-answer.ts';
import { ModelError } from './model-error.ts';

/** Any server that speaks OpenAI's chat completions. */
interface ModelServer {
  /** The address below which `/chat/completions` is. */
  url: string;
  model: string;
  key: string | null;
}

export interface ChatModelOptions extends ModelServer {
  /** Limit of one question with everything that it takes: formats that are refused, the second try, the body. */
  deadlineMs: number;
  now: () => number;
}

export interface Question {
  system: string;
  user: string;
  /** What the answer must look like, as JSON Schema. */
  schema: Record<string, unknown>;
}

export interface ChatModel {
  /** The JSON that the model answers, unchecked. Throws ModelError, or the reason of `signal` when that aborts it. */
  ask(question: Question, signal: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

/** A page of quotes is small; a larger answer is none. */
const MAX_BYTES = 256_000;

/** Before the second try, unless the server names a time. */
const RETRY_MS = 250;

/** How the form of the answer is asked for, the surest first; servers differ in what they know. */
const FORMATS = ['json_schema', 'json_object', 'none'] as const;

interface Client {
  options: ChatModelOptions;
  agent: Agent;
  /** The surest format that the server has not refused, as an index of FORMATS. */
  format: number;
}

export function createChatModel(options: ChatModelOptions): ChatModel {
  const client: Client = { options, agent: new Agent(), format: 0 };
  return {
    ask: (question, signal) => ask(client, question, signal),
    close: () => client.agent.destroy(),
  };
}

async function ask(client: Client, question: Question, signal: AbortSignal): Promise<unknown> {
  const { deadlineMs, now } = client.options;
  const endsAt = now() + deadlineMs;
  const deadline = AbortSignal.timeout(deadlineMs);
  const both = AbortSignal.any([signal, deadline]);
  try {
    return await firstAnswer(client, question, { signal: both, leftMs: () => endsAt - now() });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelError) throw error;
    const cause = { cause: error };
    throw deadline.aborted
      ? new ModelError(`the language model did not answer within ${deadlineMs / 1000} s`, cause)
      : new ModelError('the language model can’t be reached: check LLM_URL and that its server runs', cause);
  }
}

/** Asks in simpler formats while the server refuses them, and once more when it stumbles. */
async function firstAnswer(
  client: Client,
  question: Question,
  { signal, leftMs }: { signal: AbortSignal; leftMs: () => number },
): Promise<unknown> {
  let { format } = client;
  let mayRetry = true;
  for (;;) {
    try {
      const response = await post(client, question, { format, signal });
      const isRefused = response.status === 400 || response.status === 422;
      if (isRefused && format < FORMATS.length - 1) {
        await response.body?.cancel();
        format += 1;
        continue;
      }
      const answer = await answerOf(response, client.options);
      client.format = format;
      return answer;
    } catch (error) {
      const waitMs = retryWait(error);
      if (!mayRetry || waitMs === null || waitMs >= leftMs()) throw error;
      mayRetry = false;
      await sleep(waitMs, undefined, { signal });
    }
  }
}

/** How long to wait before a second try; null when it would end the same. */
function retryWait(error: unknown): number | null {
  if (error instanceof ModelError) return error.retry ? (error.restMs ?? RETRY_MS) : null;
  return error instanceof TypeError ? RETRY_MS : null;
}

function post(
  { options, agent }: Client,
  { system, user, schema }: Question,
  { format, signal }: { format: number; signal: AbortSignal },
): Promise<Response> {
  const body = {
    model: options.model,
    temperature: 0,
    stream: false,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    ...responseFormat(FORMATS[format], schema),
  };
  return fetch(`${options.url.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    dispatcher: agent,
    // A redirect would take the key and the article elsewhere.
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(options.key !== null && { authorization: `Bearer ${options.key}` }),
    },
    body: JSON.stringify(body),
    signal,
  });
}

function responseFormat(format: (typeof FORMATS)[number] | undefined, schema: Record<string, unknown>) {
  if (format === 'json_object') return { response_format: { type: 'json_object' } };
  if (format !== 'json_schema') return {};
  return { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } };
}

async function answerOf(response: Response, { now }: ChatModelOptions): Promise<unknown> {
  if (!response.ok) {
    await response.body?.cancel();
    throw statusError(response, now());
  }
  const body = await readBody(response, MAX_BYTES);
  if (body === null) throw new ModelError('the language model answered with more than an answer needs');
  return jsonIn(contentOf(new TextDecoder().decode(body)));
}

function statusError({ status, headers }: Response, now: number): ModelError {
  if (status === 401 || status === 403)
    return new ModelError(`the language model refuses us (${status}): check LLM_KEY`);
  if (status === 404)
    return new ModelError('the language model is not there (404): check LLM_URL and LLM_MODEL');
  if (status >= 300 && status < 400)
    return new ModelError('the server of LLM_URL redirects: set LLM_URL to where it leads');
  const isPassing = status === 429 || status >= 500;
  return new ModelError(`the server of the language model answered ${status}`, {
    retry: isPassing,
    restMs: isPassing ? retryAfterMs(headers, now) : null,
  });
}

/** The part of a chat completion that counts. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

function contentOf(body: string): string {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch (cause) {
    throw new ModelError('the server of LLM_URL did not answer with JSON: check LLM_URL', { cause });
  }
  const result = completion.safeParse(answer);
  const choice = result.data?.choices[0];
  if (choice === undefined)
    throw new ModelError('the server of LLM_URL does not speak chat completions: check LLM_URL');
  const { finish_reason: reason, message } = choice;
  if (message.refusal || reason === 'content_filter')
    throw new ModelError('the language model refused to read the article');
  if (reason === 'length') throw new ModelError('the answer of the language model was cut off');
  if (!message.content?.trim()) throw new ModelError('the language model answered nothing');
  return message.content;
}
