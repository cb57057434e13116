import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { browserSubscription } from '../../electron/engine/testing/browser-subscription.ts';
import { answerWith, compose, generateKeys, importSubscriptions, send } from './support/person.ts';
import { ROOT, launchPushdesk, makeTempFolder } from './support/pushdesk.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A proxy that lets nobody through without a password, so nothing leaves this machine. */
async function proxyWithPassword() {
  const targets: (string | undefined)[] = [];
  const server = createServer((_request, response) => response.writeHead(407).end());
  server.on('connect', (request, socket: Socket) => {
    targets.push(request.url);
    socket.on('error', () => undefined);
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\n\r\n',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { targets, port: (server.address() as AddressInfo).port };
}

it('a message goes the way that the proxy settings of the desktop say, and the proxy is named when it refuses', async () => {
  const { targets, port } = await proxyWithPassword();
  const temp = makeTempFolder();
  endings.push(temp.remove);
  const pushdesk = await launchPushdesk({
    dataDir: temp.folder,
    // Only the settings that Electron knows may name one.
    env: Object.fromEntries(
      ['HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'https_proxy', 'all_proxy', 'no_proxy'].map((name) => [
        name,
        '',
      ]),
    ),
    args: [`--proxy-server=http://127.0.0.1:${port}`, ROOT],
  });
  endings.push(async () => {
    // The refused message is still to be tried again.
    await answerWith(pushdesk, 'Pause and quit');
    await pushdesk.quit();
  });
  const { window } = pushdesk;
  await pushdesk.ready();
  await generateKeys(window, 'me@example.com');
  await importSubscriptions(pushdesk, JSON.stringify(browserSubscription()));
  await compose(window, { Title: 'Through the proxy' });
  await send(window);
  await window.getByRole('grid', { name: 'Deliveries' }).getByRole('row').nth(1).click();
  await window.getByText('requires a user name and password').first().waitFor();
  expect(new Set(targets)).toEqual(new Set(['fcm.googleapis.com:443']));
});
