import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startRemoteServer, trust } from '../support/remote-server.ts';
import { notices, openServer } from './support/open-workspace.ts';
import { goTo, rowsOf } from './support/person.ts';
import { launchPushdesk, makeTempFolder, ROOT } from './support/pushdesk.ts';

/** Only the proxy knows the way to this name. */
const NAME = 'push.example.org';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** An office's proxy: leads one name to a port of this machine, and notes what passes. */
async function officeProxy() {
  const asked: string[] = [];
  const passed: Buffer[] = [];
  const open = new Set<Socket>();
  const way: { port: number | null } = { port: null };
  const server = createServer((_request, response) => response.writeHead(403).end());
  server.on('connect', (request, near: Socket) => {
    asked.push(request.url ?? '');
    near.on('error', () => near.destroy());
    if (way.port === null || !(request.url ?? '').startsWith(`${NAME}:`)) {
      near.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const far = connect(way.port, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.on('data', (piece: Buffer) => passed.push(piece));
      far.pipe(near).pipe(far);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    far.on('error', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  endings.push(() => {
    cut();
    server.close();
  });
  return { asked, passed, way, cut, port: (server.address() as AddressInfo).port };
}

it('a remote workspace is reached through the proxy that the desktop names, which is blamed where it refuses', async () => {
  const temp = makeTempFolder();
  endings.push(temp.remove);
  const proxy = await officeProxy();
  const server = await startRemoteServer(temp.folder, { recipients: 3, name: NAME });
  endings.push(() => server.close());
  const authority = path.join(temp.folder, 'authority.pem');
  trust(authority, server.nginx);
  const pushdesk = await launchPushdesk({
    dataDir: path.join(temp.folder, 'data'),
    env: {
      PUSHDESK_EXTRA_CA_CERTS: authority,
      // Only the settings that Electron knows may name one.
      ...Object.fromEntries(
        ['HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'https_proxy', 'all_proxy', 'no_proxy'].map((variable) => [
          variable,
          '',
        ]),
      ),
    },
    args: [`--proxy-server=http://127.0.0.1:${proxy.port}`, ROOT],
  });
  endings.push(() => pushdesk.kill());
  await pushdesk.ready();

  proxy.way.port = server.nginx.port;
  const { secret } = server.tokens.owner;
  const window = await openServer(pushdesk, { address: server.address, token: secret });
  await goTo(window, 'Subscriptions');
  await expect.poll(() => rowsOf(window, 'Subscriptions')).toHaveLength(3);
  expect(new Set(proxy.asked)).toEqual(new Set([new URL(server.address).host]));

  proxy.way.port = null;
  proxy.cut();
  await notices(window)
    .getByText(/proxy.*refused|refused.*proxy|status 403/)
    .waitFor();
  proxy.way.port = server.nginx.port;
  await expect.poll(() => notices(window).count()).toBe(0);
  await goTo(window, 'Campaigns');

  // It sees the name of the server and nothing else.
  const seen = Buffer.concat(proxy.passed);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.includes(secret)).toBe(false);
  expect(seen.includes('/subscriptions/')).toBe(false);
  expect(await pushdesk.quit()).toBe(0);
});
