import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Who may import whom: the journey of an article is visible because a stage knows only what stands before it. */
const ALLOWED: Record<string, string[]> = {
  model: [],
  config: [],
  ops: ['model'],
  text: ['model'],
  knowledge: ['model', 'text'],
  feeds: ['model', 'text'],
  facts: ['model', 'text', 'knowledge'],
  matching: ['model', 'text', 'knowledge'],
  stories: ['model', 'text', 'knowledge'],
  alerts: ['model', 'text', 'knowledge'],
  // A model's server is read with the bounded HTTP pieces of the feeds.
  llm: ['model', 'text', 'feeds'],
  store: ['model'],
  chat: ['model', 'store', 'text', 'knowledge', 'facts', 'matching', 'stories', 'alerts'],
  demo: [],
};

/** Stages that are pure: no I/O, no clock. */
const PURE = ['model', 'text', 'facts', 'matching', 'stories', 'alerts'];

interface Import {
  from: string;
  to: string;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);

function importsOf(file: string): string[] {
  const source = readFileSync(join('src', file), 'utf8');
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function ownImports(): Import[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => ({ from: file, to: normalize(join(dirname(file), target)) })),
  );
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : 'root');

describe('the import rule', () => {
  test('sees the imports it judges', () => {
    expect(ownImports().length).toBeGreaterThan(100);
    expect(ownImports()).toContainEqual({ from: 'pipeline.ts', to: 'facts/read.ts' });
  });

  test('names every folder of src', () => {
    const folders = new Set(files.map(folderOf));
    folders.delete('root');
    expect([...folders].filter((folder) => !(folder in ALLOWED))).toEqual([]);
  });

  test('lets a folder import only what stands before it; the files beside main.ts join them', () => {
    const broken = ownImports().filter(({ from, to }) => {
      const [source, target] = [folderOf(from), folderOf(to)];
      if (source === 'root' || source === target || to === 'ops/log.ts') return false;
      return !ALLOWED[source]?.includes(target);
    });
    expect(broken.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('keeps I/O and the clock out of the pure stages', () => {
    const impure = files
      .filter((file) => PURE.includes(folderOf(file)))
      .filter((file) => {
        const source = readFileSync(join('src', file), 'utf8');
        const reads = importsOf(file).some((target) =>
          /^node:(fs|net|http|https|dns|child_process)|^undici$/.test(target),
        );
        return reads || /\bDate\.now\(|new Date\(\)|Math\.random\(/.test(source);
      });
    expect(impure.map((file) => relative('.', file))).toEqual([]);
  });
});
