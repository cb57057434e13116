import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushServiceOf } from './push-service.ts';

describe('pushServiceOf', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', 'fcm'],
    ['https://fcm.googleapis.com/wp/abc', 'fcm'],
    ['https://android.googleapis.com/gcm/send/abc', 'fcm'],
    ['https://jmt17.google.com/fcm/send/abc', 'fcm'],
    ['https://www.google.com/fcm/send/abc', 'other'],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', 'mozilla'],
    ['https://web.push.apple.com/abc', 'apple'],
    ['https://wns2-par02p.notify.windows.com/w/?token=abc', 'wns'],
    ['https://FCM.GOOGLEAPIS.COM/fcm/send/abc', 'fcm'],
    ['https://push.example.com/abc', 'other'],
    ['https://fcm.googleapis.com.evil.example/abc', 'other'],
    ['https://evilpush.apple.com/', 'other'],
    ['https://evil.example/?https://web.push.apple.com/', 'other'],
    ['https://web.push.apple.com@evil.example/', 'other'],
    ['web.push.apple.com', 'other'],
    ['', 'other'],
  ])('%s is %s', (endpoint, service) => {
    expect(pushServiceOf(endpoint)).toBe(service);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (endpoint) => {
        expect(pushServiceOf(endpoint)).toBeTypeOf('string');
      }),
    );
  });
});
