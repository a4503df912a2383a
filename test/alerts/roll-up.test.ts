import { describe, expect, test } from '@jest/globals';
import { composeRollUp, excessOf } from '../../src/alerts/roll-up.ts';
import type { RolledAlert, Severity } from '../../src/model/alert.ts';
import { content, item } from '../support/articles.ts';

function alert(headline: string, severity: Severity = 'normal', place?: string): RolledAlert {
  const lines = place === undefined ? [] : [{ label: 'Where' as const, items: [item(place)] }];
  return { id: headline, content: content({ headline, severity, lines }) };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => alert(`Raid ${at + 1}`));
const names = (alerts: RolledAlert[]) => alerts.map(({ id }) => id);

describe('a channel that gets more than its readers can take', () => {
  test('gets six messages in ten minutes, each on its own', () => {
    expect(excessOf(many(6), 0, 6)).toEqual([]);
    expect(excessOf(many(1), 5, 6)).toEqual([]);
  });

  test('gets what is more than that in one message, the least severe', () => {
    expect(names(excessOf([alert('Protest', 'low'), alert('Strike', 'high'), alert('Raid')], 4, 6))).toEqual([
      'Protest',
    ]);
    expect(names(excessOf(many(2), 6, 6))).toEqual(['Raid 1', 'Raid 2']);
  });

  test('gets a backlog as one message', () => {
    expect(excessOf(many(40), 0, 6)).toHaveLength(40);
  });

  test('gets what is critical on its own, always', () => {
    expect(names(excessOf([...many(9), alert('Sarin attack', 'critical')], 6, 6))).not.toContain(
      'Sarin attack',
    );
    expect(excessOf([alert('Sarin attack', 'critical')], 6, 6)).toEqual([]);
  });
});

describe('the message of several alerts', () => {
  const doubt = { tells: 'film or book', found: 'box office', span: null };
  const nearMiss = { headline: 'Bombing at the box office', link: null, outlet: 'Reel', doubts: [doubt] };
  const message = composeRollUp(
    {
      cause: 'digest',
      nearMisses: [nearMiss],
      alerts: [
        alert('Protest in Homs', 'low', 'Homs, Homs, Syria'),
        alert('Strike kills 12', 'high', 'Sarmada, Idlib, Syria'),
        alert('Talks resume'),
        alert('Raid near Atme', 'normal', 'Atme, Idlib, Syria'),
      ],
    },
    ({ tells }) => `tells of ${tells}`,
  );
  const words = message.lines.map((line) =>
    line.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '')).join(''),
  );

  test('says how many there are, most severe first, those of one province together', () => {
    expect(words).toEqual([
      '4 alerts in this digest',
      'Idlib, Syria',
      '1 · Strike kills 12 (Northern Wire) [high]',
      '2 · Raid near Atme (Northern Wire)',
      '3 · Talks resume (Northern Wire)',
      'Homs, Syria',
      '4 · Protest in Homs (Northern Wire)',
      'Almost told',
      '• Bombing at the box office (Reel): tells of film or book',
    ]);
  });

  test('opens each on demand', () => {
    expect(message.buttons).toEqual([
      { label: 'Open 1', command: 'story open Strike kills 12' },
      { label: 'Open 2', command: 'story open Raid near Atme' },
      { label: 'Open 3', command: 'story open Talks resume' },
      { label: 'Open 4', command: 'story open Protest in Homs' },
    ]);
  });
});
