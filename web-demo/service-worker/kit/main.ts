import { createKitWorker, type KitWorker } from './kit-worker.ts';

declare const self: ServiceWorkerGlobalScope & { pushdesk?: KitWorker };

// Imported twice, it would show everything twice.
if (self.pushdesk === undefined) {
  self.pushdesk = createKitWorker(self);
  // Only as a whole worker: when another one starts anew is for its own site to say.
  if (/\/pushdesk-worker\.js$/.test(self.location.pathname)) {
    self.addEventListener('install', (event) => {
      event.waitUntil(self.skipWaiting());
    });
  }
}
