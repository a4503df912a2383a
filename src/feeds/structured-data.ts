import { readTags } from './markup-tags.ts';

/** Pages have a handful of blocks; some shops have one for each product. */
const MAX_BLOCKS = 20;
const MAX_NODES = 1000;

/** The bodies of the articles that a page describes as JSON-LD (schema.org articleBody), as written. */
export function articleBodies(html: string): string[] {
  return jsonBlocks(html).flatMap((json) => bodiesIn(parsed(json)));
}

function jsonBlocks(html: string): string[] {
  const blocks: string[] = [];
  let isOpen = false;
  readTags(html, {
    open: (name, attributes) => {
      isOpen = name === 'script' && /^application\/ld\+json\b/i.test(attributes.get('type')?.trim() ?? '');
      if (isOpen) blocks.push('');
    },
    close: () => {
      isOpen = false;
    },
    text: (words) => {
      if (isOpen && blocks.length <= MAX_BLOCKS) blocks[blocks.length - 1] += words;
    },
  });
  return blocks.slice(0, MAX_BLOCKS);
}

function parsed(json: string): unknown {
  try {
    // Many put bare line breaks into strings, which JSON forbids.
    return JSON.parse(json.replace(/[\t\r\n]+/g, ' '));
  } catch {
    return null;
  }
}

/** Articles stand at the top, in a list, in `@graph` or as what the page is about. */
function bodiesIn(data: unknown): string[] {
  const bodies: string[] = [];
  const waiting = [data];
  for (let seen = 0; waiting.length > 0 && seen < MAX_NODES; seen += 1) {
    const node = waiting.pop();
    if (Array.isArray(node)) waiting.push(...node.slice(0, MAX_NODES));
    else if (typeof node === 'object' && node !== null) {
      const { articleBody, '@graph': graph, mainEntity } = node as Record<string, unknown>;
      if (typeof articleBody === 'string') bodies.push(articleBody);
      waiting.push(graph, mainEntity);
    }
  }
  return bodies;
}
