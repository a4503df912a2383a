import { readersOf } from './audience.ts';
import { pointedFacts } from './facts/pointed.ts';
import { isEnglish, readArticle } from './facts/read.ts';
import type { ChatModel } from './llm/chat-model.ts';
import { createCircuit } from './llm/circuit.ts';
import { ModelError } from './llm/model-error.ts';
import { proposalsIn, questionAbout } from './llm/pointing.ts';
import type { Proposal, Reading } from './model/fact.ts';
import type { Feed } from './model/feed.ts';
import { errorText } from './ops/log.ts';
import type { PipelineDeps } from './pipeline.ts';
import { tellChannels } from './tell.ts';

/** Longer than one call may take; after a crash the article is asked about again then. */
const LEASE_MS = 60_000;

/** Questions at the same time: a model of one's own answers no faster when asked more. */
const CONCURRENCY = 2;

/** What was matched so long ago has been read. */
const LATE_MS = 30 * 60_000;

export interface ModelDeps extends Omit<PipelineDeps, 'signal' | 'failedBefore' | 'asksModel'> {
  model: ChatModel;
  /** Called when alerts may wait in the outbox. */
  wake: () => void;
}

/** The loop that asks a language model what else matched articles say. Nothing ever waits for it. */
export interface ModelAsker {
  /** Starts what is due, as far as there is room, without waiting for it. */
  tick(): Promise<void>;
  /** Resolves when what runs has ended. */
  settled(): Promise<void>;
  /** Takes nothing new, gives up what runs, resolves when it has ended and closes the model. */
  stop(): Promise<void>;
  /** How the model does, for `/status`. */
  status(): string;
}

export function createModelAsker(deps: ModelDeps): ModelAsker {
  const running = new Set<Promise<void>>();
  const abort = new AbortController();
  const circuit = createCircuit(deps.now);
  async function settled(): Promise<void> {
    await Promise.allSettled(running);
  }
  async function ask(articleId: string): Promise<void> {
    try {
      const proposals = await proposalsFor(articleId, deps, abort.signal);
      if (proposals !== null) {
        circuit.succeeded();
        await addPointed(articleId, proposals, deps);
      }
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      circuit.failed(error);
      deps.metrics.modelFailures += 1;
      deps.log.warn('language model failed', { article: articleId, error: errorText(error) });
    }
    await deps.store.modelCalls.done(articleId, deps.now());
  }
  /** What is no fault of the model, such as a store that fails or a stop, leaves the call due. */
  function postponed(articleId: string, error: unknown): void {
    if (!abort.signal.aborted)
      deps.log.warn('language model postponed', { article: articleId, error: errorText(error) });
  }
  return {
    async tick() {
      while (!abort.signal.aborted && running.size < circuit.room(CONCURRENCY)) {
        const now = deps.now();
        const articleId = await deps.store.modelCalls.take({
          now,
          until: now + LEASE_MS,
          lateAt: now - LATE_MS,
        });
        if (articleId === null) return;
        const turn = ask(articleId)
          .catch((error) => postponed(articleId, error))
          .finally(() => running.delete(turn));
        running.add(turn);
      }
    },
    settled,
    async stop() {
      abort.abort();
      await settled();
      await deps.model.close();
    },
    status: () => statusText(circuit.rest(), deps),
  };
}

/** What the model points at in the article; null when it was not asked. Throws ModelError. */
async function proposalsFor(
  articleId: string,
  { store, model, metrics }: ModelDeps,
  signal: AbortSignal,
): Promise<Proposal[] | null> {
  const article = await store.articles.get(articleId);
  // In other languages nothing that it points at could be verified.
  if (article === null || !isEnglish(article)) return null;
  const { proposals, unreadable } = proposalsIn(await model.ask(questionAbout(article), signal));
  metrics.modelAnswers += 1;
  metrics.modelRefusals += unreadable;
  return proposals;
}

/** Adds to the article, and to the messages that tell it, what the article as it is now bears out of the proposals. */
async function addPointed(articleId: string, proposals: Proposal[], deps: ModelDeps): Promise<void> {
  const { store, watchList, metrics, log, wake } = deps;
  await watchList.refresh();
  const found = await store.exclusive(async (tables) => {
    const article = await tables.articles.get(articleId);
    const feed = article === null ? null : await tables.feeds.get(article.feedId);
    if (article?.storyId == null || feed === null) return 0;
    const known: Reading = { ...readArticle(article, deps), facts: article.facts };
    const pointed = pointedFacts(known, proposals);
    if (pointed.length === 0) return 0;
    const reading = { ...known, facts: [...known.facts, ...pointed] };
    await tables.articles.saveFacts(article, reading.facts);
    const told = { reading, storyId: article.storyId, channels: new Map(), firstAt: deps.now() };
    const mayRead = mayReadOf(feed, deps);
    await tellChannels({ ...told, bringer: 'model' }, { ...deps, mayRead, tables });
    return pointed.length;
  });
  metrics.modelFacts += found;
  metrics.modelRefusals += proposals.length - found;
  log.debug('language model answered', { article: articleId, facts: found, proposed: proposals.length });
  if (found > 0) wake();
}

function mayReadOf(feed: Feed, { watchList, workspaceOf }: ModelDeps): (channel: string) => boolean {
  return readersOf(feed, watchList.watches(), workspaceOf);
}

function statusText(rest: { until: number; reason: string } | null, { metrics }: ModelDeps): string {
  const { modelAnswers, modelFailures, modelFacts, modelRefusals } = metrics;
  const counts = `${modelAnswers} answers, ${modelFailures} failures; ${modelFacts} facts shown, ${modelRefusals} not`;
  if (rest === null) return `Language model: ${counts}.`;
  const until = new Date(rest.until).toISOString().slice(11, 16);
  return `Language model: not asked until ${until} UTC, because ${rest.reason}. Alerts do without it. ${counts}.`;
}
