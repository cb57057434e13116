import type { PushServiceId } from '../../electron/contract/push-service.ts';

const EVERYWHERE = [
  'The device may be off or offline. The push service keeps the message until its TTL runs out.',
  'The system settings may block notifications from the browser, or do-not-disturb may be on.',
];

const CHROMIUM =
  'On a computer, Chrome and Edge only receive messages while they are running, even if only in the background.';

/** What to look at where a push service took a message and its device has not shown it, by where the device is. */
export const WHY_NOT_SHOWN: Readonly<Record<PushServiceId, readonly string[]>> = {
  fcm: [
    CHROMIUM,
    'On Android, battery saving can hold back messages with low urgency until the device is used.',
    'In Brave, “Use Google services for push messaging” must be on.',
    ...EVERYWHERE,
  ],
  mozilla: [
    'On a computer, Firefox only receives messages while it is running.',
    'On Linux, the desktop’s notification service must be running.',
    ...EVERYWHERE,
  ],
  apple: [
    'On an iPhone or iPad, the site must still be on the Home Screen; removing it ends its notifications.',
    'A Focus hides notifications from sites it does not allow.',
    ...EVERYWHERE,
  ],
  wns: [
    CHROMIUM,
    'In Windows, notifications must be on for the browser, and “Do not disturb” off.',
    ...EVERYWHERE,
  ],
  other: EVERYWHERE,
};
