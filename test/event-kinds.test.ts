import { describe, expect, test } from '@jest/globals';
import { composeAlert, extendAlert } from '../src/alerts/compose.ts';
import { labelled } from '../src/chat/alert-text.ts';
import { createKindReader } from '../src/event-kinds.ts';
import { readArticle } from '../src/facts/read.ts';
import { loadGazetteer } from '../src/knowledge/places.ts';
import type { AlertContent } from '../src/model/alert.ts';
import { loadWatchLanguage } from '../src/watch-language.ts';
import { articleOf } from './facts/article.ts';

const kinds = createKindReader(loadWatchLanguage());
const places = loadGazetteer();

function readingOf(title: string, body: string, id = 'first') {
  return kinds.withKinds(readArticle(articleOf(title, body, { id, outlet: id }), { places }));
}

/** The line that names the event, as a reader sees it. */
function what(content: AlertContent): string[] {
  const block = labelled(content).find(({ label }) => label === 'What');
  return (block?.items ?? []).map((line) =>
    line.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '')).join(''),
  );
}

const alertOf = (title: string, body: string) => composeAlert(readingOf(title, body), []);

describe('An alert names the kind of event', () => {
  test.each([
    [
      'in our word, with those of the headline',
      'Jets bombed a market',
      'People ran.',
      'Air strike (article: “Jets bombed”)',
    ],
    ['in the one word that both have', 'Air strike hits market', 'People ran.', 'Air strike'],
    [
      'by the lead where the headline does not',
      'Panic in Homs',
      'A car bomb went off on Monday.',
      'Bombing (article: “car bomb”)',
    ],
    ['by its own words alone', 'Cyber attack cripples trains', 'Gunmen were not seen.', 'Cyber attack'],
  ])('%s', (_, title, body, expected) => {
    expect(what(alertOf(title, body))).toEqual([expected]);
  });

  test('but does not judge motives for its reader', () => {
    expect(what(alertOf('Gunman opened fire in Homs', 'Police came.')).join()).not.toContain('Terror');
  });

  test('and not by what only stands deep in the text, or by an earlier event', () => {
    const far = 'The mayor spoke about roads. '.repeat(20);
    expect(what(alertOf('Mayor speaks', `${far} A car bomb went off.`))).toEqual([]);
    expect(what(alertOf('Mayor speaks', 'He recalled the car bomb of 2012.'))).toEqual([]);
  });

  test.each([
    ['denied', 'Rumours of coup denied in Burkina Faso'],
    ['only feared', 'Army plans air strike on market'],
    ['is warned of', 'Air raid sirens in Kyiv'],
    ['was prevented', 'Army defuses bomb at station'],
    ['did not come', 'No earthquake in Lima, says mayor'],
    ['is an exercise', 'Drill simulates earthquake in Tokyo'],
  ])('and none by an event that is %s', (_, title) => {
    expect(what(alertOf(title, 'The mayor spoke to the press.'))).toEqual([]);
  });

  test('with a verbatim span of the article, and who says so', () => {
    const { article, facts } = readingOf('Panic in Homs', 'A car bomb went off on Monday, police said.');
    const [event] = facts.filter(({ kind }) => kind === 'event');
    expect(article.text.slice(event?.start, event?.end)).toBe(event?.evidence);
    expect(event).toMatchObject({ scope: 'event', speaker: { name: 'police' } });
  });
});

describe('Another article of the story', () => {
  const first = alertOf('Jets bombed a market', 'People ran.');

  test('adds its mark to the kind that it tells too', () => {
    const change = extendAlert(first, readingOf('Air strike on market', 'It was noon.', 'second'), []);
    expect(change?.content.lines[0]?.items).toMatchObject([{ text: 'Air strike', sources: [1, 2] }]);
    expect(change?.update).toBeNull();
  });

  test('does not name it anew, which would be no news', () => {
    const change = extendAlert(first, readingOf('Shelling of market', 'It was noon.', 'second'), []);
    expect(change?.content.lines[0]?.items.map(({ text }) => text)).toEqual(['Air strike']);
    expect(change?.update).toBeNull();
  });
});
