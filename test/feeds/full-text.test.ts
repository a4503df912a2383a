import { describe, expect, test } from '@jest/globals';
import { fullText, isShort } from '../../src/feeds/full-text.ts';
import { bridgeParagraphs } from '../support/pages.ts';

const title = 'Northern bridge open again';
const PARAGRAPHS = bridgeParagraphs(8);
const text = PARAGRAPHS.join('\n\n');
const page = { title: null, text };

describe('the text an article gets', () => {
  test('is the page’s alone when that holds every sentence of the feed', () => {
    const feed = `${PARAGRAPHS[0]} ${PARAGRAPHS[3]}`;
    expect(fullText({ title, feed }, page)).toBe(text);
  });

  test('is the page’s alone when the feed is its cut-off beginning', () => {
    for (const end of ['…', '...', ' [...]', ' […]', '… Read more', '... Continue reading →']) {
      const feed = `${PARAGRAPHS[0]?.replace(/irs that.*$/, '')}${end}`;
      expect(fullText({ title, feed }, page)).toBe(text);
    }
  });

  test('does not mind other quotation marks, dashes and white space', () => {
    const said = { title, feed: 'The mayor said: "It is open" - at last.' };
    const quoted = `${text}\n\nThe mayor said:\u00a0“It is open” – at  last.`;
    expect(fullText(said, { title: null, text: quoted })).toBe(quoted);
  });

  test('begins with those sentences of the feed that the page lacks', () => {
    const teaser = 'Crews over the northern bridge say their repairs took two lives.';
    expect(fullText({ title, feed: `${teaser} ${PARAGRAPHS[0]}` }, page)).toBe(`${teaser}\n\n${text}`);
  });

  test('is the page’s when the feed has a headline only', () => {
    expect(fullText({ title, feed: '' }, page)).toBe(text);
    expect(fullText({ title: 'Öffnung: Brücke', feed: '' }, { title: 'Öffnung: Brücke', text })).toBe(text);
  });

  test.each([
    ['has no article', { title: null, text: null }],
    ['says less', { title: null, text: 'The bridge over the northern river.' }],
    [
      'is about something else',
      {
        title: 'Before you continue',
        text: 'Voters in the coastal province elected a new council on Sunday. '.repeat(20),
      },
    ],
  ])('is the feed’s when the page %s', (_, other) => {
    const feed = `${PARAGRAPHS[0]}`;
    expect(fullText({ title, feed }, other)).toBe(feed);
  });

  test('is found in languages without spaces', () => {
    const feed = '北部大桥周二重新开放。';
    const chinese = `${feed}市政府表示维修工作比计划的时间更长。`.repeat(3);
    expect(fullText({ title: '北部大桥重新开放', feed }, { title: null, text: chinese })).toBe(chinese);
    const other = '沿海省份的选民星期日选出了新议会，投票率创下历史新高。'.repeat(3);
    expect(fullText({ title: '北部大桥重新开放', feed }, { title: null, text: other })).toBe(feed);
  });
});

describe('a feed’s text is short', () => {
  const long = 'The bridge is open. '.repeat(100);

  test.each([
    ['when it is empty', '', true],
    ['when it is a teaser', PARAGRAPHS[0] ?? '', true],
    ['not when it is an article', long, false],
    ['when an article ends with three dots', `${long} and then…`, true],
    ['when it ends in brackets', `${long} and then [...]`, true],
    ['when it says where to read on', `${long} Lire la suite »`, true],
    ['in Russian too', `${long} Читать далее`, true],
    ['not when the dots are inside', `${long} and then… nothing. ${long}`, false],
    ['not when it is a book', `${long.repeat(20)}…`, false],
  ])('%s', (_, body, short) => {
    expect(isShort(body)).toBe(short);
  });

  test('whatever it is made of', () => {
    expect(isShort(`${'.'.repeat(19_000)}x`)).toBe(false);
    const dots = `${'.'.repeat(19_000)}x. ${'a. '.repeat(300)}`;
    expect(fullText({ title, feed: dots }, { title: null, text: 'a. '.repeat(400_000) })).toBeDefined();
  });
});
