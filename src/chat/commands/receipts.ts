import type { AlertContent, FactItem, Source } from '../../model/alert.ts';
import type { Line } from '../../model/rich-text.ts';
import { itemLine } from '../alert-text.ts';
import { cut, SENTENCE_SHOWN } from '../plain.ts';

/** For each value of an alert the sentence that it was read from, with its outlet and time. */
export function receiptLines({ headline, link, lines, sources }: AlertContent): Line[] {
  const shown = lines.flatMap(({ label, items }) => items.map((item) => ({ label, item })));
  if (shown.length === 0)
    return [['No value of this alert has a sentence behind it: it shows headline and lead.']];
  return [
    [{ text: headline, link, style: 'bold' }],
    ...shown.flatMap(({ label, item }): Line[] => [
      [{ text: `${label}: `, style: 'bold' }, ...itemLine(item, false)],
      ...receiptsOf(item, sources),
    ]),
  ];
}

function receiptsOf({ receipts }: FactItem, sources: readonly Source[]): Line[] {
  if (receipts === undefined) return [['No sentence of it was kept.']];
  return receipts.map(({ source, sentence }): Line => {
    const said = sources[source - 1];
    const time = said?.at === undefined ? [] : [', ', { timeMs: said.at }];
    return [
      `[${source}] `,
      ...(said === undefined ? [] : [{ text: said.outlet, link: said.link }]),
      ...time,
      `: “${cut(sentence, SENTENCE_SHOWN)}”`,
    ];
  });
}
