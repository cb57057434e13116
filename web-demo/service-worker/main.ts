import { createAppClient } from '../shared/app-client.ts';
import { createMemory } from '../shared/memory.ts';
import { createTellApp } from '../shared/tell-app.ts';
import { clickTarget, clickWay, focusOrOpen } from './open-target.ts';
import { readPush } from './read-push.ts';
import { maxActions, textOf } from './push-data.ts';
import { renew } from './renew.ts';
import { createReceipts } from './receipts.ts';
import { openReceiptCache } from './receipt-cache.ts';
import { showAndTell, tellOf } from './show-and-tell.ts';

declare const self: ServiceWorkerGlobalScope;

const site = () => ({
  scope: self.registration.scope,
  maxActions: maxActions(),
  icon: 'icon-192.png',
  badge: 'badge-96.png',
});
const app = createAppClient((input, init) => fetch(input, init));
const receipts = createReceipts({
  store: openReceiptCache(() => self.caches),
  place: `${self.registration.scope}pushdesk-receipts/`,
  subscription: () => self.registration.pushManager.getSubscription(),
  send: (report) => app.tell(report),
  now: () => Date.now(),
});
const tell = createTellApp(app, createMemory(self.caches));

// A new worker takes over at once, so that a push is never read by an older one.
self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('push', (event) => {
  event.waitUntil(showAndTell(self.registration, readPush(textOf(event.data), site()), receipts));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { data } = event.notification as { data: unknown };
  const { scope } = self.registration;
  const url = clickTarget(data, event.action, scope);
  event.waitUntil(
    Promise.all([
      focusOrOpen(self.clients, url, clickWay(data, event.action, scope)),
      tellOf(receipts, data, 'clicked', event.action),
    ]),
  );
});

self.addEventListener('notificationclose', (event) => {
  event.waitUntil(tellOf(receipts, event.notification.data, 'closed'));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renewAndTell(event));
});

async function renewAndTell(event: Parameters<typeof renew>[0]): Promise<void> {
  const { pushManager } = self.registration;
  try {
    await renew(event, { pushManager, app, tell });
  } finally {
    await tellPages();
  }
}

/** Open pages show what they have; they look again. */
async function tellPages(): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window' })) {
    page.postMessage('subscription-changed');
  }
}
