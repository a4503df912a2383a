/** A text as a reader sees it, with what Slack made of its markup. */
export interface Rendered {
  text: string;
  links: { label: string; url: string }[];
  /** `<!channel>`, `<!here>`, `<!everyone>`, `<@U…>`, `<!subteam^…>`, without their labels. */
  pings: string[];
}

interface Rendering extends Rendered {
  /** What stands for each placeholder of the working text. */
  pieces: string[];
}

/** Two private-use characters around a number keep rendered pieces out of the later steps. */
const PLACEHOLDER = /\uE000(\d+)\uE001/g;
const BARE_ADDRESS = /https?:\/\/[^\s<>|\uE000\uE001]+/g;

/**
 * Renders Slack's mrkdwn. With `parsePlainText` (text objects without `verbatim: true`), bare addresses become links
 * and "@channel", "@here" and "@everyone" count as pings: Slack documents that "certain mentions will be
 * automatically parsed" there and not which, so we take the cautious reading.
 */
export function renderMrkdwn(source: string, parsePlainText: boolean): Rendered {
  const rendering: Rendering = { text: '', links: [], pings: [], pieces: [] };
  const withoutTokens = source.replace(/<([^<>\n]+)>/g, (whole, token: string) => {
    return keep(rendering, renderToken(rendering, whole, token));
  });
  const withoutCode = withoutTokens.replace(/```([\s\S]+?)```|`([^`\n]+)`/g, (_, block, inline) =>
    keep(rendering, decodeEntities(block ?? inline)),
  );
  const plain = stripStyles(withoutCode.replace(/^(?:(?:&gt;|>){3}|&gt;|>) ?/gm, ''));
  if (parsePlainText) findMentions(rendering, plain);
  const linked = parsePlainText ? linkAddresses(rendering, plain) : plain;
  return { text: restore(rendering, decodeEntities(linked)), links: rendering.links, pings: rendering.pings };
}

/** Decodes the three entities that Slack decodes, and no other. */
export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function keep(rendering: Rendering, piece: string): string {
  return `\uE000${rendering.pieces.push(piece) - 1}\uE001`;
}

function restore(rendering: Rendering, text: string): string {
  const restored = text.replace(PLACEHOLDER, (_, index: string) => rendering.pieces[Number(index)] ?? '');
  return restored === text ? text : restore(rendering, restored);
}

/** What is shown for `<token>`; anything that is neither mention nor address is shown as it was written. */
function renderToken(rendering: Rendering, whole: string, token: string): string {
  const [body = '', label] = token.split('|', 2);
  const shown = label === undefined ? null : decodeEntities(label);
  if (body.startsWith('@')) return ping(rendering, `<${body}>`, shown ? `@${shown}` : body);
  if (body.startsWith('#')) return shown ? `#${shown}` : body;
  if (body.startsWith('!')) return renderCommand(rendering, body, shown);
  if (shown === null && !/^[a-z][a-z\d+.-]*:/i.test(body)) return decodeEntities(whole);
  return link(rendering, shown ?? decodeEntities(body), body);
}

function renderCommand(rendering: Rendering, body: string, shown: string | null): string {
  if (/^!(channel|here|everyone)$/.test(body)) return ping(rendering, `<${body}>`, `@${body.slice(1)}`);
  if (body.startsWith('!subteam^')) return ping(rendering, `<${body}>`, shown ?? `@${body.slice(9)}`);
  const dateLink = body.match(/^!date\^\d+\^[^^]*\^(.+)$/)?.[1];
  if (dateLink) return link(rendering, shown ?? body, dateLink);
  return shown ?? `<${body}>`;
}

function ping(rendering: Rendering, mention: string, shown: string): string {
  rendering.pings.push(mention);
  return shown;
}

function link(rendering: Rendering, label: string, url: string): string {
  rendering.links.push({ label, url: decodeEntities(url) });
  return label;
}

/** Styles open before and close after a word, on one line: `2*3*4` and `snake_case_name` stay as they are. */
function stripStyles(text: string): string {
  let stripped = text;
  for (const mark of ['\\*', '_', '~']) {
    const styled = new RegExp(
      `(?<![\\p{L}\\p{N}${mark}])${mark}(?=[^\\s${mark}])([^${mark}\\n]*?[^\\s${mark}])${mark}(?![\\p{L}\\p{N}${mark}])`,
      'gu',
    );
    stripped = stripped.replace(styled, '$1');
  }
  return stripped;
}

function findMentions(rendering: Rendering, text: string): void {
  for (const match of text.matchAll(/(?<![\w@])@(channel|here|everyone)\b/g)) {
    rendering.pings.push(`<!${match[1]}>`);
  }
}

function linkAddresses(rendering: Rendering, text: string): string {
  return text.replace(BARE_ADDRESS, (match) => {
    const url = match.replace(/[.,;:!?)\]'"]+$/, '');
    return keep(rendering, link(rendering, decodeEntities(url), url)) + match.slice(url.length);
  });
}
