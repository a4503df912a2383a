import { describe, expect, test } from '@jest/globals';
import { isTimezone, parseTimezone } from '../../src/alerts/timezone.ts';
import { refusal } from '../support/wall-clocks.ts';

describe('time zones', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    [' europe/berlin ', 'Europe/Berlin'],
    ['america/new york', 'America/New_York'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['africa/DAR_ES_SALAAM', 'Africa/Dar_es_Salaam'],
    ['utc', 'UTC'],
  ])('%p is read as %s', (typed, zone) => {
    expect(parseTimezone(typed)).toBe(zone);
  });

  const byPlace = 'Write it by its place, such as Europe/Berlin or America/New_York, or write UTC.';
  test.each([
    ['berlin', '“berlin” is no time zone. Did you mean Europe/Berlin?'],
    ['Germany/Berlin', '“Germany/Berlin” is no time zone. Did you mean Europe/Berlin?'],
    ['new york', '“new york” is no time zone. Did you mean America/New_York?'],
    ['York', '“York” is no time zone. Did you mean America/New_York?'],
    ['kyiv', '“kyiv” is no time zone. Did you mean Europe/Kyiv?'],
    ['', `The time zone is missing. ${byPlace}`],
    ['Atlantis', `“Atlantis” is no time zone. ${byPlace}`],
    ['BST', `“BST” is no time zone. ${byPlace}`],
    ['IST', `“IST” is no time zone. ${byPlace}`],
    ['EST', `“EST” is no time zone. ${byPlace}`],
    ['+02:00', `“+02:00” is no time zone. ${byPlace}`],
  ])('%p is refused with what may have been meant', (typed, answer) => {
    expect(refusal(() => parseTimezone(typed))).toBe(answer);
  });

  test('all zones that the computer knows are zones, and stay as they are spelled', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      expect(isTimezone(zone)).toBe(true);
      expect(parseTimezone(zone)).toBe(zone);
    }
  });
});
