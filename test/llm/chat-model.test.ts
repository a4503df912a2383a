import { describe, expect, test } from '@jest/globals';
import { createChatModel } from '../../src/llm/chat-model.ts';
import { proposalsIn, questionAbout } from '../../src/llm/pointing.ts';
import {
  type Answering,
  answeringJson,
  pointing,
  saying,
  startModelServer,
} from '../support/model-server.ts';

const ARTICLE = { text: 'Raid near Atme\n\nTroops raided a house, residents said.' };
const FACT = { kind: 'claim', quote: 'Troops raided a house', speaker: 'residents' };
const FACTS = JSON.stringify({ facts: [FACT] });
const PROPOSAL = { ...FACT, statement: FACT.quote };

async function ask(answering: Answering, { deadlineMs = 5_000, signal = new AbortController().signal } = {}) {
  await using server = await startModelServer(answering);
  const model = createChatModel({
    url: server.url,
    model: 'tiny',
    key: 'sk-secret',
    deadlineMs,
    now: () => 0,
  });
  try {
    const { proposals } = proposalsIn(await model.ask(questionAbout(ARTICLE), signal));
    return { proposals, asked: server.asked };
  } catch (error) {
    return { error: (error as Error).message, asked: server.asked };
  } finally {
    await model.close();
  }
}

describe('A language model is asked', () => {
  test('once, with the article fenced as data, at temperature 0, without tools', async () => {
    const { proposals, asked } = await ask(pointing([FACT]));
    expect(proposals).toEqual([PROPOSAL]);
    expect(asked).toHaveLength(1);
    const [{ body, headers } = {}] = asked;
    expect(headers?.authorization).toBe('Bearer sk-secret');
    expect(body).toMatchObject({ model: 'tiny', temperature: 0, response_format: { type: 'json_schema' } });
    expect(body?.tools).toBeUndefined();
    const [system, user] = body?.messages ?? [];
    expect(system?.content).not.toContain('Atme');
    expect(user?.content).toMatch(/^<(article-[\w-]+)>\nRaid near Atme\n\nTroops raided[^<]*\n<\/\1>$/);
  });

  test('with a mark around the article that the article can’t know', () => {
    const marks = [1, 2].map(() => /^<(.*)>/.exec(questionAbout(ARTICLE).user)?.[1]);
    expect(new Set(marks).size).toBe(2);
  });
});

describe('An answer is read', () => {
  test.each([
    ['in a code fence', `\`\`\`json\n${FACTS}\n\`\`\``],
    ['with prose around it', `Here are the facts {as asked}:\n\n${FACTS}\n\nI hope this helps!`],
    ['after what the model thought aloud', `<think>{"facts": "maybe"}</think>\n${FACTS}`],
  ])('%s', async (_, content) => {
    expect(await ask(saying(content))).toMatchObject({ proposals: [PROPOSAL] });
  });

  test('of a server that knows no response format: the next questions are asked without', async () => {
    const picky: Answering = (question, response) => {
      const refused = answeringJson({ error: { message: 'response_format is not supported' } }, 400);
      (question.body.response_format === undefined ? pointing([FACT]) : refused)(question, response);
    };
    await using server = await startModelServer(picky);
    const model = createChatModel({
      url: server.url,
      model: 'm',
      key: null,
      deadlineMs: 5_000,
      now: () => 0,
    });
    const { signal } = new AbortController();
    for (let time = 0; time < 2; time += 1)
      expect(proposalsIn(await model.ask(questionAbout(ARTICLE), signal)).proposals).toEqual([PROPOSAL]);
    await model.close();
    const formats = server.asked.map(({ body }) => body.response_format?.type ?? 'none');
    expect(formats).toEqual(['json_schema', 'json_object', 'none', 'none']);
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
  });

  test('at the second try, when the server stumbled', async () => {
    let times = 0;
    const { proposals, asked } = await ask((question, response) => {
      times += 1;
      (times === 1 ? answeringJson({}, 500) : pointing([FACT]))(question, response);
    });
    expect({ proposals, times: asked.length }).toEqual({ proposals: [PROPOSAL], times: 2 });
  });

  test('as far as its facts are facts', () => {
    const wrong = ['text', null, { kind: 'rumour', quote: 'x' }, { kind: 'claim' }, { ...FACT, quote: 7 }];
    const toll = { kind: 'casualties', quote: '13 dead', speaker: null, effect: 'killed', min: -1 };
    expect(proposalsIn({ facts: [...wrong, toll, FACT] })).toEqual({ proposals: [PROPOSAL], unreadable: 6 });
    expect(proposalsIn({ facts: Array(1_000).fill(FACT) }).proposals).toHaveLength(20);
  });
});

const hang: Answering = () => {};
const drip: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 10);
  response.once('close', () => clearInterval(timer));
};
const redirect: Answering = (_, response) =>
  response.writeHead(307, { location: 'http://127.0.0.1:9/v1' }).end();
const cutOff: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"choices":[{"message":');
  response.destroy();
};

describe('An operator reads what is wrong when the model', () => {
  test.each<[string, Answering, string]>([
    ['answers no JSON', saying('The facts are {not} JSON.'), 'did not answer with JSON'],
    ['is cut off', saying(FACTS.slice(0, -9), { finish_reason: 'length' }), 'was cut off'],
    ['stops in the middle', saying(FACTS.slice(0, -9)), 'did not answer with JSON'],
    ['answers in another form', saying('{"result":[]}'), 'in the form asked for'],
    ['answers nothing', saying('  '), 'answered nothing'],
    [
      'refuses',
      saying('', { message: { role: 'assistant', content: null, refusal: 'I can’t help with that.' } }),
      'refused to read the article',
    ],
    ['fails again and again', answeringJson({ error: 'out of memory' }, 500), 'answered 500'],
    ['asks for a longer rest than we wait', answeringJson({}, 429, { 'retry-after': '30' }), 'answered 429'],
    ['refuses the key', answeringJson({}, 401), 'check LLM_KEY'],
    ['is not there', answeringJson({}, 404), 'check LLM_URL and LLM_MODEL'],
    ['refuses every format', answeringJson({ error: 'context too long' }, 400), 'answered 400'],
    ['redirects', redirect, 'set LLM_URL to where it leads'],
    ['answers without end', saying('x'.repeat(300_000)), 'more than an answer needs'],
    ['is no chat model', answeringJson({ hello: 'world' }), 'does not speak chat completions'],
    ['closes in the middle', cutOff, 'can’t be reached'],
  ])('%s', async (_, answering, problem) => {
    const { error, asked } = await ask(answering);
    expect(error).toContain(problem);
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  test.each<[string, Answering]>([
    ['hangs', hang],
    ['drips', drip],
  ])('%s: one deadline ends everything', async (_, answering) => {
    expect((await ask(answering, { deadlineMs: 300 })).error).toContain('did not answer within 0.3 s');
  });

  test('can’t be reached', async () => {
    const model = createChatModel({
      ...{ url: 'http://127.0.0.1:9/v1', model: 'm', key: null },
      ...{ deadlineMs: 5_000, now: () => 0 },
    });
    const asking = model.ask(questionAbout(ARTICLE), new AbortController().signal);
    await expect(asking).rejects.toThrow('check LLM_URL');
    await model.close();
  });
});

test('A stop ends a question at once, with its own reason', async () => {
  const stop = new AbortController();
  const asking = ask(() => stop.abort(new Error('stopping')), { signal: stop.signal });
  expect((await asking).error).toBe('stopping');
});
