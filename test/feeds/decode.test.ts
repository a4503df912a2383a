import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { decodeDocument } from '../../src/feeds/decode.ts';

const RUSSIAN = 'Новости дня';
const WINDOWS_1251 = Buffer.from([0xcd, 0xee, 0xe2, 0xee, 0xf1, 0xf2, 0xe8, 0x20, 0xe4, 0xed, 0xff]);
const ARABIC = 'أخبار سوريا';
const WINDOWS_1256 = Buffer.from([0xc3, 0xce, 0xc8, 0xc7, 0xd1, 0x20, 0xd3, 0xe6, 0xd1, 0xed, 0xc7]);
const KOI8_R = Buffer.from([0xee, 0xcf, 0xd7, 0xcf, 0xd3, 0xd4, 0xc9, 0x20, 0xc4, 0xce, 0xd1]);
const GB2312 = Buffer.from([0xd0, 0xc2, 0xce, 0xc5]);

function xml(encoding: string | null, content: Buffer | string): Buffer {
  const prolog = encoding === null ? '<?xml version="1.0"?>' : `<?xml version="1.0" encoding="${encoding}"?>`;
  return Buffer.concat([Buffer.from(`${prolog}<t>`), Buffer.from(content), Buffer.from('</t>')]);
}

function utf16(text: string, { bigEndian = false, mark = true } = {}): Buffer {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

function utf32(text: string, { bigEndian = false, mark = true } = {}): Buffer {
  const points = [...((mark ? '\ufeff' : '') + text)].map((character) => character.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(4 * points.length);
  for (const [index, point] of points.entries()) {
    if (bigEndian) bytes.writeUInt32BE(point, 4 * index);
    else bytes.writeUInt32LE(point, 4 * index);
  }
  return bytes;
}

describe('the text of a document', () => {
  test.each<[string, Buffer, string | null, string]>([
    ['UTF-8 without any label', xml(null, RUSSIAN), null, RUSSIAN],
    [
      'UTF-8 with a byte order mark and a wrong label',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), xml('koi8-r', RUSSIAN)]),
      null,
      RUSSIAN,
    ],
    ['windows-1251 by its header', xml(null, WINDOWS_1251), 'text/xml; charset="windows-1251"', RUSSIAN],
    ['windows-1251 by its prolog', xml('windows-1251', WINDOWS_1251), 'text/xml', RUSSIAN],
    ['windows-1256 by its prolog', xml('windows-1256', WINDOWS_1256), null, ARABIC],
    ['koi8-r by its prolog', xml('KOI8-R', KOI8_R), null, RUSSIAN],
    ['gb2312 by its header', xml(null, GB2312), 'text/xml;charset=gb2312', '新闻'],
    ['windows-1252 without any label', xml(null, Buffer.from([0x93, 0xe9, 0x94])), null, '“é”'],
    ['UTF-8 that its header calls Latin-1', xml(null, RUSSIAN), 'text/xml; charset=iso-8859-1', RUSSIAN],
    [
      'windows-1251 that its header calls UTF-8',
      xml('windows-1251', WINDOWS_1251),
      'text/xml; charset=utf-8',
      RUSSIAN,
    ],
    ['UTF-8 that its prolog calls UTF-16', xml('utf-16', RUSSIAN), null, RUSSIAN],
    [
      'UTF-8 under a label that nobody knows',
      xml('x-unheard-of', RUSSIAN),
      'text/xml; charset=none',
      RUSSIAN,
    ],
    ['UTF-16 with a mark', utf16(`<t>${RUSSIAN}</t>`), null, RUSSIAN],
    ['UTF-16 the other way round', utf16(`<t>${RUSSIAN}</t>`, { bigEndian: true }), null, RUSSIAN],
    ['UTF-16 without a mark', utf16(`<t>${RUSSIAN}</t>`, { mark: false }), 'text/xml', RUSSIAN],
    ['UTF-32 with a mark', utf32(`<t>${RUSSIAN}</t>`), null, RUSSIAN],
    ['UTF-32 the other way round', utf32(`<t>${RUSSIAN}</t>`, { bigEndian: true }), null, RUSSIAN],
    ['UTF-32 without a mark', utf32(`<t>😀 ${RUSSIAN}</t>`, { mark: false }), 'text/xml', `😀 ${RUSSIAN}`],
    [
      'UTF-8 in which windows-1252 was taken for Latin-1',
      xml(null, `it\u0092s \u0093${RUSSIAN}\u0094`),
      null,
      `it’s “${RUSSIAN}”`,
    ],
    ['gzip without a label', gzipSync(xml(null, RUSSIAN)), 'application/xml', RUSSIAN],
  ])('%s', (_, bytes, contentType, expected) => {
    const { text } = decodeDocument(bytes, contentType);
    expect(text).toContain(`<t>${expected}</t>`);
    expect(text.startsWith('<')).toBe(true);
  });

  test('one bad byte does not turn UTF-8 into another alphabet', () => {
    const { text } = decodeDocument(
      xml('utf-8', Buffer.concat([Buffer.from(RUSSIAN), Buffer.from([0xd0])])),
      null,
    );
    expect(text).toContain(`${RUSSIAN}\ufffd`);
  });

  test.each<[string, Buffer, string | null, string | null]>([
    ['UTF-8 that says it is Latin-1', xml('iso-8859-1', RUSSIAN), null, 'windows-1252'],
    ['Latin-1 that says it is UTF-8', xml('utf-8', Buffer.from('Caf\xe9 na\xefve', 'latin1')), null, 'utf-8'],
    ['plain ASCII, whatever it says', xml('iso-8859-1', 'news'), null, null],
    ['UTF-8 that says so', xml('utf-8', RUSSIAN), 'text/xml; charset=utf-8', null],
    ['UTF-8 that says nothing', xml(null, RUSSIAN), null, null],
    ['windows-1251 that says nothing', xml(null, WINDOWS_1251), null, null],
    ['windows-1251 that says it is UTF-8', xml('utf-8', WINDOWS_1251), null, 'utf-8'],
  ])('tells what was wrong about %s', (_, bytes, contentType, repairedFrom) => {
    expect(decodeDocument(bytes, contentType).repairedFrom).toBe(repairedFrom);
  });

  test('15 MB of control characters are answered, each as what it was meant to be', () => {
    const bytes = Buffer.from('\u0085'.repeat(7_400_000));
    const start = performance.now();
    expect(decodeDocument(bytes, null).text).toBe('…'.repeat(7_400_000));
    // Half a second; with a decoder for each it was 15 s, in which the process did nothing else.
    expect(performance.now() - start).toBeLessThan(8000);
  });

  test('JSON is recognised in UTF-16 and UTF-32 too', () => {
    const json = `{"title":"${RUSSIAN}"}`;
    expect(decodeDocument(utf16(json, { mark: false }), null).text).toBe(json);
    expect(decodeDocument(utf16(json, { bigEndian: true, mark: false }), null).text).toBe(json);
    expect(decodeDocument(utf32(json, { mark: false }), null).text).toBe(json);
    expect(decodeDocument(utf32(json, { bigEndian: true, mark: false }), null).text).toBe(json);
  });

  test('UTF-32 that is none is shown as replacement characters', () => {
    const bytes = Buffer.concat([utf32('<t>'), Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0])]);
    expect(decodeDocument(bytes, null).text).toBe('<t>\ufffd');
  });

  test('a gzip file that breaks off gives what it has', () => {
    const packed = gzipSync(`<t>${'news of the day '.repeat(2000)}</t>`, { level: 0 });
    expect(decodeDocument(packed.subarray(0, packed.length / 2), null).text).toMatch(/^<t>news of the day/);
  });

  test('a gzip file is unpacked to the limit only', () => {
    const bomb = gzipSync(Buffer.alloc(2_000_000, 'a'));
    expect(() => decodeDocument(bomb, null, 1_000_000)).toThrow('the document unpacks to more than 1 MB');
    expect(() => decodeDocument(bomb, null, 3_000_000)).not.toThrow();
  });

  test('a damaged gzip file is told as such', () => {
    expect(() => decodeDocument(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), null)).toThrow(
      'damaged gzip file',
    );
  });
});
