import { readdirSync, readFileSync } from 'node:fs';
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

/** The commands of a section of the guide, one text for each code block. */
function commandsOf(section: string): string[] {
  const [, text = ''] = GUIDE.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return [...own.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

/** Commands within sentences of the guide. */
const inSentences = () =>
  [
    ...GUIDE.replaceAll(/^```.*?^```$/gms, '').matchAll(
      /`((?:certbot|docker|journalctl|npm|pushdesk|ssh|sudo|systemctl|systemd-analyze|token)\s[^`]+)`/g,
    ),
  ].map(([, command = '']) => command.replaceAll('\n', ' '));

/** Those of them that a test here runs. */
const TOKEN_IN_DOCKER =
  "docker compose exec -T pushdesk pushdesk token create --name 'My laptop' --scope owner";
const RUN = [
  'docker compose up --detach',
  'docker compose up -d',
  TOKEN_IN_DOCKER,
  'sudo systemctl restart pushdesk',
  'token list',
  'token revoke 1',
];
/** Those that no test here runs, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm run server:pack': 'makes the archive that all of this begins with: test/npm-scripts.test.ts',
  'certbot --nginx': 'asks an authority on the internet',
  'journalctl -u pushdesk': 'of systemd itself',
  'systemd-analyze security pushdesk': 'of systemd itself',
  'docker compose logs pushdesk': 'of Docker itself',
  'docker compose up --detach --build': 'the same as with Docker; here no image is built twice',
  'ssh -L 4830:localhost:4830 push.example.org': 'needs another machine',
  'ssh -L 4830:localhost:4830 server': 'needs another machine',
};

it('leaves no command of the guide out, but for those that name a reason', () => {
  expect([...new Set(inSentences())].sort()).toEqual([...RUN, ...Object.keys(NOT_RUN)].sort());
  const sections = [...GUIDE.matchAll(/^## (.*)$/gm)].map(([, name = '']) => name);
  const blocks = Object.fromEntries(sections.map((name) => [name, commandsOf(name).length]));
  expect(Object.fromEntries(Object.entries(blocks).filter(([, count]) => count > 0))).toEqual({
    'With systemd and Caddy': 3,
    'With Docker': 1,
    'The first notification': 2,
    'Your own site': 1,
    'Back up and restore': 3,
    Upgrade: 1,
    'Open it from the desktop': 1,
  });
});

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
  await expect.poll(() => fleet.acceptedCount(0)).toBe(1);
}

const isHealthy = async ({ server }: Machine) => {
  const ask = async () => (await fetch(new URL('healthz', server.url)).catch(() => null))?.status;
  await expect.poll(ask).toBe(200);
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

/** Fetches everything that the desktop app would put into its zip, for a site that the server knows from then on. */
async function fetchKit(server: Machine['server']): Promise<void> {
  const printed = await server.run(commandsOf('Your own site'));
  expect(JSON.parse(printed.slice(printed.indexOf('{')))).toEqual({
    publicKey: expect.stringMatching(/^B[\w-]{86}$/) as string,
  });
  const kit = path.join(ROOT, 'out/web-demo/kit');
  const fetched = path.join(server.root, 'home/pushdesk');
  expect(readdirSync(fetched)).toEqual(readdirSync(kit));
  for (const name of readdirSync(kit))
    expect(readFileSync(path.join(fetched, name))).toEqual(readFileSync(path.join(kit, name)));
  const { headers } = await fetch(new URL('config.json', server.url), {
    headers: { origin: 'https://shop.example' },
  });
  expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
}

/** With a token that the guide makes, as the desktop app does it. */
async function openWith({ url }: Machine['server'], token: string, subscribers: number) {
  const socket = opened(await openSocket(`${url.replace('http', 'ws')}workspace`, { token }));
  expect(await socket.next()).toContain('"workspace"');
  expect(await socket.client.subscriptions.counts({ filter: {} })).toMatchObject({ matching: subscribers });
  return socket;
}

/** Many programs one after another, each soon done: long on a machine that has much else to do. */
const PATIENCE = { timeout: 240_000 };

it(
  'leads from an empty machine with systemd to a notification, a backup, back again and to the next version',
  PATIENCE,
  async () => {
    const all = await machine();
    const { server } = all;
    try {
      await server.run(commandsOf('With systemd and Caddy'));
      expect(server.log()).toContain('INFO');
      await throughNginx(server);
      await firstNotification(all, '.');
      await fetchKit(server);
      const [backUp = '', restore = ''] = commandsOf('Back up and restore');
      expect(await server.run([backUp])).toMatch(/pushdesk-\d+T\d+Z\.db\.keys\.json/);
      expect(await server.run([restore])).toContain('Restored 1 subscription and 1 campaign from');
      await isHealthy(all);
      await server.run(commandsOf('Upgrade'));
      await isHealthy(all);
      // The server answers before its log says that it is ready.
      await expect.poll(() => server.log().match(/Pushdesk is ready/g)).toHaveLength(4);
      await server.run(['sudo systemctl stop pushdesk']);
    } finally {
      await all.service.close();
    }
  },
);

it('leads from there to the desktop, and takes its token away again', PATIENCE, async () => {
  const all = await machine();
  const { service, server } = all;
  try {
    const [block = ''] = commandsOf('Open it from the desktop');
    await server.run([...commandsOf('With systemd and Caddy'), block]);
    await isHealthy(all);
    const { closed } = await openWith(server, (await server.run(['cat owner-token'])).trim(), 0);
    const [, command = ''] = /^(sudo env .* pushdesk) token create .*$/m.exec(block) ?? [];
    const listed = await server.run([`${command} token list`, `${command} token revoke 1`]);
    expect(listed).toContain('My laptop');
    expect((await closed).code).toBe(4401);
    await server.run(['sudo systemctl stop pushdesk']);
  } finally {
    await service.close();
  }
});

it('leads there with the Dockerfile and the compose file too', PATIENCE, async () => {
  const all = await machine();
  const { server } = all;
  try {
    await server.run(commandsOf('With Docker'));
    await firstNotification(all, 'pushdesk');
    await server.run(['echo PUSHDESK_REMOTE_WORKSPACE=1 > pushdesk.env', 'docker compose up -d'], 'pushdesk');
    await isHealthy(all);
    await openWith(server, (await server.run([TOKEN_IN_DOCKER], 'pushdesk')).trim(), 1);
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
