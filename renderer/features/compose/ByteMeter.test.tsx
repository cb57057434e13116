import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { FIREFOX_ANDROID_BYTES, PAYLOAD_LIMIT_BYTES } from '../../../electron/core/message/payload.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { ByteMeter } from './ByteMeter.tsx';

it.each([
  [312, '312 of 3,993 bytes', ''],
  [FIREFOX_ANDROID_BYTES, '2,600 of 3,993 bytes', ''],
  [FIREFOX_ANDROID_BYTES + 1, '2,601 of 3,993 bytes', 'May be too large for Firefox on Android'],
  [PAYLOAD_LIMIT_BYTES, '3,993 of 3,993 bytes', 'May be too large for Firefox on Android'],
  [PAYLOAD_LIMIT_BYTES + 1, '3,994 of 3,993 bytes', '1 too many'],
])('%i bytes of a message are “%s” and “%s”', (bytes, words, remark) => {
  renderWith(<ByteMeter bytes={bytes} />);
  const meter = screen.getByRole('meter', { name: 'Size of the message' });
  expect(meter.getAttribute('aria-valuetext')).toBe(words);
  expect(Number(meter.getAttribute('aria-valuenow'))).toBeLessThanOrEqual(PAYLOAD_LIMIT_BYTES);
  expect(meter.previousElementSibling?.textContent).toBe(words + remark);
});

it.each([
  ['of-all', 'The longest that any recipient gets.'],
  ['of-first', 'The longest of the first 200,000 recipients. Others may get a longer one.'],
] as const)('says whose text it measures where texts differ: %s', (longest, words) => {
  renderWith(<ByteMeter bytes={312} longest={longest} />);
  expect(screen.getByText(words)).toBeTruthy();
});
