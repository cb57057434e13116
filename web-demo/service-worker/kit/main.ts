import { createKitWorker, type KitWorker } from './kit-worker.ts';

declare const self: ServiceWorkerGlobalScope & { pushdesk?: KitWorker };

// Imported twice, it would show everything twice.
if (self.pushdesk === undefined) {
  self.pushdesk = createKitWorker(self);
  // Only where this file is the whole worker: for any other worker, its site decides when a new version takes over.
  if (/\/pushdesk-worker\.js$/.test(self.location.pathname)) {
    self.addEventListener('install', (event) => {
      event.waitUntil(self.skipWaiting());
    });
  }
}
