import type { PushServiceId } from '../../electron/contract/push-service.ts';

const EVERYWHERE = [
  'The device may be off or offline. The push service keeps the message until its time to live ends.',
  'The browser may lack permission to notify in the settings of the system, or a do-not-disturb mode may be on.',
];

const CHROMIUM =
  'On a computer, Chrome and Edge only receive messages while they run, also in the background.';

/** What to look at where a push service took a message and its device has not shown it, by where the device is. */
export const WHY_NOT_SHOWN: Readonly<Record<PushServiceId, readonly string[]>> = {
  fcm: [
    CHROMIUM,
    'On Android, battery saving can hold messages with low urgency back until the device is used.',
    'In Brave, “Use Google services for push messaging” must be on.',
    ...EVERYWHERE,
  ],
  mozilla: [
    'On a computer, Firefox only receives messages while it runs.',
    'On Linux, a notification service of the desktop must run.',
    ...EVERYWHERE,
  ],
  apple: [
    'On an iPhone or iPad, the site must still be on the Home Screen; removing it ends its notifications.',
    'A Focus mode hides notifications of sites that it does not allow.',
    ...EVERYWHERE,
  ],
  wns: [
    CHROMIUM,
    'In Windows, notifications must be on for the browser, and “Do not disturb” off.',
    ...EVERYWHERE,
  ],
  other: EVERYWHERE,
};
