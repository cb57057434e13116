import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../store/open-store.ts';
import { createSettingsStore } from '../../store/settings-store.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from '../../testing/engine-options.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { runHeadless } from './run-headless.ts';

function setting(env: Record<string, string> = {}) {
  const { dataDir, subscribePageDir } = engineOptions();
  const said: string[] = [];
  const captured = capturedLog();
  let end: (reason: string) => void = () => undefined;
  const askedToEnd = new Promise<string>((resolve) => {
    end = resolve;
  });
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const run = (pageDir = subscribePageDir) =>
    runHeadless({
      machine: {
        env: { PUSHDESK_DATA_DIR: dataDir, PUSHDESK_PORT: '0', ...env },
        platform: 'linux',
        home: tempFolder(),
      },
      version: '1.2.3',
      subscribePageDir: pageDir,
      workerFiles: WORKER_FILES,
      log: captured.log,
      say: (line) => {
        said.push(line);
        ready();
      },
      askedToEnd,
    });
  return { dataDir, said, captured, end, isReady, run };
}

it('says where it is, serves the page there, and ends cleanly when asked', async () => {
  const { run, said, isReady, end, dataDir, captured } = setting();
  const code = run();
  await isReady;
  const url = /^Pushdesk is ready: (http:\/\/localhost:\d+\/)$/.exec(said[0] ?? '')?.[1] ?? '';
  expect((await fetch(`${url}healthz`)).status).toBe(200);
  end('SIGTERM');
  expect(await code).toBe(0);
  await expect(fetch(`${url}healthz`)).rejects.toThrow();
  expect(existsSync(path.join(dataDir, 'pushdesk.db-wal'))).toBe(false);
  expect(captured.lines().map((line) => line['msg'])).toContain('the engine stopped');
});

/** Another program on its own port. */
async function otherProgram(): Promise<number> {
  const server = createServer();
  server.listen(0, '::1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

it('fails where the port that it was given is taken, and says how to see by whom', async () => {
  const port = await otherProgram();
  const { run, said } = setting({ PUSHDESK_PORT: String(port) });
  expect(await run()).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(new RegExp(`^PUSHDESK_PORT asks for port ${port}, but another program uses it`)),
  ]);
  expect(said[0]).toMatch(/shows which one/);
});

it('takes the next port where the one of the settings is taken, and says why', async () => {
  const port = await otherProgram();
  const { run, said, isReady, end, dataDir } = setting({ PUSHDESK_PORT: '' });
  const store = openStore({
    file: path.join(dataDir, 'pushdesk.db'),
    log: capturedLog().log,
    clock: fakeClock(),
  });
  createSettingsStore(store.db).set('app', JSON.stringify({ serverPort: port }));
  store.close();
  const code = run();
  await isReady;
  end('SIGTERM');
  expect(await code).toBe(0);
  expect(said[0]).not.toContain(`:${port}/`);
  expect(said[1]).toContain(`Another program uses port ${port}, so the server runs on port `);
});

it('tells in one line why it cannot run', async () => {
  const badPort = setting({ PUSHDESK_PORT: '70000' });
  expect(await badPort.run()).toBe(1);
  expect(badPort.said).toEqual([expect.stringMatching(/^PUSHDESK_PORT is "70000".*0 to 65535/)]);

  const noPage = setting();
  expect(await noPage.run(path.join(noPage.dataDir, 'nowhere'))).toBe(1);
  expect(noPage.said).toEqual([expect.stringContaining('npm run build')]);

  const damaged = setting();
  mkdirSync(damaged.dataDir, { recursive: true });
  const file = path.join(damaged.dataDir, 'pushdesk.db');
  writeFileSync(file, 'rubbish '.repeat(1000));
  expect(await damaged.run()).toBe(1);
  expect(damaged.said).toEqual([expect.stringContaining('damaged')]);
  expect(readFileSync(file, 'utf8')).toBe('rubbish '.repeat(1000));
});

it('says that others can look into its folder, and how to close it, before it says that it is ready', async () => {
  const { run, said, isReady, end, dataDir } = setting();
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o755);
  const code = run();
  await isReady;
  end('SIGTERM');
  expect(await code).toBe(0);
  expect(said[0]).toContain(`chmod 700 '${dataDir}'`);
  expect(said[1]).toMatch(/^Pushdesk is ready/);
});

it('says where else it listens, and what is wrong with that, in the log too', async () => {
  const open = setting({ PUSHDESK_LISTEN: '0.0.0.0' });
  const code = open.run();
  await open.isReady;
  open.end('SIGTERM');
  expect(await code).toBe(0);
  expect(open.said[1]).toMatch(/^It also listens at 0\.0\.0\.0:\d+\.$/);
  expect(open.said[2]).toContain('nothing encrypts what they send');
  expect(open.captured.lines().map((line) => line['code'])).toContain('listens-unencrypted');

  const shut = setting({ PUSHDESK_TLS_CERT: '/nowhere.pem', PUSHDESK_TLS_KEY: '/nowhere.pem' });
  const ended = shut.run();
  await shut.isReady;
  shut.end('SIGTERM');
  expect(await ended).toBe(0);
  expect(shut.said.slice(1)).toEqual([
    'It does not listen at 127.0.0.1:443.',
    'The certificate file /nowhere.pem cannot be read (ENOENT). Check the path, and that the account Pushdesk runs as may read it.',
  ]);
  expect(shut.captured.lines().map((line) => line['code'])).toContain('certificate-unreadable');
});
