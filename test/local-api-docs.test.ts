import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { campaignDetailSchema } from '../electron/contract/campaigns.ts';
import { readHeadlessEnvironment } from '../electron/engine/entries/headless/headless-environment.ts';
import { makeKeyPair } from '../electron/engine/keys/curve.ts';
import { createPushService } from '../electron/engine/local-push-service/push-service.ts';
import { tempFolder } from '../electron/engine/testing/temp-folder.ts';
import { startHeadless } from './support/headless.ts';
import { ROOT } from './support/surroundings.ts';

const DOCUMENT = readFileSync(path.join(ROOT, 'docs/local-api.md'), 'utf8');

/** The code blocks of a language, in order. */
const blocksOf = (language: string): string[] =>
  [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, code = '']) => code,
  );

const MARK = '--- end of example ---';
const DEVICES = 5;

it('every example of docs/local-api.md works as it stands there', async () => {
  const pushService = await createPushService();
  const dataDir = tempFolder();
  const workDir = tempFolder();
  const trusted = path.join(workDir, 'push-service.pem');
  await pushService.writeCertificate(trusted);
  const pair = makeKeyPair();
  const fleet = pushService.registerFleet({ count: DEVICES, applicationServerKey: pair.publicKey });
  const rows = [...fleet.subscriptions()].map((subscription) => JSON.stringify(subscription));
  writeFileSync(path.join(workDir, 'subscriptions.jsonl'), `${rows.join('\n')}\n`);

  expect(blocksOf('sh')).toEqual(['npm run headless\n']);
  const pushdesk = await startHeadless({
    dataDir,
    env: {
      NODE_EXTRA_CA_CERTS: trusted,
      PUSHDESK_VAPID_PRIVATE_KEY: pair.privateKey,
      PUSHDESK_VAPID_SUBJECT: 'mailto:owner@example.com',
    },
  });
  try {
    const examples = blocksOf('bash');
    const script = ['set -euo pipefail', ...examples.flatMap((code) => [code, `echo; echo '${MARK}'`])].join(
      '\n',
    );
    const { stdout } = await promisify(execFile)('bash', ['-c', script], {
      cwd: workDir,
      env: { ...process.env, PUSHDESK_URL: pushdesk.url.replace(/\/$/, ''), PUSHDESK_DATA_DIR: dataDir },
    });
    const [
      app,
      keys,
      imports,
      list,
      people,
      found,
      acted,
      preflight,
      sends,
      finished,
      scheduled,
      canary,
      deliveries,
      twice,
      delivery,
      erased,
      changes,
      server,
      errors,
    ] = stdout.split(MARK).map((text) => text.trim());

    expect(app).toContain('"hasDesktop":false');
    expect(erased).toContain('"count":1,"deliveries":2,"traces":"gone"');
    expect(keys).toContain(pair.publicKey);
    expect(keys).toContain('"name":"Shop"');
    expect(stdout).not.toContain(pair.privateKey);
    expect(imports).toContain(`"newCount":${DEVICES}`);
    expect(imports).toContain(`"addedCount":${DEVICES}`);
    expect(list).toContain(`"matching":${DEVICES}`);
    expect(people?.match(/"stored":"updated"/g)).toHaveLength(2);
    expect(people).toContain('"label":"Phone of Irene","externalId":"user-');
    expect(found).toContain('"attributes":{"plan":"pro"}');
    expect(found).toContain('{"name":"news","count":2}');
    expect(found).toContain('"count":2,"activeCount":2');
    expect(acted).toContain('"matched":1,"done":1,"changed":1');
    expect(acted).toContain('"tags":["news"');
    expect(preflight).toContain('"blockers":[]');
    expect(sends?.match(/"id":1,"kind":"campaign"/g)).toHaveLength(2);
    expect(campaignDetailSchema.parse(JSON.parse(finished ?? ''))).toMatchObject({
      state: 'finished',
      recipients: DEVICES,
      counts: { accepted: DEVICES, failed: 0, unknown: 0 },
    });
    expect(scheduled?.match(/"id":2,"kind":"campaign","state":"scheduled"/g)).toHaveLength(2);
    expect(scheduled).toContain('][]{');
    expect(scheduled).toContain('"id":2,"kind":"campaign","state":"cancelled"');
    expect(canary).toContain('"blockers":[]');
    expect(canary).toContain('"canary":{"state":"passed","recipients":1,');
    expect(deliveries?.match(/"state":"accepted"/g)).toHaveLength(DEVICES);
    expect(deliveries?.split('\n')).toHaveLength(3);
    expect(JSON.parse(twice ?? '')).toEqual({ items: [], nextCursor: null });
    expect(delivery).toContain('"attempts":[{');
    expect(changes).toMatch(/^:/);
    expect(server?.match(/"growth":null/g)).toHaveLength(2);
    expect(errors).toContain('HTTP/1.1 401 Unauthorized');
    expect(errors).toContain('www-authenticate: Bearer');
    const [problem = ''] = blocksOf('json');
    expect(errors).toContain(JSON.stringify(JSON.parse(problem)));
    expect(readFileSync(path.join(workDir, 'pushdesk-openapi.json'), 'utf8')).toContain('"openapi":"3.1');
    const shown = [...Array(DEVICES).keys()].map((index) => fleet.shownCount(index));
    expect(shown).toEqual(Array(DEVICES).fill(2));
  } finally {
    await pushdesk.end();
    await pushService.close();
  }
});

it.each([
  [{ PUSHDESK_DATA_DIR: '{}/own' }, 'own'],
  [{ XDG_CONFIG_HOME: '{}/config' }, 'config/Pushdesk'],
  [{ XDG_CONFIG_HOME: '' }, '.config/Pushdesk'],
  [{}, '.config/Pushdesk'],
])('its line for the token finds the folder that the engine uses: %j', async (given, place) => {
  const home = tempFolder();
  const env = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value.replace('{}', home)]),
  );
  expect(readHeadlessEnvironment({ env, platform: 'linux', home }).dataDir).toBe(path.join(home, place));
  mkdirSync(path.join(home, place), { recursive: true });
  writeFileSync(path.join(home, place, 'api-token'), 'the-token\n');
  const line = /^TOKEN=.*$/m.exec(DOCUMENT)?.[0] ?? '';
  const { stdout } = await promisify(execFile)('bash', ['-euc', `${line}; echo "$TOKEN"`], {
    env: { PATH: process.env['PATH'], HOME: home, ...env },
  });
  expect(stdout).toBe('the-token\n');
});
