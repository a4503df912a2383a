import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** A tag's attributes: names in lower case, values with entities decoded, the first of those with one name. */
export type Attributes = ReadonlyMap<string, string>;

interface TagHandlers {
  open?: (name: string, attributes: Attributes) => void;
  close?: (name: string) => void;
  text?: (words: string) => void;
}

/**
 * Tells each tag of an HTML page, or of an XML document with `isXml`, in order; names in lower case. Takes any
 * input, in linear time: htmlparser2's parser keeps a stack that makes 100,000 nested elements quadratic.
 */
export function readTags(markup: string, handlers: TagHandlers, { isXml = false } = {}): void {
  let name = '';
  let attribute = '';
  let value = '';
  let attributes = new Map<string, string>();
  const lower = (start: number, end: number) => markup.slice(start, end).toLowerCase();
  const ignore = () => {};
  const callbacks: TokenizerCallbacks = {
    onopentagname: (start, end) => {
      name = lower(start, end);
      attributes = new Map();
    },
    onattribname: (start, end) => {
      attribute = lower(start, end);
      value = '';
    },
    onattribdata: (start, end) => {
      value += markup.slice(start, end);
    },
    onattribentity: (codePoint) => {
      value += String.fromCodePoint(codePoint);
    },
    onattribend: (quote) => {
      if (!attributes.has(attribute)) attributes.set(attribute, quote === QuoteType.NoValue ? '' : value);
    },
    onopentagend: () => handlers.open?.(name, attributes),
    onselfclosingtag: () => {
      handlers.open?.(name, attributes);
      // HTML takes no notice of the slash.
      if (isXml) handlers.close?.(name);
    },
    onclosetag: (start, end) => handlers.close?.(lower(start, end)),
    ontext: (start, end) => handlers.text?.(markup.slice(start, end)),
    ontextentity: (codePoint) => handlers.text?.(String.fromCodePoint(codePoint)),
    oncdata: ignore,
    oncomment: ignore,
    ondeclaration: ignore,
    onprocessinginstruction: ignore,
    onend: ignore,
  };
  const tokenizer = new Tokenizer({ xmlMode: isXml, decodeEntities: true }, callbacks);
  tokenizer.write(markup);
  tokenizer.end();
}
