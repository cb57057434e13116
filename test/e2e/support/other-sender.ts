import type { Page } from 'puppeteer-core';
import { makeKeyPair } from '../../../electron/engine/keys/curve.ts';

/** Where another sender's worker is on a site. */
export const OTHER_FILE = '/push/onesignal/OneSignalSDKWorker.js';

/** Written as other senders write theirs: it shows what its own sender sends. */
export const OTHER_WORKER = `
self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', () => {});
self.addEventListener('push', (event) => {
  if (self.pushdesk?.automatic === false || !event.data) return;
  const { notification, title } = event.data.json();
  event.waitUntil(self.registration.showNotification(notification?.title ?? title, notification));
});
self.addEventListener('notificationclick', (event) => event.notification.close());
`;

/** Of a key pair that is held elsewhere. */
export const OTHER_KEY = makeKeyPair().publicKey;

/** What replaces the file of another sender. */
export const IMPORT_LINES = `importScripts('/pushdesk/pushdesk-worker.js');
self.addEventListener('install', () => self.skipWaiting());
`;

/**
 * Registers a worker and subscribes with it, as another sender's script does.
 *
 * @returns what that sender would export
 */
export function subscribeElsewhere(page: Page, file: string, key: string): Promise<string> {
  return page.evaluate(registerAndSubscribe, file, [...Buffer.from(key, 'base64url')]);
}

/** The scopes of all workers of the page's site. */
export const scopesOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));

async function registerAndSubscribe(file: string, key: readonly number[]): Promise<string> {
  const registration = await navigator.serviceWorker.register(file);
  const worker = registration.installing ?? registration.waiting;
  if (worker !== null) {
    await new Promise<void>((resolve) => {
      worker.addEventListener('statechange', () => {
        if (worker.state === 'activated') resolve();
      });
    });
  }
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: new Uint8Array(key),
  });
  return JSON.stringify(subscription);
}
