import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { packServer } from '../build/server/pack.mjs';
import { createPushService } from '../electron/engine/local-push-service/push-service.ts';
import { tempFolder } from '../electron/engine/testing/temp-folder.ts';
import { makeTempFolder } from './support/make-temp-folder.ts';
import { startNginx } from './support/nginx.ts';
import { serverMachine } from './support/server-machine.ts';
import { ROOT } from './support/surroundings.ts';
import { opened, openSocket } from './support/workspace.ts';

const GUIDE = readFileSync(path.join(ROOT, 'docs/server.md'), 'utf8');

/** The commands of a section of the guide, one text a code block. */
function commandsOf(section: string): string[] {
  const [, text = ''] = GUIDE.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return [...own.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

let archive: string;
beforeAll(async () => {
  const { folder, remove } = makeTempFolder('server guide');
  archive = await packServer(path.join(folder, 'dist'));
  return remove;
});

async function machine() {
  const service = await createPushService();
  const trusted = path.join(tempFolder(), 'push-service.pem');
  await service.writeCertificate(trusted);
  const server = await serverMachine(archive, {
    NODE_EXTRA_CA_CERTS: trusted,
    PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
  });
  return { service, server };
}
type Machine = Awaited<ReturnType<typeof machine>>;

/** Sends the first notification to a browser that subscribes meanwhile, and sees it arrive. */
async function firstNotification({ service, server }: Machine, folder: string): Promise<void> {
  const [makeKey = '', send = '', ...more] = commandsOf('The first notification');
  expect(more).toEqual([]);
  await server.run([makeKey], folder);
  const { publicKey } = (await (await fetch(new URL('config.json', server.url))).json()) as {
    publicKey: string;
  };
  const fleet = service.registerFleet({ count: 1, applicationServerKey: publicKey });
  const [subscription] = fleet.subscriptions();
  const reported = await fetch(new URL('api/subscriptions', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url.slice(0, -1) },
    body: JSON.stringify({ subscription, publicKey }),
  });
  expect(reported.ok).toBe(true);
  const [helper = ''] = makeKey.split('pushdesk_api "$API/key-pairs"');
  const printed = await server.run([helper, send], folder);
  expect(printed).toContain('"state":"active"');
  await expect.poll(() => fleet.acceptedCount(0), { timeout: 15_000 }).toBe(1);
}

const isHealthy = async ({ server }: Machine) => {
  const ask = async () => (await fetch(new URL('healthz', server.url)).catch(() => null))?.status;
  await expect.poll(ask, { timeout: 15_000 }).toBe(200);
};

/** The nginx file of the package, in a real nginx under the name of the guide. */
async function throughNginx(server: Machine['server']): Promise<void> {
  const conf = readFileSync(path.join(server.root, 'opt/pushdesk/nginx.conf'), 'utf8');
  const [location = ''] = /location \/ \{.*?\}/s.exec(conf) ?? [];
  const { port } = new URL(server.url);
  const nginx = await startNginx(location.replace('4830', port).replace('$host', 'push.example.org'));
  const page = await server.run([
    `curl --silent --fail --cacert '${nginx.authorityFile}' https://localhost:${nginx.port}/`,
  ]);
  expect(page).toContain('page.js');
}

/** With the token that the guide makes. */
async function opensFromTheDesktop(server: Machine['server']): Promise<void> {
  await server.run([...commandsOf('Open it from the desktop'), UNTIL_HEALTHY]);
  const token = (await server.run(['cat owner-token'])).trim();
  const { client, next } = opened(
    await openSocket(`${server.url.replace('http', 'ws')}workspace`, { token }),
  );
  expect(await next()).toContain('"workspace"');
  expect(await client.subscriptions.counts({ filter: {} })).toMatchObject({ matching: 1 });
}

const UNTIL_HEALTHY = 'until pushdesk health; do sleep 0.2; done';

it('leads from an empty machine with systemd to a notification, a backup, back again and to the next version', async () => {
  const all = await machine();
  const { server } = all;
  try {
    await server.run(commandsOf('With systemd and Caddy'));
    expect(server.log()).toContain('INFO');
    await throughNginx(server);
    await firstNotification(all, '.');
    await opensFromTheDesktop(server);
    const [backUp = '', restore = ''] = commandsOf('Back up and restore');
    expect(await server.run([backUp])).toMatch(/pushdesk-\d+T\d+Z\.db\.keys\.json/);
    expect(await server.run([restore, UNTIL_HEALTHY])).toContain(
      'Restored 1 subscription and 1 campaign from',
    );
    await server.run([...commandsOf('Upgrade'), UNTIL_HEALTHY]);
    await isHealthy(all);
    expect(server.log().match(/Pushdesk is ready/g)).toHaveLength(4);
    await server.run(['sudo systemctl stop pushdesk']);
  } finally {
    await all.service.close();
  }
});

it('leads there with the Dockerfile and the compose file too', async () => {
  const all = await machine();
  const { server } = all;
  try {
    await server.run(commandsOf('With Docker'));
    await firstNotification(all, 'pushdesk');
    const [, , inDocker = ''] = commandsOf('Back up and restore');
    const printed = await server.run([inDocker], 'pushdesk');
    expect(printed).toContain('1 private key, in plain text');
    expect(printed).toContain('Restored 1 subscription and 1 campaign from');
    await isHealthy(all);
    await server.run(['docker compose stop pushdesk'], 'pushdesk');
    expect(server.log()).toContain('the engine stopped');
  } finally {
    await all.service.close();
  }
});
