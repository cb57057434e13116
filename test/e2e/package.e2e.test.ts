import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { campaignDetailSchema } from '../../electron/contract/campaigns.ts';
import { pageConfigSchema } from '../../electron/contract/http.ts';
import { keyPairSchema } from '../../electron/contract/keys.ts';
import { workerCheckSchema } from '../../electron/contract/worker-check.ts';
import { TUTORIAL } from '../../electron/engine/areas/worker-check/testing/workers.ts';
import { workerFiles } from '../../electron/engine/base/worker-files.ts';
import { createPushService } from '../../electron/engine/local-push-service/push-service.ts';
import { pathsBelow } from '../../electron/main/paths.ts';
import {
  BINARY,
  UNPACKED,
  runPackaged,
  runPackaging,
  canStartAsOrdinaryUser,
  startAsOrdinaryUser,
  startPackaged,
  type Ended,
} from './support/packaged.ts';
import { ROOT, makeTempFolder } from './support/pushdesk.ts';

const RESOURCES = path.join(UNPACKED, 'resources');
const DEVICES = 20;
const temp = makeTempFolder();
const isStandIn = existsSync(path.join(ROOT, 'node_modules/electron/dist/version'))
  ? readFileSync(path.join(ROOT, 'node_modules/electron/dist/version'), 'utf8').startsWith('33.')
  : false;

let unasked: Ended;
let unreachable: Ended;

beforeAll(async () => {
  unasked = await runPackaging(['AppImage'], nowhere());
  // One of the installers cannot be made, because what electron-builder needs for it cannot be fetched; the folder is made all the same.
  unreachable = await runPackaging(['--with-stand-in', 'AppImage'], nowhere());
});
afterAll(() => {
  temp.remove();
});

/** No tool of electron-builder's is there, and none can be fetched. */
function nowhere(): Record<string, string> {
  return {
    ELECTRON_BUILDER_BINARIES_MIRROR: 'https://127.0.0.1:9/',
    ELECTRON_BUILDER_CACHE: path.join(temp.folder, 'cache'),
  };
}

describe('packaging', () => {
  it('takes the stand-in for Electron only when told to, and says so', () => {
    if (isStandIn) {
      expect(unasked.code).toBe(1);
      expect(unasked.printed.trim().split('\n').at(-1)).toMatch(
        /^Electron 33\.[\d.]+ only stands in .*--with-stand-in/,
      );
      expect(unreachable.printed).toContain('the stand-in (--with-stand-in)');
    } else {
      expect(unasked.printed).not.toContain('stands in');
    }
  });

  it('ends with 1 and one sentence where an installer cannot be made', () => {
    expect(unreachable.code).toBe(1);
    expect(unreachable.printed.trim().split('\n').at(-1)).toMatch(
      /^Could not make AppImage \(127\.0\.0\.1, from which electron-builder fetches a tool for it, cannot be reached\)/,
    );
    expect(unreachable.printed).not.toMatch(/^\s+at /m);
  });
});

describe('the packaged app', () => {
  it('is no Node, is debugged by nobody, and runs no code but its own', async () => {
    const fuses = await getCurrentFuseWire(BINARY);
    const states = Object.fromEntries(
      Object.entries(FuseV1Options)
        .filter(([name]) => Number.isNaN(Number(name)))
        .map(([name, place]) => [name, fuses[place as FuseV1Options]]),
    );
    expect(states).toMatchObject({
      RunAsNode: FuseState.DISABLE,
      EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
      EnableNodeCliInspectArguments: FuseState.DISABLE,
      GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
      LoadBrowserProcessSpecificV8Snapshot: FuseState.DISABLE,
      EnableCookieEncryption: FuseState.ENABLE,
      EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
      OnlyLoadAppFromAsar: FuseState.ENABLE,
    });
  });

  it('holds the built app, better-sqlite3 once, and nothing of its sources', () => {
    expect(readdirSync(RESOURCES).sort()).toEqual(['app.asar', 'app.asar.unpacked', 'licences']);
    // The archive is read through its own index: `fs` of this process does not look into it.
    const files = listPackage(path.join(RESOURCES, 'app.asar'), { isPack: false });
    const names = files.map((file) => file.replaceAll('\\', '/'));
    expect(names).toContain('/out/main/index.cjs');
    expect(names.filter((name) => name.endsWith('.node'))).toHaveLength(1);
    expect(names.filter((name) => /\.(ts|tsx|map|c|h|cc|hpp|gyp)$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^\/out\/(bundled|licences|icons)/.test(name))).toEqual([]);
    expect([...new Set(names.flatMap((name) => /^\/node_modules\/[^/]+/.exec(name) ?? []))]).toEqual([
      '/node_modules/better-sqlite3',
    ]);
    const beside = readdirSync(path.join(RESOURCES, 'app.asar.unpacked'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(beside.filter((entry) => entry.isFile()).map(({ name }) => path.extname(name))).toEqual(['.node']);
  });

  it('holds every program and folder that it starts, loads or serves', () => {
    const files = listPackage(path.join(RESOURCES, 'app.asar'), { isPack: false });
    const names = new Set(files.map((file) => file.replaceAll('\\', '/')));
    const paths = pathsBelow('/out', RESOURCES);
    const { sandbox, ...threads } = workerFiles(pathToFileURL(paths.engineWorker).href);
    const started = [...Object.values({ ...threads }), sandbox.program].map((url) => fileURLToPath(url));
    const parts = [...Object.values({ ...paths }), ...started];
    expect(parts.filter((part) => !names.has(part) && !existsSync(part))).toEqual([]);
  });

  it('names the desktop entry that its windows belong to, so that docks show one icon', () => {
    const { desktopName } = JSON.parse(
      extractFile(path.join(RESOURCES, 'app.asar'), 'package.json').toString('utf8'),
    ) as { desktopName?: string };
    // electron-builder names the entry after the program.
    expect(desktopName).toBe('pushdesk.desktop');
    expect(existsSync(path.join(UNPACKED, 'pushdesk'))).toBe(true);
  });

  it('holds its own licence and those of what it was built from', () => {
    const read = (name: string) => readFileSync(path.join(RESOURCES, 'licences', name), 'utf8');
    expect(read('Pushdesk.txt')).toContain('MIT License');
    const others = read('Third-party packages.txt');
    for (const name of [
      'react',
      'zod',
      'better-sqlite3',
      'undici',
      '@mantine/core',
      '@fontsource-variable/inter',
    ])
      expect(others).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    expect(existsSync(path.join(UNPACKED, 'LICENSES.chromium.html'))).toBe(true);
  });

  it('holds no language that it does not speak', () => {
    const locales = readdirSync(path.join(UNPACKED, 'locales'));
    expect(locales).toContain('en-US.pak');
    expect(locales.filter((name) => !name.startsWith('en-'))).toEqual([]);
  });

  it.each([
    '--inspect=0',
    '--inspect-brk=0',
    '--remote-debugging-port=0',
    '-remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp',
    '--disable-web-security',
    '--host-rules=MAP * 127.0.0.1',
    '--renderer-cmd-prefix=/bin/true',
  ])('does not start with %s', async (name) => {
    const dataDir = path.join(temp.folder, 'refused');
    const { code, printed } = await runPackaged([name], { PUSHDESK_DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(printed).toContain(`Pushdesk does not start with ${name.split('=')[0]}: `);
    expect(printed).not.toMatch(/listening on/i);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('runs outside of the project: it serves, shows its window, sends, heeds no debugger, and ends cleanly', async () => {
    const service = await createPushService();
    const trusted = path.join(temp.folder, 'push-service.pem');
    await service.writeCertificate(trusted);
    const dataDir = path.join(temp.folder, 'data');
    const app = await startPackaged(dataDir, {
      PUSHDESK_EXTRA_CA_CERTS: trusted,
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
      NODE_OPTIONS: '--require=/nowhere/evil.cjs',
      ELECTRON_RUN_AS_NODE: '1',
    });
    try {
      const page = await fetch(app.url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('Subscribe');
      const config: unknown = await (await fetch(new URL('config.json', app.url))).json();
      expect(pageConfigSchema.parse(config)).toEqual({ publicKey: null });
      expect((await fetch(new URL('sw.js', app.url))).headers.get('content-type')).toContain('javascript');

      // Shown once it is painted, which may be after the engine is ready.
      await expect.poll(() => app.windowProperty('_NET_WM_NAME')).toMatch(/= ".*Pushdesk"$/);
      expect(await app.windowProperty('WM_CLASS')).toContain('= "pushdesk", ');
      // The signal that asks Node for its debugger.
      process.kill(app.pid, 'SIGUSR1');

      const { publicKey } = keyPairSchema.parse(
        await app.api('POST', '/key-pairs', { name: 'Shop', subject: 'mailto:owner@example.com' }),
      );
      const fleet = service.registerFleet({ count: DEVICES, applicationServerKey: publicKey });
      const text = [...fleet.subscriptions()].map((row) => JSON.stringify(row)).join('\n');
      await app.api('POST', '/subscriptions/import', { text, publicKey });
      const { id } = z.object({ id: z.number() }).parse(
        await app.api('POST', '/campaigns', {
          message: { title: 'From the package' },
          audience: { kind: 'everyone' },
        }),
      );
      const campaign = async () => campaignDetailSchema.parse(await app.api('GET', `/campaigns/${id}`));
      await expect.poll(async () => (await campaign()).state).toBe('finished');
      expect((await campaign()).counts).toMatchObject({ accepted: DEVICES, failed: 0, unknown: 0 });

      // The process for somebody else's service worker is started from within the archive.
      const checked = workerCheckSchema.parse(
        await app.api('POST', '/campaigns/check-worker', {
          message: { title: 'Half price', url: '/sale' },
          script: TUTORIAL,
        }),
      );
      expect(checked).toMatchObject({ notifications: [{ title: 'Half price' }], errors: [], stopped: null });
      expect(checked.clicks.flatMap(({ closed }) => closed)).toEqual([
        { how: 'open', url: 'https://your-site.example/sale' },
      ]);
    } finally {
      expect(await app.end()).toEqual({ code: 0, signal: null });
      await service.close();
    }
    expect(existsSync(path.join(dataDir, 'pushdesk.db-wal'))).toBe(false);
  });
});

describe.runIf(canStartAsOrdinaryUser())('the packaged app, started by an ordinary user', () => {
  it('starts its binary in its own place, with the sandbox on, and passes signals and its exit code on', async () => {
    const home = makeTempFolder();
    const app = startAsOrdinaryUser('with-namespaces', home.folder);
    try {
      await expect.poll(app.printed).toMatch(/^Pushdesk is ready: /m);
      const { pid = 0 } = app.child;
      expect(path.basename(readlinkSync(`/proc/${pid}/exe`))).toBe('pushdesk.bin');
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
      const zygotes = children.filter((child) =>
        readFileSync(`/proc/${child}/cmdline`, 'utf8').endsWith('--type=zygote\0'),
      );
      expect(zygotes).toHaveLength(1);
      // Chromium's sandbox: its processes live in user namespaces of their own.
      expect(readlinkSync(`/proc/${zygotes[0]}/ns/user`)).not.toBe(readlinkSync(`/proc/${pid}/ns/user`));
      app.child.kill('SIGTERM');
      expect(await app.gone).toEqual([0, null]);
    } finally {
      app.child.kill('SIGKILL');
      home.remove();
    }
  });

  it('says what to do where the system refuses Chromium its sandbox', async () => {
    const home = makeTempFolder();
    const app = startAsOrdinaryUser('without-namespaces', home.folder, { DISPLAY: '', WAYLAND_DISPLAY: '' });
    try {
      expect(await app.gone).toEqual([null, 'SIGTRAP']);
      const folder = path.join(home.folder, 'app');
      const helper = path.join(folder, 'chrome-sandbox');
      expect(app.printed()).toMatch(/FATAL:.*sandbox/);
      expect(app.printed().trim().split('\n').at(-1)).toBe(
        `Chromium's sandbox is not allowed on this system: run sudo chown root "${helper}" && sudo chmod 4755 "${helper}", or go without it: "${folder}/pushdesk" --no-sandbox`,
      );
    } finally {
      home.remove();
    }
  });
});
