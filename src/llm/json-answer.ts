import { ModelError } from './model-error.ts';

/** What a reasoning model thinks aloud is no answer. */
const THOUGHTS = /<think>[\s\S]*?<\/think>/g;

/** Objects tried in an answer: each costs a pass over the rest of it. */
const TRIES = 20;

/**
 * The JSON object of an answer: bare, in a code fence, or with prose around it; the first one that can be read.
 * Throws ModelError.
 */
export function jsonIn(answer: string): unknown {
  const text = answer.replace(THOUGHTS, '');
  let at = text.indexOf('{');
  for (let tries = 0; at >= 0 && tries < TRIES; tries += 1) {
    const end = objectEnd(text, at);
    const found = end === null ? undefined : parsed(text.slice(at, end));
    if (found !== undefined) return found;
    at = text.indexOf('{', at + 1);
  }
  throw new ModelError('the language model did not answer with JSON: try another LLM_MODEL');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where the object that begins at `start` ends; null when it does not. */
function objectEnd(text: string, start: number): number | null {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else isInString = character !== '"';
    } else if (character === '"') isInString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}
