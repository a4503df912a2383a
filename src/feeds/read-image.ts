import { Parser } from 'htmlparser2';
import { attributeOf, childrenOf, httpUrl, type RawElement } from './raw-element.ts';

/** The first ones may be pixels that count readers. */
const PICTURES_TRIED = 10;

/** The picture that stands for an item: its media elements, its enclosure, else the first one of its body. */
export function imageOf(raw: RawElement, html: string, base: string): string | null {
  for (const candidate of declaredImages(raw)) {
    const url = httpUrl(candidate, base);
    if (url !== null) return url;
  }
  return firstPicture(html, base);
}

function declaredImages(raw: RawElement): (string | null)[] {
  const holders = [raw, ...childrenOf(raw, 'media:group')];
  const media = holders.flatMap((holder) => childrenOf(holder, 'media:content'));
  const thumbnails = [...holders, ...media].flatMap((holder) => childrenOf(holder, 'media:thumbnail'));
  const links = childrenOf(raw, 'link').filter((link) => attributeOf(link, 'rel') === 'enclosure');
  return [
    ...media.filter(isImage).map((element) => attributeOf(element, 'url')),
    ...thumbnails.map((element) => attributeOf(element, 'url')),
    ...childrenOf(raw, 'enclosure')
      .filter(isImage)
      .map((element) => attributeOf(element, 'url')),
    ...links.filter(isImage).map((element) => attributeOf(element, 'href')),
    ...childrenOf(raw, 'itunes:image').map((element) => attributeOf(element, 'href')),
  ];
}

function isImage(element: RawElement): boolean {
  const type = attributeOf(element, 'type') ?? '';
  if (attributeOf(element, 'medium') === 'image' || type.startsWith('image/')) return true;
  const address = attributeOf(element, 'url') ?? '';
  return type === '' && /\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|$)/i.test(address);
}

function firstPicture(html: string, base: string): string | null {
  for (const [tag] of html.matchAll(/<img\b[^<>]*>/gi).take(PICTURES_TRIED)) {
    let found: string | null = null;
    const parser = new Parser({
      onopentag: (_, attributes) => {
        if (!isPixel(attributes)) found = httpUrl(attributes.src ?? null, base);
      },
    });
    parser.end(tag);
    if (found !== null) return found;
  }
  return null;
}

/** Counters of readers, not pictures. */
function isPixel(attributes: Record<string, string>): boolean {
  return [attributes.width, attributes.height].some((size) => size === '0' || size === '1');
}
