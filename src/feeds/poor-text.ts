import { htmlToText } from '../text/html.ts';
import { readTags } from './markup-tags.ts';

/** Two sentences: less is a caption, a notice or the title again, and a feed's teaser says as much. */
export const MIN_ARTICLE_CHARS = 200;
/** Of 1,633 bodies of real feeds 99 % have at most 0.29 of their text in links; lists have most of it. */
const MAX_LINK_SHARE = 0.5;
/** Walls and notices are shorter; in a longer text the same words are about something, or at its foot. */
const NOTICE_CHARS = 1500;

/** What pages say instead of their article, in the languages that most news comes in. */
const NOTICES: readonly RegExp[] = [
  // They want scripts.
  /(?:enable|activate|turn on|requires?) javascript|javascript (?:is|to be) (?:disabled|required|enabled)/i,
  /(?:activer|active[rz]?|habilit[ae]r?|abilita(?:re)?|ative o?|включите|etkinleştir\S*|تفعيل|启用) ?javascript/i,
  /javascript (?:aktivieren|est désactivé|deaktiviert|desactivado|を有効)|javascript'i etkinleştir/i,
  // They want a person.
  /(?:verify|confirm|prove)(?: that)? you(?:'re| are) (?:a |not a )?(?:human|robot)|are you a robot|unusual traffic from/i,
  /no soy un robot|pas un robot|kein roboter|non sono un robot|não sou um robô|я не робот|robot olmad/i,
  // They want consent.
  /we (?:and our [^.]{0,40})?(?:use|store)[^.]{0,60}cookies|accept (?:all )?cookies|before you continue to/i,
  /(?:verwenden|nutzen)(?: wir)? cookies|(?:utilisons|accepter)[^.]{0,30} cookies|(?:utilizamos|usamos|aceptar|aceitar)[^.]{0,20} cookies/i,
  /utilizziamo[^.]{0,20} cookie|gebruiken[^.]{0,20} cookies|используем[^.]{0,20} cookie|çerez(?:ler)?i? kullan|ملفات تعريف الارتباط/i,
  // They want money or a name.
  /subscribe (?:now )?to (?:continue|read|unlock)|to continue reading|already a subscriber|(?:only|exclusively|available) (?:for|to) subscribers|subscribers only/i,
  /(?:log in|sign in|sign up|register) to (?:continue|read)|create a free account/i,
  /(?:réservée? (?:aux|à nos)|pour lire la suite)[^.]{0,20}(?:abonn|$)|abonnez-vous|nur für abonnenten|jetzt weiterlesen|weiterlesen mit/i,
  /(?:solo|exclusivo) para (?:suscriptores|assinantes)|suscríbete para|assine para|riservato agli abbonati|alleen voor abonnees|только (?:для|по) подпис|للمشتركين فقط/i,
  // They have nothing.
  /page (?:not|cannot be|can't be) found|page introuvable|seite nicht gefunden|página no encontrada|страница не найдена/i,
];

/** The plain text of what was taken out of a page, or null when that is no article. Linear. */
export function articleOrNull(html: string): string | null {
  const text = htmlToText(html);
  if (text.length < MIN_ARTICLE_CHARS || linkShare(html) > MAX_LINK_SHARE) return null;
  return text.length < NOTICE_CHARS && NOTICES.some((notice) => notice.test(text)) ? null : text;
}

function linkShare(html: string): number {
  let total = 0;
  let linked = 0;
  let isLink = false;
  readTags(html, {
    open: (name) => {
      if (name === 'a') isLink = true;
    },
    close: (name) => {
      if (name === 'a') isLink = false;
    },
    text: (words) => {
      const { length } = words.trim();
      total += length;
      if (isLink) linked += length;
    },
  });
  return total === 0 ? 0 : linked / total;
}
