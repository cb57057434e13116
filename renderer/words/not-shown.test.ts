import { expect, it } from 'vitest';
import { pushServiceSchema } from '../../electron/contract/push-service.ts';
import { whyNotShown } from './not-shown.ts';

it.each(pushServiceSchema.options)(
  'what to look at on a device of %s ends with what holds for every device',
  (service) => {
    const reasons = whyNotShown(service);
    const everywhere = whyNotShown('other');
    expect(everywhere.length).toBeGreaterThan(0);
    expect(reasons.slice(-everywhere.length)).toEqual(everywhere);
    expect(new Set(reasons).size).toBe(reasons.length);
  },
);

it('a known push service has reasons of its own', () => {
  expect(whyNotShown('mozilla')[0]).toBe(
    'On a computer, Firefox only receives messages while it is running.',
  );
  expect(whyNotShown('fcm')[0]).toBe(whyNotShown('wns')[0]);
});
