import type { PayloadFormatDescriptor } from './format.ts';

/** As Firebase Cloud Messaging hands a message to the service worker of its library: `data` holds only texts. */
export const fcm: PayloadFormatDescriptor = {
  id: 'fcm',
  name: 'FCM-like',
  goodFor: 'Service workers written for Firebase Cloud Messaging (firebase-messaging-sw.js).',
  ignores: ['appBadge'],
  withoutReceipts: () => 'Firebase’s service worker doesn’t send receipts. The kit beside it would.',
  build({ id, url, appBadge, receipts, actions, data, ...notification }) {
    return {
      id,
      notification: {
        ...notification,
        ...(actions === undefined ? {} : { actions }),
        ...(url === undefined ? {} : { click_action: url }),
      },
      ...(data === undefined ? {} : { data: textsOf(data) }),
      ...(url === undefined ? {} : { fcmOptions: { link: url } }),
      ...(appBadge === undefined ? {} : { appBadge }),
      ...(receipts === true ? { receipts } : {}),
    };
  },
};

function textsOf(data: unknown): Record<string, string> {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { data: text(data) };
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, text(value)]));
}
