import { expect, test } from '@jest/globals';
import { documentNote } from '../../src/feeds/health-note.ts';

const DATED = { link: 'https://news.example/1', publishedAt: Date.UTC(2026, 1, 3) };
const UNDATED = { ...DATED, publishedAt: null };
const UNLINKED = { ...DATED, link: null };

test.each([
  [[DATED, UNDATED, UNLINKED], false, null, null],
  [[DATED], true, null, 'The document ends too early, so its last items may be missing; tell the publisher.'],
  [[], false, null, 'The feed has no items; if that stays so, look for another feed of the site.'],
  [
    [UNLINKED, UNLINKED],
    false,
    null,
    'No item has a link, so alerts show none; look for another feed of the site.',
  ],
  [
    [DATED],
    false,
    'iso-8859-1',
    'The feed says that it is in iso-8859-1, which is wrong and was repaired; tell the publisher.',
  ],
  [
    [UNDATED, UNDATED],
    false,
    null,
    'No item has a date that can be read, so articles are dated by when they were first seen.',
  ],
  [[], true, 'gb2312', 'The document ends too early, so its last items may be missing; tell the publisher.'],
])('%j, cut off %s, repaired from %s', (items, isCutOff, repairedFrom, note) => {
  expect(documentNote({ items, isCutOff }, repairedFrom)).toBe(note);
});
