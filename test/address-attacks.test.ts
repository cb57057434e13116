import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { opened, workspaceEngine } from './support/workspace.ts';

/** A service on this machine that nobody elsewhere should reach; counts its visitors. */
async function innerService() {
  let visitors = 0;
  const server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, visitors: () => visitors };
}

/** All of them spell this machine, a private network, or what keeps the secrets of a cloud. */
const HOSTS = [
  '127.0.0.1',
  'localhost',
  'a.localhost',
  '[::1]',
  '0.0.0.0',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '127.1',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '127.0.0.1.',
  '10.0.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '[fd00:ec2::254]',
  '[fe80::1]',
];

it('no address that a remote caller names leads to this machine or its network', async () => {
  const inner = await innerService();
  const { open, makeToken, port, clock } = await workspaceEngine({ allowPrivateEndpoints: false });
  const { client } = opened(await open({ token: (await makeToken()).secret }));
  const asked: string[] = [];
  for (const host of HOSTS) {
    // Only so many may be asked for in a minute.
    clock.advance(61_000);
    for (const scheme of ['https', 'http']) {
      for (const user of ['', 'push.example@']) {
        const url = `${scheme}://${user}${host}:${inner.port}/latest/meta-data`;
        const { reachable } = await client.campaigns.checkPictures({ iconUrl: url });
        expect(reachable, url).toEqual([]);
        for (const call of [
          () => client.campaigns.readPage({ url }),
          () => client.campaigns.loadWorker({ url }),
          () => client.campaigns.loadPicture({ url }),
        ]) {
          const failed = await call().then(
            () => 'answered',
            (error: unknown) => (error as { code: string }).code,
          );
          expect(['BAD_INPUT', 'CONFLICT', 'UNAVAILABLE'], url).toContain(failed);
        }
        asked.push(url);
      }
    }
  }
  expect([asked.length, inner.visitors()]).toEqual([HOSTS.length * 4, 0]);
  // What is served to anybody may be read; what needs a token may not.
  await expect(client.campaigns.readPage({ url: `http://localhost:${port}/api/v1/keys` })).rejects.toThrow();
});
