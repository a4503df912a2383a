import { describe, expect, test } from '@jest/globals';
import { composeAlert, extendAlert } from '../../src/alerts/compose.ts';
import { footer } from '../../src/chat/alert-text.ts';
import type { AlertContent } from '../../src/model/alert.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { article } from '../support/articles.ts';

function reading(id: string, language: string | null) {
  const about = article(`Report ${id}`, `What ${id} says.`, {
    id,
    link: `https://news.example/${id}`,
    language,
  });
  return { article: about, sentences: splitSentences(about.text), facts: [] };
}

/** The alert of a story that these languages tell, in order. */
function told(...languages: (string | null)[]): AlertContent {
  const [first, ...others] = languages.map((language, index) => reading(`a${index}`, language));
  if (first === undefined) throw new Error('no language');
  return others.reduce(
    (content, one) => extendAlert(content, one, [])?.content ?? content,
    composeAlert(first, []),
  );
}

describe('An alert says where less of the facts is read', () => {
  test.each([
    [['ar'], 'Facts are read in less depth in Arabic'],
    [['fr-CA'], 'Facts are read in less depth in French'],
    [['en', 'ar', 'ru', 'ar'], 'Facts are read in less depth in Arabic and Russian'],
    [['tr'], 'Of the facts only places are read in Turkish'],
    [['es', 'de'], 'Facts are read in less depth in Spanish · Of the facts only places are read in German'],
  ])('%j', (languages, note) => {
    const words = footer(told(...languages));
    expect(words.endsWith(` · ${note}`)).toBe(true);
    expect(words.split('less depth').length).toBeLessThanOrEqual(2);
  });

  test.each([[['en']], [['en-GB', null]]])('but not in %j', (languages) => {
    expect(footer(told(...languages))).toBe(
      'Every article of this feed · Facts are quotes picked by machine; the article decides',
    );
  });
});
