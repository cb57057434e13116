import { describe, expect, it } from 'vitest';
import { NOTIFICATION_SUPPORT, supportHint, SYSTEM_IDS } from './browser-support.ts';

describe('supportHint', () => {
  it.each([
    ['badge', 'Shown only in Chrome on Android.'],
    ['image', 'Not shown in Chrome on macOS, Firefox and Safari.'],
    ['icon', 'Not shown in Safari.'],
    ['actions', 'Not shown in Firefox before 152 and Safari.'],
    ['silent', 'Ignored by Firefox before 132, Safari on macOS before 16.6 and Safari on iOS.'],
    ['tag', 'Ignored by Safari.'],
    ['vibrate', 'Works only in Chrome on Android.'],
    ['data', null],
  ] as const)('%s', (part, hint) => {
    expect(supportHint(part)).toBe(hint);
  });
});

describe('the table of what systems show', () => {
  it.each(Object.entries(NOTIFICATION_SUPPORT))(
    'says of %s where it is written and when that was compared, for every system',
    (_part, { support, source, checked }) => {
      expect(URL.canParse(source) && new URL(source).protocol).toBe('https:');
      expect(new Date(`${checked}T00:00:00Z`).toISOString().slice(0, 10)).toBe(checked);
      expect(Object.keys(support)).toEqual(SYSTEM_IDS);
    },
  );
});
