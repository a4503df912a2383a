import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadTopics, type Topic } from '../../src/knowledge/topics.ts';
import { compileQuery } from '../../src/matching/matcher.ts';
import { parseQuery } from '../../src/matching/query.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';

const TOPICS = loadTopics('config/topics');
const KNOWLEDGE = loadWatchLanguage();

/** What the desks of newsrooms, analysts and security officers watch for first. */
const PROMISED = `counterterrorism-raid air-strike drone-strike missile-attack bombing shelling shooting assassination kidnapping
  hostage-taking arrest police-use-of-force protest riot coup ceasefire peace-talks displacement humanitarian-aid
  attack-on-aid-workers attack-on-hospital-or-school attack-on-infrastructure chemical-weapons piracy cyber-attack sanctions
  border-clash prison-break mass-killing mass-grave terror-financing extremist-recruitment trafficking landmine earthquake flood
  storm wildfire epidemic famine plane-crash arson sabotage robbery forced-disappearance execution election-violence attack-on-press`;

function languageOf(sentence: string): string | null {
  if (/\p{Script=Arabic}/u.test(sentence)) return 'ar';
  return /\p{Script=Cyrillic}/u.test(sentence) ? 'ru' : null;
}

/** The words of each sentence that alert who watches the topic; nothing where none do. */
function findings({ name, query }: Topic, sentences: readonly string[]): [string, string[]][] {
  const topics = new Map([...(KNOWLEDGE.topics ?? []), [name, query]]);
  const match = compileQuery(`topic:${name}`, { ...KNOWLEDGE, topics });
  return sentences.map((sentence) => {
    const spans = match(sentence, { titleEnd: 0, language: languageOf(sentence) }) ?? [];
    return [sentence, spans.map(({ start, end }) => sentence.slice(start, end))];
  });
}

describe('The topic library', () => {
  test('has every topic that was promised', () => {
    const names = TOPICS.map(({ name }) => name);
    expect(PROMISED.split(/\s+/).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(TOPICS.map((topic): [string, Topic] => [topic.name, topic]))(
    'reads each sentence of %s as an editor would',
    (_, topic) => {
      const missed = findings(topic, topic.matches).filter(([, words]) => words.length === 0);
      const mistaken = findings(topic, topic.not).filter(([, words]) => words.length > 0);
      expect({ missed, mistaken }).toEqual({ missed: [], mistaken: [] });
    },
  );

  test('shows at least six sentences of each kind for every topic, and none twice', () => {
    const poor = TOPICS.filter(({ matches, not }) => Math.min(matches.length, not.length) < 6);
    const doubled = TOPICS.filter(
      ({ matches, not }) => new Set([...matches, ...not]).size < matches.length + not.length,
    );
    expect({ poor, doubled }).toEqual({ poor: [], doubled: [] });
  });

  test('has queries that leave nothing to explain', () => {
    const hints = TOPICS.flatMap(({ name, query }) => parseQuery(query).hints.map((hint) => [name, hint]));
    expect(hints).toEqual([]);
  });

  test.each([
    'The market reopened on Sunday after a quiet week.',
    'The striker scored twice in the second half and the champions won the cup final.',
    'The film opened at number one at the box office this weekend.',
    'The central bank left interest rates as they were.',
    'The novel won the prize for the best debut of the year.',
    'The studio showed the trailer of its next video game.',
  ])('has no topic for “%s”', (sentence) => {
    const found = TOPICS.filter((topic) => findings(topic, [sentence]).some(([, words]) => words.length > 0));
    expect(found.map(({ name }) => name)).toEqual([]);
  });
});

describe('A topic of an operator', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'topics-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, ...lines: string[]) {
    writeFileSync(join(folder, name), lines.join('\n'));
  }

  function problem(): string {
    try {
      loadTopics(folder);
    } catch (error) {
      return (error as Error).message.replaceAll(`${folder}/`, '');
    }
    return '';
  }

  test('is one file of a title, a version and a query', () => {
    write('eclipse.yaml', 'title: Eclipse', 'version: 2', 'query: eclipse | "blood moon"');
    expect(loadTopics(folder)).toEqual([
      {
        path: join(folder, 'eclipse.yaml'),
        isOwn: false,
        guard: null,
        queries: [{ text: 'eclipse | "blood moon"', line: 3 }],
        name: 'eclipse',
        title: 'Eclipse',
        version: 2,
        also: [],
        query: '(eclipse | "blood moon")',
        matches: [],
        not: [],
      },
    ]);
  });

  test('finds the words of each of its languages', () => {
    write('eclipse.yaml', 'title: Eclipse', 'version: 1', 'query: eclipse moon', 'languages:', '  ar: خسوف');
    const [topic] = loadTopics(folder) as [Topic];
    const sentences = ['The moon is in eclipse.', 'خسوف القمر', 'The moon is full.'];
    expect(findings(topic, sentences).map(([, words]) => words.length)).toEqual([2, 1, 0]);
  });

  test('comes with its neighbours, in the order of their names, whatever else lies in the folder', () => {
    write('storm.yml', 'title: Storm', 'version: 1', 'query: storm');
    write('eclipse.yaml', 'title: Eclipse', 'version: 1', 'query: eclipse');
    write('notes.txt', 'What to add next');
    expect(loadTopics(folder).map(({ name }) => name)).toEqual(['eclipse', 'storm']);
  });

  test.each([
    [['title: Eclipse', 'version: 1'], 'line 1: query: this is missing: add it'],
    [['title: Eclipse', 'version: one', 'query: moon'], 'line 2: version: write a whole number, such as 1'],
    [['title: Eclipse', 'version: 0', 'query: moon'], 'line 2: version: the first version is 1'],
    [
      ['title: Eclipse', 'version: 1', 'query: moon', 'mathces:', '  - A moon'],
      'line 5: I do not know "mathces": check its spelling or remove it',
    ],
    [
      ['title: Eclipse', 'version: 1', 'query: moon', 'also: blood moon'],
      'line 4: also: write a list: one line for each, each beginning with "- "',
    ],
    [
      ['title: Eclipse', 'version: 1', 'query: moon', 'also:', '  - blood moon', '  - 7'],
      'line 6: also.1: write it in quotes',
    ],
    [
      ['title: Eclipse', 'version: 1', 'query: moon', 'languages:', '  arabic: خسوف'],
      'line 5: languages.arabic: a language is a code of two letters, such as ar',
    ],
    [['title: Eclipse', 'version: 1', 'query: "moon'], 'line 3: not valid YAML: Missing closing "quote'],
    [['title: *moon', 'version: 1', 'query: moon'], 'line 1: not valid YAML: '],
    [['eclipse'], 'line 1: write lines of the form "key: value"'],
    [[''], 'line 1: title: this is missing: add it'],
  ])('is refused with its line and what to do: %j', (lines, message) => {
    write('eclipse.yaml', ...lines);
    expect(problem()).toContain(`eclipse.yaml, ${message}`);
  });

  test('needs a file name that can be typed after “topic:”', () => {
    write('Blood moon.yaml', 'title: Eclipse', 'version: 1', 'query: moon');
    expect(problem()).toBe(
      'Blood moon.yaml, line 1: name the file with small letters and hyphens, such as air-strike.yaml',
    );
  });

  test('takes no name from another topic, in whatever form', () => {
    write('eclipse.yaml', 'title: Eclipse', 'version: 1', 'query: moon', 'also: [blood moon]');
    write('moon.yaml', 'title: Moon', 'version: 1', 'query: moon', 'also:', '  - Blood moons');
    expect(problem()).toBe(
      'moon.yaml, line 5: "Blood moons" means the topic of eclipse.yaml already: keep it in one of the two',
    );
  });

  test('is refused where two files have its name', () => {
    write('moon.yaml', 'title: Moon', 'version: 1', 'query: moon');
    write('moon.yml', 'title: Full moon', 'version: 1', 'query: moon');
    expect(problem()).toContain('"moon" means the topic of moon.yaml already');
  });

  test('replaces the shipped one of its name, and takes its names; a mere copy of a shipped one does not count', () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    write('eclipse.yaml', 'title: Eclipse', 'version: 1', 'query: eclipse', 'also: [blood moon]');
    write('storm.yaml', 'title: Storm', 'version: 1', 'query: storm');
    write('own/eclipse.yaml', 'title: Eclipse', 'version: 1', 'query: moon', 'also: [blood moon]');
    write('own/storm.yaml', 'title: Storm', 'version: 1', 'query: storm');
    const topics = loadTopics(folder, own);
    expect(topics.map(({ name, query, isOwn }) => [name, query, isOwn])).toEqual([
      ['eclipse', '(moon)', true],
      ['storm', '(storm)', false],
    ]);
  });

  test('may have no folder, the shipped one, or one that can not be read, which is told', () => {
    write('eclipse.yaml', 'title: Eclipse', 'version: 1', 'query: eclipse');
    expect(loadTopics(folder, join(folder, 'none'))).toHaveLength(1);
    expect(loadTopics(folder, `${folder}/../${basename(folder)}`).map(({ isOwn }) => isOwn)).toEqual([false]);
    write('topics', 'not a folder');
    expect(() => loadTopics(folder, join(folder, 'topics'))).toThrow(
      /topics can't be read: .*Correct or remove it/,
    );
  });
});
