import { describe, expect, test } from '@jest/globals';
import type { Fingerprint, TextPrint } from '../../src/model/story.ts';
import type { Store } from '../../src/store/store.ts';
import { article, print } from '../support/articles.ts';
import { ENGINES, freshStore } from '../support/stores.ts';

const NOON = Date.UTC(2022, 1, 3, 12);
const MINUTE = 60_000;

function withText(...terms: string[]): { text: TextPrint } {
  return {
    text: { terms, weights: terms.map(() => 1), names: [], leading: [], people: [], writtenAt: null },
  };
}

/** A store that keeps articles by name, and finds them by what they share. */
async function archive(store: Store) {
  const feedId = await store.subscriptions.feedAt(
    { url: 'https://a.example/rss', owner: '', credentials: null },
    NOON,
  );
  return {
    async keep(id: string, more: Partial<Fingerprint>) {
      const storyId = await store.stories.create(NOON);
      const reading = { article: article(id, '', { id, feedId }), sentences: [], facts: [] };
      const fingerprint = print({ titleTerms: [id], ...more });
      await store.articles.save({ reading, keys: [id], fingerprint, storyId, said: '' }, NOON);
    },
    async find(more: Partial<Fingerprint>) {
      const found = await store.articles.storyCandidates(print(more), NOON - 60 * MINUTE);
      return found.map(({ titleTerms }) => titleTerms[0]);
    },
  };
}

describe.each(ENGINES)('candidates for a story on $name', (engine) => {
  test('are found by link, place or telling words', async () => {
    await using store = await freshStore(engine);
    const { keep, find } = await archive(store);
    await keep('linked', { link: 'https://a.example/1' });
    await keep('placed', { places: ['SY/Idlib/Atme'] });
    await keep('worded', withText('mapinduzi', 'ferry'));
    await keep('other', withText('budget'));
    expect(await find({ link: 'https://a.example/1' })).toEqual(['linked']);
    expect(await find({ places: ['SY/Idlib/Atme'] })).toEqual(['placed']);
    expect(await find(withText('ferry', 'zanzibar'))).toEqual(['worded']);
    expect(await find({})).toEqual([]);
  });

  test('that share a rare word come before those that share a frequent one', async () => {
    await using store = await freshStore(engine);
    const { keep, find } = await archive(store);
    await keep('a rare one', withText('mapinduzi'));
    for (let number = 0; number < 9; number += 1) await keep(`frequent${number}`, withText('ferry'));
    expect((await find(withText('ferry', 'mapinduzi')))[0]).toBe('a rare one');
  });

  test('are the newest of a word that hundreds have, and never more than forty', async () => {
    await using store = await freshStore(engine);
    const { keep, find } = await archive(store);
    for (let number = 0; number < 60; number += 1) {
      const words = number % 2 === 0 ? withText('ferry') : withText('storm');
      await keep(`${number}`, { ...words, at: NOON + number * MINUTE });
    }
    const ofOne = await find(withText('ferry'));
    expect(ofOne).toHaveLength(30);
    const ofBoth = await find(withText('ferry', 'storm'));
    expect(ofBoth).toHaveLength(40);
    for (let number = 60; number < 100; number += 1) {
      await keep(`${number}`, { ...withText('ferry'), at: NOON + number * MINUTE });
    }
    expect(await find(withText('ferry'))).toHaveLength(32);
    expect(await find(withText('ferry'))).not.toContain('0');
  });
});
