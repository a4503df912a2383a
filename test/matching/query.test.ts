import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseQuery, pointAt, QueryError } from '../../src/matching/query.ts';
import type { QueryNode } from '../../src/matching/query-tree.ts';

/** The query as a fully bracketed formula. */
function formula(node: QueryNode): string {
  if ('text' in node) {
    const field = node.field === undefined ? '' : `${node.field}:`;
    const exact = node.exact ? '=' : '';
    return field + exact + (node.kind === 'word' ? node.text : `"${node.text}"`);
  }
  if ('item' in node) return `!${formula(node.item)}`;
  if (node.kind === 'near') {
    const [left, right] = node.items.map(formula);
    return `[${left} ${node.ordered ? 'ONEAR' : 'NEAR'}/${node.distance} ${right}]`;
  }
  return `(${node.items.map(formula).join(node.kind === 'all' ? ' & ' : ' | ')})`;
}

function errorOf(query: string): QueryError {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`accepted: ${query}`);
}

describe('a query is read as', () => {
  test.each([
    ['one word', 'Idlib', 'Idlib'],
    ['all words', 'Idlib raid', '(Idlib & raid)'],
    ['AND as all words', 'Idlib AND raid', '(Idlib & raid)'],
    ['any of both', 'Idlib OR Aleppo', '(Idlib | Aleppo)'],
    ['any with a bar', 'Idlib|Aleppo | Hama', '(Idlib | Aleppo | Hama)'],
    ['any with commas', 'Idlib, Aleppo,Hama', '(Idlib | Aleppo | Hama)'],
    ['any with Arabic commas', 'إدلب، حلب', '(إدلب | حلب)'],
    [
      'any of several that need all their words',
      'Idlib raid, Aleppo siege',
      '((Idlib & raid) | (Aleppo & siege))',
    ],
    ['brackets before all', '(Idlib OR Aleppo) raid', '((Idlib | Aleppo) & raid)'],
    ['an exclusion by minus', 'raid -police', '(raid & !police)'],
    ['an exclusion by a long dash that a phone put there', 'raid –police', '(raid & !police)'],
    ['an exclusion by NOT', 'raid NOT (police OR "drug bust")', '(raid & !(police | "drug bust"))'],
    ['a phrase', '"special forces" raid', '("special forces" & raid)'],
    [
      'phrases in smart quotes',
      '“special forces” „Spezial Kräfte“ «forces spéciales»',
      '("special forces" & "Spezial Kräfte" & "forces spéciales")',
    ],
    [
      'hyphens, apostrophes and ampersands as they are',
      "counter-terrorism Hay'at AT&T",
      "(counter-terrorism & Hay'at & AT&T)",
    ],
    ['an address', 'https://news.example/raid', 'https://news.example/raid'],
    ['a number with thousands', '1,200 dead', '(1,200 & dead)'],
    ['operators in small letters as words', 'war and peace', '(war & and & peace)'],
    ['words that only begin like operators', 'ORDER NOTHING ANDES', '(ORDER & NOTHING & ANDES)'],
    ['a field', 'feed:reuters Idlib', '(feed:reuters & Idlib)'],
    ['a field with a phrase', 'feed:"Al Jazeera" Idlib', '(feed:"Al Jazeera" & Idlib)'],
    ['a field in any case, or with a wide colon', 'Feed:x, TITLE：y', '(feed:x | title:y)'],
    ['a field of an address', 'feed:https://wire.example/rss?a=b', 'feed:https://wire.example/rss?a=b'],
    ['an exclusion of a field', 'Idlib -feed:tass NOT lang:ru', '(Idlib & !feed:tass & !lang:ru)'],
    [
      'a field before brackets',
      'feed:(a OR "b c") -title:(d -e)',
      '((feed:a | feed:"b c") & !(title:d & !title:e))',
    ],
    ['a field of its own in such brackets', 'title:(a feed:b)', '(title:a & feed:b)'],
    [
      'times, ratios and colons in text as they are',
      '12:30 Re: Note:x EU:n 3:1',
      '(12:30 & Re: & Note:x & EU:n & 3:1)',
    ],
    ['the beginning of a word', 'Idlib raid*', '(Idlib & raid*)'],
    ['the beginning of a word of the title', 'title:air-str*', 'title:air-str*'],
    ['a distance', 'raid NEAR/3 Idlib', '[raid NEAR/3 Idlib]'],
    [
      'a distance before all words',
      'Syria raid ONEAR/10 "air base" Idlib',
      '(Syria & [raid ONEAR/10 "air base"] & Idlib)',
    ],
    ['a distance without a number', 'raid NEAR (Idlib OR atm*)', '[raid NEAR/5 (Idlib | atm*)]'],
    ['an excluded distance', 'Idlib -(drug NEAR/0 raid)', '(Idlib & ![drug NEAR/0 raid])'],
    ['a distance in the title', 'title:(raid NEAR/5 Idlib)', '[title:raid NEAR/5 title:Idlib]'],
    ['a word as written', '=US raid', '(=US & raid)'],
    [
      'a phrase as written',
      '="Médecins Sans Frontières", title:=WHO',
      '(="Médecins Sans Frontières" | title:=WHO)',
    ],
    ['an equals sign inside a word as it is', 'a=b', 'a=b'],
    ['words that only begin like a distance', 'NEARBY NEARLY ONEARTH', '(NEARBY & NEARLY & ONEARTH)'],
    [
      'every field',
      'source:bbc country:SY place:"Deir ez-Zor" topic:air-strike author:doe tag:(x, y)',
      '(source:bbc & country:SY & place:"Deir ez-Zor" & topic:air-strike & author:doe & (tag:x | tag:y))',
    ],
    ['quoted fields as words', '"feed:reuters"', '"feed:reuters"'],
    ['lines and tabs as spaces', 'Idlib\n\traid', '(Idlib & raid)'],
  ])('%s: %s', (_name, query, expected) => {
    expect(formula(parseQuery(query).root)).toBe(expected);
  });

  test('nodes know where they stand in the query', () => {
    const query = 'a ("b c" OR -d) feed:e title:"f g"';
    const slices = termsIn(parseQuery(query).root).map((term) => query.slice(term.start, term.end));
    expect(slices).toEqual(['a', '"b c"', 'd', 'feed:e', 'title:"f g"']);
  });
});

function termsIn(node: QueryNode): QueryNode[] {
  if ('text' in node) return [node];
  return 'items' in node ? node.items.flatMap(termsIn) : termsIn(node.item);
}

describe('a query that cannot be read is refused', () => {
  test.each([
    ['an empty one', '', 0, 'nothing to watch for'],
    ['only spaces', '  \n ', 0, 'nothing to watch for'],
    ['only an exclusion', ' -football', 1, 'what to leave out'],
    ['only exclusions', 'NOT a -b', 0, 'what to leave out'],
    ['one choice that only excludes', 'Idlib OR -Aleppo', 9, 'what to leave out'],
    ['an open bracket', 'a (Idlib OR raid', 2, 'never closed'],
    ['a stray bracket', 'Idlib) raid', 5, 'closes nothing'],
    ['empty brackets', 'Idlib ()', 6, 'nothing between these brackets'],
    ['an open quotation', 'Idlib "special forces', 6, 'never closed'],
    ['an empty quotation', 'Idlib ""', 6, 'no letter or digit'],
    ['nothing but signs', 'Idlib &', 6, 'no letter or digit'],
    ['OR at the start', 'OR raid', 0, 'nothing before'],
    ['OR at the end', 'raid OR', 7, 'missing here'],
    ['OR twice', 'a OR OR b', 5, 'nothing before'],
    ['AND at the end', 'raid AND ', 9, 'missing here'],
    ['a comma at the end', 'raid,', 5, 'missing here'],
    ['NOT at the end', 'raid NOT', 8, 'should be excluded'],
    ['NOT twice', 'raid NOT NOT x', 9, 'exclusion follows another'],
    ['a lone dash', 'Syria - raid', 6, 'stands alone'],
    ['a star inside a word', 'Idlib raid*ing', 10, 'A * can only end a word, like raid*.'],
    ['a star before a word', 'Idlib *raid', 6, 'A * can only end a word'],
    ['a star inside a word of the title', 'title:ra*id', 8, 'A * can only end a word'],
    ['a star after two letters', 'Idlib ra*', 6, '“ra*” would find nearly every word'],
    ['a star after two letters of a compound', 'al-q*', 0, 'nearly every word'],
    ['a star after an exact word', '=raid*', 5, 'found only as written'],
    ['a star alone', 'Idlib *', 6, 'no letter or digit'],
    ['a distance too far', 'a NEAR/101 b', 2, '101 words are too many'],
    ['a distance that is no number', 'a NEAR/x b', 2, '“NEAR/x” is not understood'],
    ['a distance without its number', 'a NEAR/ b', 2, '“NEAR/” is not understood'],
    ['a distance with nothing before', 'NEAR/5 b', 0, 'nothing before this “NEAR/5”'],
    ['a distance with nothing after', 'a NEAR/5', 8, 'missing here'],
    ['a distance from several words', 'a NEAR/5 (b c)', 10, 'Several words that must all occur'],
    ['a distance from a choice of several words', '(a OR b c) NEAR/5 d', 6, 'Several words'],
    ['a distance from a distance', 'a NEAR/5 b NEAR/3 c', 11, 'NEAR takes two sides only'],
    ['a distance from a distance in brackets', '(a NEAR/5 b) NEAR/3 c', 1, 'can’t measure'],
    ['a distance from a feed', 'a NEAR/5 feed:b', 9, 'can’t measure'],
    ['a distance from an exclusion', 'a -b NEAR/5 c', 5, 'An exclusion can’t be one side'],
    ['a distance from an exclusion in brackets', 'a NEAR/5 (b OR -c)', 15, 'can’t measure'],
    ['a country that there is not', 'country:Syrai', 0, '“country:Syrai” is not understood'],
    ['a field with a slip of the pen', 'Idlib titel:raid', 6, 'I do not know “titel:”'],
    ['such a field before a phrase', 'Feeds:"Al Jazeera"', 0, 'I do not know “Feeds:”'],
    ['such a field before brackets', 'fed:(a OR b)', 0, 'I do not know “fed:”'],
    ['only an excluded field', '-feed:tass', 0, 'what to leave out'],
    ['one choice that only excludes a field', 'Idlib OR -feed:tass', 9, 'what to leave out'],
    ['a field without a value', 'Idlib feed: reuters', 11, 'What “feed:” should be is missing'],
    ['a field at the end', 'Idlib title:', 12, 'What “title:” should be is missing'],
    ['a minus inside a field', 'Idlib feed:-tass', 11, 'What “feed:” should be is missing'],
    ['a field of nothing but signs', 'feed:"&"', 0, 'no letter or digit'],
    ['a language that there is not', 'Idlib lang:gr', 6, '“lang:gr” is not understood'],
    ['brackets without end', `${'('.repeat(60)}a`, 50, 'brackets can be open'],
    ['a book', 'a '.repeat(6_000), 10_000, 'characters at most'],
  ])('%s', (_name, query, position, message) => {
    const error = errorOf(query);
    expect({ position: error.position, message: error.message }).toEqual({
      position,
      message: expect.stringContaining(message),
    });
    expect(error.remedy).toMatch(/^[A-Z].{8}/s);
  });

  test('with a caret under the place, the reason and what to write instead', () => {
    const query = 'Idlib raid OR titel:strike';
    expect(pointAt(query, errorOf(query)).split('\n')).toEqual([
      'Idlib raid OR titel:strike',
      '              ^',
      'I do not know “titel:”.',
      'Did you mean title:? To look for the word itself, put it in quotes.',
    ]);
  });

  test('with the caret in the right column after wide characters, and only the part around it', () => {
    const [shown = '', caret = ''] = pointAt('伊德利卜 raid)', errorOf('伊德利卜 raid)')).split('\n');
    expect([shown, caret]).toEqual(['伊德利卜 raid)', `${' '.repeat(13)}^`]);
    const long = `${'Idlib '.repeat(50)}) ${'raid '.repeat(50)}`;
    const [part = '', under = ''] = pointAt(long, errorOf(long)).split('\n');
    expect(part).toMatch(/^….{80}…$/);
    expect(part.charAt(under.indexOf('^'))).toBe(')');
  });
});

describe('values of fields', () => {
  const values = {
    topics: new Map([
      ['air-strike', 'airstrike'],
      ['drone-strike', 'drone'],
    ]),
    placeNamed: (name: string) => (name === 'Idlib' ? () => true : null),
  };
  const remedyFor = (query: string) => {
    try {
      return parseQuery(query, values).hints;
    } catch (error) {
      return (error as QueryError).remedy;
    }
  };

  test.each([
    ['topic:air-strike', []],
    ['topic:"Air strike"', []],
    ['topic:airstrike', 'Did you mean topic:air-strike?'],
    ['topic:strike', 'Did you mean topic:air-strike or topic:drone-strike?'],
    ['topic:gardening', 'Write for example: topic:air-strike'],
    ['country:sy', []],
    ['country:Turkey', []],
    ['country:DRC', []],
    ['country:Syrai', 'Did you mean country:Syria?'],
    ['country:Sudna', 'Did you mean country:Sudan?'],
    ['place:Idlib', []],
    ['place:Idlob', 'Write for example: place:Idlib or place:"Deir ez-Zor"'],
  ])('%s', (query, expected) => {
    expect(remedyFor(query)).toEqual(expected);
  });
});

describe('a query that may not mean what its author thinks comes with a hint', () => {
  test.each([
    ['syria or iraq', ['“or” is read as a word to look for. Write OR in capitals to find either.']],
    [
      '(raid not police), siege',
      ['“not” is read as a word to look for. Write NOT in capitals to exclude what follows.'],
    ],
    [
      'Idlib OR Aleppo raid',
      ['This is read as: (Idlib) OR (Aleppo raid). Add brackets if you meant otherwise.'],
    ],
    [
      'feed:reuters, bbc',
      ['“bbc” is read as a word to look for. If it belongs to feed: too, write feed:(reuters OR bbc).'],
    ],
    [
      'site:bbc.com',
      [
        '“site:” is read as a word to look for. The fields are title:, lead:, source:, feed:, lang:, country:, place:, topic:, author:, tag:.',
      ],
    ],
    [
      'raid near/5 Idlib',
      ['“near/5” is read as a word to look for. Write NEAR/5 in capitals to find both so many words apart.'],
    ],
    [
      '"raid* Idlib"',
      ['A * in quotes is not read. Write raid* without quotes to find every word that begins so.'],
    ],
    [
      'Idlib feed:(a b) OR c',
      ['This is read as: (Idlib feed:(a b)) OR (c). Add brackets if you meant otherwise.'],
    ],
    ['feed:reuters, feed:bbc', []],
    ['EU:n Kurd:innen', []],
    ['Idlib OR (Aleppo raid)', []],
    ['Idlib raid, Aleppo raid', []],
    ['or', []],
    ['Idlib raid', []],
  ])('%s', (query, hints) => {
    expect(parseQuery(query).hints).toEqual(hints);
  });
});

describe('whatever is typed', () => {
  const pieces = [
    '(',
    ')',
    '"',
    '“',
    '-',
    ' - ',
    ',',
    '|',
    ' OR ',
    ' AND ',
    'NOT ',
    ' ',
    '*',
    ':',
    'feed:',
    'Title：',
    'lang:ar',
    '=',
    '="',
    ' NEAR/5 ',
    ' ONEAR ',
    'NEAR/',
    'place:',
    'topic:x',
    'country:SY',
    'a',
    'raid',
    '1,200',
    'إدلب',
    '🚁',
    '\n',
    '&',
  ];
  const garbage = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  test('a query is read or refused with a position inside it, a reason and a remedy', () => {
    let refused = 0;
    fc.assert(
      fc.property(garbage, (query) => {
        try {
          parseQuery(query);
        } catch (error) {
          if (!(error instanceof QueryError)) throw error;
          refused += 1;
          expect(error.position).toBeGreaterThanOrEqual(0);
          expect(error.position).toBeLessThanOrEqual(query.length);
          expect(error.message).not.toMatch(/^Expected|^$/);
          expect(error.remedy).not.toBe('');
          expect(pointAt(query, error).split('\n').length).toBe(4);
        }
      }),
      { numRuns: 5000, seed: 20220203 },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  test('a tree that is written out reads back as the same tree', () => {
    const words = ['Idlib', 'raid', 'counter-terrorism', "Hay'at", 'إدلب', '1,200', 'feed:reuters'];
    const word = fc.constantFrom(...words);
    const { node } = fc.letrec<{ node: string; side: string; group: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        word,
        word.map((text) => `"${text} ${text}"`),
        word.map((text) => `title:"${text}"`),
        word.map((text) => `="${text}"`),
        fc.constantFrom(
          'raid*',
          '=US',
          'title:=US',
          'place:Idlib',
          'country:SY',
          'topic:"air strike"',
          'tag:x',
        ),
        fc
          .record({
            sides: fc.tuple(tie('side'), tie('side')),
            distance: fc.nat(100),
            order: fc.constantFrom('', 'O'),
          })
          .map(({ sides: [left, right], distance, order }) => `[${left} ${order}NEAR/${distance} ${right}]`),
        tie('group'),
      ),
      side: fc.oneof(
        { maxDepth: 2 },
        fc.constantFrom('Idlib', '"raid raid"', 'raid*', '=US', 'title:raid', 'title:="x y"'),
        fc.array(tie('side'), { minLength: 2, maxLength: 3 }).map((items) => `(${items.join(' | ')})`),
      ),
      group: fc
        .tuple(
          fc.constantFrom(' & ', ' | '),
          fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
          fc.option(tie('node')),
        )
        .map(([join, items, excluded]) => {
          const all = join === ' & ' && excluded !== null ? [...items, `!${excluded}`] : items;
          return `(${all.join(join)})`;
        }),
    }));
    fc.assert(
      fc.property(node, (written) => {
        const query = written
          .replaceAll(' & ', ' ')
          .replaceAll(' | ', ' OR ')
          .replaceAll('!', '-')
          .replaceAll('[', '(')
          .replaceAll(']', ')');
        expect(formula(parseQuery(query).root)).toBe(written);
      }),
      { numRuns: 1000, seed: 20220203 },
    );
  });
});
