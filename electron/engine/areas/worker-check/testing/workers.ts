/** Service workers in the styles that sites have, written for the tests. */

/** As tutorials write it, with payload fields of Pushdesk's own names. */
export const TUTORIAL = `
self.addEventListener('push', (event) => {
  const data = event.data ? event.data.json() : {};
  const options = { body: data.body, icon: data.icon, badge: data.badge, image: data.image, tag: data.tag,
    requireInteraction: data.requireInteraction, actions: data.actions,
    data: { url: data.url, actions: data.actions } };
  event.waitUntil(self.registration.showNotification(data.title, options));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { url, actions = [] } = event.notification.data;
  const pressed = (actions || []).find((one) => one.action === event.action);
  const target = new URL((pressed && pressed.url) || url, self.location.origin).href;
  event.waitUntil(
    clients.matchAll({ type: 'window', includeUncontrolled: true }).then((windows) => {
      for (const client of windows) if (client.url === target && 'focus' in client) return client.focus();
      return clients.openWindow(target);
    }),
  );
});
`;

/** In the style of Angular's worker: a driver that takes \`notification\` and a click that reads \`data.onActionClick\`. */
export const ANGULAR_STYLE = `
(function () {
  'use strict';
  class Adapter {
    constructor(scopeUrl, caches) { this.caches = caches; this.origin = new URL(scopeUrl).origin; }
    get time() { return Date.now(); }
    parseUrl(url, base) { const parsed = !base ? new URL(url) : new URL(url, base); return { origin: parsed.origin, path: parsed.pathname, search: parsed.search }; }
  }
  const OPTIONS = ['actions', 'badge', 'body', 'data', 'dir', 'icon', 'image', 'lang', 'renotify', 'requireInteraction', 'silent', 'tag', 'timestamp', 'title', 'vibrate'];
  class Driver {
    constructor(scope, adapter) {
      this.scope = scope;
      this.adapter = adapter;
      this.scope.addEventListener('install', (event) => event.waitUntil(this.scope.skipWaiting()));
      this.scope.addEventListener('activate', (event) => event.waitUntil((async () => { await this.scope.clients.claim(); await caches.open('ngsw:db'); })()));
      this.scope.addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));
      this.scope.addEventListener('push', (event) => this.onPush(event));
      this.scope.addEventListener('notificationclick', (event) => this.onClick(event));
    }
    onPush(msg) { if (!msg.data) return; msg.waitUntil(this.handlePush(msg.data.json())); }
    onClick(event) { event.waitUntil(this.handleClick(event.notification, event.action)); }
    async handlePush(data) {
      await this.broadcast({ type: 'PUSH', data });
      if (!data.notification || !data.notification.title) return;
      const desc = data.notification;
      const options = {};
      OPTIONS.filter((name) => desc.hasOwnProperty(name)).forEach((name) => (options[name] = desc[name]));
      await this.scope.registration.showNotification(desc['title'], options);
    }
    async handleClick(notification, action) {
      notification.close();
      const options = {};
      OPTIONS.filter((name) => name in notification).forEach((name) => (options[name] = notification[name]));
      const map = notification.data?.onActionClick;
      const chosen = map === undefined ? undefined : (action === '' || !map[action] ? map['default'] : map[action]);
      if (chosen === undefined) return;
      const url = new URL(chosen.url ?? '', this.scope.registration.scope);
      if (chosen.operation === 'openWindow') await this.scope.clients.openWindow(url);
      await this.broadcast({ type: 'NOTIFICATION_CLICK', data: { action, notification: options } });
    }
    async broadcast(msg) { (await this.scope.clients.matchAll()).forEach((client) => client.postMessage(msg)); }
  }
  const scope = self;
  new Driver(scope, new Adapter(scope.registration.scope, caches));
})();
`;

/** In the style of Workbox's build: importScripts, a precache that is filled on install, and the site's own push code after it. */
export const WORKBOX_STYLE = `
importScripts('https://cdn.example/workbox/workbox-sw.js');
workbox.precaching.precacheAndRoute([{ url: '/index.html', revision: '1' }]);
self.addEventListener('push', (event) => {
  const { title, ...rest } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { ...rest, data: { url: rest.url } }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
`;
export const WORKBOX_LIBRARY = `
self.workbox = { precaching: { precacheAndRoute(list) {
  self.addEventListener('install', (event) => event.waitUntil(caches.open('v1').then((cache) => cache.addAll(list.map(({ url }) => url)))));
} } };
`;

/** In the style of Firebase's: one importScripts, and a library that takes \`notification\` and \`fcmOptions.link\`. */
export const FCM_STYLE = `
importScripts('https://www.gstatic.com/firebasejs/12.0.0/firebase-app-compat.js');
importScripts('https://www.gstatic.com/firebasejs/12.0.0/firebase-messaging-compat.js');
firebase.initializeApp({ apiKey: 'none', projectId: 'none' });
firebase.messaging();
`;
export const FCM_LIBRARY = `
(function () {
  async function onPush(event) {
    const payload = event.data ? event.data.json() : null;
    if (!payload) return;
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (windows.some((one) => one.visibilityState === 'visible')) return windows.forEach((one) => one.postMessage(payload));
    if (payload.notification) {
      const options = { ...payload.notification, data: { FCM_MSG: payload } };
      await self.registration.showNotification(options.title ?? '', options);
    }
  }
  async function onClick(event) {
    const link = event.notification?.data?.FCM_MSG?.fcmOptions?.link ?? event.notification?.data?.FCM_MSG?.notification?.click_action;
    if (!link || event.action) return;
    event.stopImmediatePropagation();
    event.notification.close();
    await self.clients.openWindow(link);
  }
  self.firebase = { initializeApp() {}, messaging() {
    self.addEventListener('push', (event) => event.waitUntil(onPush(event)));
    self.addEventListener('notificationclick', (event) => event.waitUntil(onClick(event)));
  } };
})();
`;

/** In the style of a push service's worker: the settings come out of IndexedDB, and the content from its own server. */
export const HOSTED_STYLE = `
const open = () => new Promise((resolve, reject) => {
  const request = indexedDB.open('SDK', 2);
  request.onupgradeneeded = () => { request.result.createObjectStore('Options', { keyPath: 'key' }); };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const read = async (key) => { const db = await open(); return new Promise((resolve, reject) => {
  const request = db.transaction('Options').objectStore('Options').get(key);
  request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); }); };
self.addEventListener('push', (event) => {
  event.waitUntil((async () => {
    const known = await read('appId');
    const payload = event.data.json();
    if (!payload.custom) {
      const answer = await fetch('https://api.hosted.example/notifications?app=' + (known ? known.value : ''));
      const [first] = await answer.json();
      return self.registration.showNotification(first.title, { body: first.message });
    }
    return self.registration.showNotification(payload.title, { body: payload.alert, data: payload.custom });
  })());
});
`;
