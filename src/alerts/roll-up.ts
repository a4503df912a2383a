import {
  type AlertContent,
  type NearMiss,
  ROLLED_LIMITS,
  type RolledAlert,
  type RollUp,
  type RollUpCause,
  type Severity,
} from '../model/alert.ts';
import type { Button, Line, Reply } from '../model/rich-text.ts';
import type { Doubt } from '../model/watch.ts';
import { listedSources } from './compose.ts';

/** The time over which the budget of a channel counts, milliseconds. */
export const FLOOD_MS = 10 * 60_000;

const RANKS: Record<Severity, number> = { critical: 0, high: 1, normal: 2, low: 3 };

const CAUSES: Record<RollUpCause, string> = {
  flood: 'in one message, because many came at once',
  digest: 'in this digest',
  'quiet hours': 'from the quiet hours',
};

/**
 * Which of the alerts that wait are to share a message: none while they are within the budget with those of the last
 * `FLOOD_MS`, all of a backlog, else the least severe and newest. Critical ones never are.
 */
export function excessOf<T extends RolledAlert>(
  waiting: readonly T[],
  recentPosts: number,
  budget: number,
): T[] {
  const room = Math.max(0, budget - recentPosts);
  if (waiting.length <= room) return [];
  const isBacklog = waiting.length > budget;
  const ranked = waiting.toSorted((a, b) => rankOf(a.content) - rankOf(b.content));
  return ranked.slice(isBacklog ? 0 : room).filter(({ content }) => content.severity !== 'critical');
}

/**
 * The message of a roll-up: most severe first, those of one place together, each with its link and a button; then what
 * almost alerted, with what `reasonOf` says of it.
 */
export function composeRollUp(
  { cause, alerts, nearMisses }: RollUp,
  reasonOf: (doubt: Doubt) => string,
): Reply {
  const ranked = alerts.toSorted((a, b) => rankOf(a.content) - rankOf(b.content));
  const groups = [...Map.groupBy(ranked, ({ content }) => placeOf(content) ?? '')];
  const ordered = groups.flatMap(([, members]) => members);
  const lines = groups.flatMap(([place, members]): Line[] => [
    ...(place === '' || groups.length === 1 ? [] : [[{ text: place, style: 'italic' as const }]]),
    ...members.map((alert) => itemLine(alert.content, ordered.indexOf(alert) + 1)),
  ]);
  return {
    lines: [
      [
        {
          text: `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'} ${CAUSES[cause]}`,
          style: 'bold',
        },
      ],
      ...lines,
      ...nearMissLines(nearMisses, reasonOf),
    ],
    buttons: ordered.map(openButton),
  };
}

function nearMissLines(nearMisses: readonly NearMiss[], reasonOf: (doubt: Doubt) => string): Line[] {
  if (nearMisses.length === 0) return [];
  return [
    [{ text: 'Almost told', style: 'bold' }],
    ...nearMisses.map(
      ({ headline, link, outlet, doubts }): Line => [
        '• ',
        { text: headline, link },
        ` (${outlet}): ${doubts.map(reasonOf).join('; ')}`,
      ],
    ),
  ];
}

function itemLine(content: AlertContent, number: number): Line {
  const { headline, link, outlet, severity, continues } = content;
  const mark = severity === 'critical' || severity === 'high' ? ` [${severity}]` : '';
  const others = listedSources(content).length - 1;
  const more = others > 0 ? ` and ${others} more` : '';
  return [
    `${number} · `,
    { text: shortened(headline), link: shortLink(link), style: 'bold' },
    ` (${outlet}${more})${mark}`,
    ...(continues === undefined ? [] : [', goes on from ', { timeMs: continues.toldAt }]),
  ];
}

function openButton({ id }: RolledAlert, index: number): Button {
  return { label: `Open ${index + 1}`, command: `story open ${id}` };
}

/** Province and country, as the alert's own line says them; null when it says no place. */
function placeOf({ lines }: AlertContent): string | null {
  const where = lines.find(({ label }) => label === 'Where')?.items[0]?.text;
  return where?.split(', ').slice(-2).join(', ') ?? null;
}

function rankOf({ severity = 'normal' }: AlertContent): number {
  return RANKS[severity];
}

function shortened(headline: string): string {
  const max = ROLLED_LIMITS.headline;
  return headline.length <= max ? headline : `${[...headline].slice(0, max - 1).join('')}…`;
}

function shortLink(link: string | null): string | null {
  return link !== null && link.length > ROLLED_LIMITS.link ? null : link;
}
