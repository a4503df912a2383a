import { decodeReferences } from './plain-title.ts';

/** What stands for something else in the text of an XML element. Only for texts whose sections are all closed. */
const SPECIAL =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;
const CDATA_ALONE = /^\s*<!\[CDATA\[/;

/**
 * The characters that the content of an XML element stands for: CDATA as it is, comments gone, references
 * decoded as HTML does it, since publishers write `&nbsp;` and `&#146;` without asking XML.
 */
export function xmlText(content: string): string {
  if (!content.includes('<')) return content.includes('&') ? content.replace(SPECIAL, meaning) : content;
  const opening = CDATA_ALONE.exec(content);
  // Nearly all bodies are one CDATA section.
  if (opening) {
    const end = content.indexOf(']]>', opening[0].length);
    if (content.slice(end + 3).trim() === '') return content.slice(opening[0].length, end);
  }
  return content.replace(SPECIAL, meaning);
}

const MEANINGS = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function meaning(whole: string, cdata: string | undefined, reference: string | undefined): string {
  if (reference === undefined) return cdata ?? '';
  return MEANINGS.get(reference) ?? decodeReferences(whole);
}
