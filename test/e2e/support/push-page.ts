import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The smallest page that can subscribe, served over `http://localhost`: what happens in it comes from the browser. */
export interface PushPage {
  /** `http://localhost:<port>/`; also the scope of its service worker. */
  readonly url: string;
  close(): Promise<void>;
}

const worker = `
const tell = async (message) => {
  for (const client of await clients.matchAll({ type: 'window', includeUncontrolled: true })) client.postMessage(message);
};
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
self.addEventListener('push', (event) => {
  const text = event.data === null ? null : event.data.text();
  const { title, ...options } = text?.startsWith('{') ? JSON.parse(text) : { title: text ?? 'No payload' };
  event.waitUntil(self.registration.showNotification(title, options).then(() => tell({ kind: 'shown', text })));
});
self.addEventListener('notificationclick', (event) => event.waitUntil(tell({ kind: 'click', title: event.notification.title })));
self.addEventListener('notificationclose', (event) => event.waitUntil(tell({ kind: 'close', title: event.notification.title })));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(tell({ kind: 'change' })));
`;

const page = `<!doctype html>
<meta charset="utf-8">
<title>Push page</title>
<button id="subscribe">Subscribe</button>
<button id="unsubscribe">Unsubscribe</button>
<output></output>
<script>
  const told = [];
  const output = document.querySelector('output');
  const show = (value) => { output.textContent = JSON.stringify(value); };
  const onClick = (id, run) => {
    document.getElementById(id).onclick = () => run().then(show, (error) => show({ error: String(error) }));
  };
  navigator.serviceWorker.onmessage = ({ data }) => told.push(data);
  const ready = navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready);
  const applicationServerKey = location.hash.slice(1);
  onClick('subscribe', async () => (await ready).pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  onClick('unsubscribe', async () => (await (await ready).pushManager.getSubscription()).unsubscribe());
</script>`;

/** The application server key is behind the `#` of the address. */
export async function servePushPage(): Promise<PushPage> {
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    response.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isWorker ? worker : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
