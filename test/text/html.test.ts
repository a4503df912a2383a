import { describe, expect, test } from '@jest/globals';
import { htmlToText } from '../../src/text/html.ts';

describe('The text of an HTML body', () => {
  test.each([
    ['paragraphs are separated by a blank line', '<p>One.</p><p>Two.</p>', 'One.\n\nTwo.'],
    ['a line break stays one', 'One<br>two<br/>three', 'One\ntwo\nthree'],
    ['two line breaks are a new paragraph', 'One<br><br> two', 'One\n\ntwo'],
    ['list items stand on their own lines', '<p>Seen:</p><ul> <li>a</li> <li>b</li></ul>', 'Seen:\n\na\nb'],
    ['entities are decoded, also in words', 'Caf&eacute; &amp; bar &#8220;x&#x201D;', 'Café & bar “x”'],
    ['white space is collapsed', '  a \n\t b&nbsp;&nbsp;c ', 'a b c'],
    ['inline tags do not split a word', 'Id<b>l</b>ib', 'Idlib'],
    ['table cells do not run together', '<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    [
      'scripts and styles are left out',
      '<p>a</p><script>if (1<2) "<p>x</p>"</script><style>p{}</style><p>b',
      'a\n\nb',
    ],
    ['frames are left out', 'a <iframe src="x"><p>no</p></iframe>b', 'a b'],
    ['a self-closed script hides nothing', '<script src="x"/><p>News</p>', 'News'],
    ['captions are left out', '<figure><img><figcaption>A <b>photo</b></figcaption></figure><p>Text', 'Text'],
    ['comments are left out', 'a<!-- <p>no</p> -->b', 'ab'],
    ['plain text passes through', 'No tags, 3 < 4.', 'No tags, 3 < 4.'],
    ['invisible characters are removed', 'a\u200bb\u202ec\u0000d', 'abcd'],
    ['nothing gives nothing', '', ''],
  ])('%s', (_, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test.each([
    'Read also: Another headline altogether',
    'Read more',
    'READ MORE »',
    'Advertisement',
    'Continue reading below',
    'Article continues after advertisement',
    'Related stories',
    'The post Raid in the north appeared first on Some Site.',
  ])('leaves out the paragraph "%s"', (paragraph) => {
    expect(htmlToText(`<p>Before.</p><p>${paragraph}</p><p>After.</p>`)).toBe('Before.\n\nAfter.');
  });

  test.each([
    'Read more books, the mayor urged pupils.',
    'Advertisement spending fell by a third.',
    'Related families were housed together.',
  ])('keeps the sentence "%s"', (sentence) => {
    expect(htmlToText(`<p>${sentence}</p>`)).toBe(sentence);
  });

  test('a caption that is never closed does not swallow the article', () => {
    expect(htmlToText('<figure><figcaption>Photo</figure><p>Thirteen people died.</p>')).toContain(
      'Thirteen people died.',
    );
  });

  test.each([
    ['200,000 opening brackets', '<'.repeat(200_000)],
    ['100,000 nested elements', `${'<div>'.repeat(100_000)}x${'</div>'.repeat(100_000)}`],
    ['50,000 nested captions', '<figcaption>'.repeat(50_000)],
    ['100,000 spaces as entities', '&nbsp;'.repeat(100_000)],
    ['100,000 unclosed comments', '<!--'.repeat(100_000)],
    ['50,000 unclosed attributes', '<a b="'.repeat(50_000)],
  ])('returns for %s', (_, html) => {
    expect(typeof htmlToText(html)).toBe('string');
  });
});
