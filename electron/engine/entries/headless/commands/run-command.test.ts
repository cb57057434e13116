import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../engine.ts';
import { capturedLog } from '../../../testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from '../../../testing/engine-options.ts';
import { tempFolder } from '../../../testing/temp-folder.ts';
import { runCommand } from './run-command.ts';

const NOW = Date.UTC(2026, 10, 29, 12);

const clientOf = ({ router }: Engine) => createRouterClient(router);

function setting() {
  const options = engineOptions();
  const { dataDir } = options;
  const place = tempFolder();
  const withEngine = async <Result>(
    work: (client: ReturnType<typeof clientOf>, url: string) => Promise<Result>,
  ) => {
    const engine = await createEngine(options, {
      host: null,
      log: capturedLog().log,
      workerFiles: WORKER_FILES,
    });
    try {
      const { url } = await engine.start();
      return await work(clientOf(engine), url ?? '');
    } finally {
      await engine.stop();
    }
  };
  const run = async (
    args: string[],
    { now = NOW, env = {} }: { now?: number; env?: Record<string, string> } = {},
  ) => {
    const said: string[] = [];
    const complaints: string[] = [];
    const code = await runCommand(args, {
      machine: { env: { PUSHDESK_DATA_DIR: dataDir, ...env }, platform: 'linux', home: place },
      now,
      say: (line) => said.push(line),
      complain: (line) => complaints.push(line),
    });
    return { code, said: said.join('\n'), complaints: complaints.join('\n') };
  };
  return { dataDir, place, file: path.join(place, 'copy.db'), withEngine, run };
}

const makeKey = { name: 'Shop', subject: 'mailto:you@example.com' };

describe('backup and restore', () => {
  it('bring a whole engine back, with its private keys, from a copy that was made while it ran', async () => {
    const { file, dataDir, run, withEngine } = setting();
    const made = await withEngine(async (client) => {
      const key = await client.keys.generate(makeKey);
      const { code, said } = await run(['backup', file]);
      expect(code).toBe(0);
      expect(said).toContain('Backed up 0 subscriptions and 0 campaigns');
      expect(said).toContain(`1 private key, in plain text: ${file}.keys.json.`);
      return key;
    });
    for (const name of [file, `${file}.keys.json`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    const plain = /"plain": "(.{40,})"/.exec(readFileSync(`${file}.keys.json`, 'utf8'))?.[1] ?? '';
    expect(plain).toHaveLength(43);
    expect(readFileSync(file).includes(plain)).toBe(false);

    rmSync(dataDir, { recursive: true });
    const { code, said } = await run(['restore', file]);
    expect(code).toBe(0);
    expect(said).toContain('a backup of 2026-11-29 12:00 UTC');
    expect(said).toContain('with its Idempotency-Key sends again');
    await withEngine(async (client) => {
      expect(await client.keys.list()).toMatchObject([{ publicKey: made.publicKey, canSign: true }]);
    });
  });

  it('keep keys that came after the backup, and say which have no private half', async () => {
    const { file, dataDir, run, withEngine } = setting();
    await withEngine((client) => client.keys.generate(makeKey));
    await run(['backup', file, '--without-keys']);
    expect(existsSync(`${file}.keys.json`)).toBe(false);
    const keyFile = path.join(dataDir, 'private-keys.json');
    const before = readFileSync(keyFile, 'utf8');
    expect((await run(['restore', file])).said).not.toContain('not here');
    expect(readFileSync(keyFile, 'utf8')).toBe(before);
    rmSync(keyFile);
    expect((await run(['restore', file])).said).toContain('The private keys of 1 key pair are not here');
  });

  it('refuse to restore below a running engine, and say how to stop it', async () => {
    const { file, run, withEngine } = setting();
    await withEngine(async () => {
      await run(['backup', file]);
      const { code, complaints } = await run(['restore', file]);
      expect(code).toBe(1);
      expect(complaints).toContain('Pushdesk is already running');
      expect(complaints).toContain('systemctl stop pushdesk');
    });
  });

  it('change no private key where one of the files is damaged, and no store either', async () => {
    const { file, dataDir, run, withEngine } = setting();
    await withEngine((client) => client.keys.generate(makeKey));
    await run(['backup', file]);
    writeFileSync(`${file}.keys.json`, 'rubbish');
    const names = readdirSync(dataDir);
    const { code, complaints } = await run(['restore', file]);
    expect([code, complaints]).toEqual([1, expect.stringContaining('copy.db.keys.json, cannot be read')]);
    expect(readdirSync(dataDir)).toEqual(names);
  });

  it('in a folder get names of their own, of which the newest stay', async () => {
    const { place, run, withEngine } = setting();
    await withEngine((client) => client.keys.generate(makeKey));
    writeFileSync(path.join(place, 'mine.db'), '');
    for (let day = 0; day < 4; day += 1)
      expect((await run(['backup', place, '--keep', '2'], { now: NOW + day * 86_400_000 })).code).toBe(0);
    expect(readdirSync(place).toSorted()).toEqual([
      'mine.db',
      'pushdesk-20261201T120000Z.db',
      'pushdesk-20261201T120000Z.db.keys.json',
      'pushdesk-20261202T120000Z.db',
      'pushdesk-20261202T120000Z.db.keys.json',
    ]);
  });

  it.each([
    ['nightly', ['--keep', '7']],
    ['nightly/', []],
  ])('make the folder %s with %j where it is missing, for this user only', async (name, flags) => {
    const { place, run, withEngine } = setting();
    await withEngine((client) => client.keys.generate(makeKey));
    expect((await run(['backup', `${place}/${name}`, ...flags])).code).toBe(0);
    const folder = path.join(place, 'nightly');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual([
      'pushdesk-20261129T120000Z.db',
      'pushdesk-20261129T120000Z.db.keys.json',
    ]);
  });

  it('name the folder that cannot be created, and not the data folder', async () => {
    const { file, run, withEngine } = setting();
    await withEngine(() => Promise.resolve());
    await run(['backup', file]);
    const { code, complaints } = await run(['backup', `${file}/nightly`, '--keep', '7']);
    expect([code, complaints]).toEqual([
      1,
      `The folder ${file}/nightly cannot be created: part of the path is a file. Name a folder in a place that your user may write to.`,
    ]);
  });

  it('keep nothing beside a file where several are to be kept', async () => {
    const { file, run, withEngine } = setting();
    await withEngine(() => Promise.resolve());
    expect((await run(['backup', file])).code).toBe(0);
    const { code, complaints } = await run(['backup', file, '--keep', '7']);
    expect([code, complaints]).toEqual([1, expect.stringContaining('is a file, and --keep is for a folder')]);
  });
});

describe('health', () => {
  it('asks the port that the engine of this data folder really has, whatever it was to have', async () => {
    const { run, withEngine } = setting();
    await withEngine(async () => {
      expect(await run(['health'])).toEqual({ code: 0, said: 'ok', complaints: '' });
      expect((await run(['health'], { env: { PUSHDESK_PORT: '1' } })).code).toBe(0);
    });
    expect(await run(['health'], { env: { PUSHDESK_PORT: '1' } })).toMatchObject({
      code: 1,
      said: 'No answer from http://127.0.0.1:1/healthz.',
    });
  });

  it('is the exit code', async () => {
    const { run, withEngine } = setting();
    const port = await withEngine(async (_client, url) => {
      const env = { PUSHDESK_PORT: new URL(url).port };
      expect(await run(['health'], { env })).toEqual({ code: 0, said: 'ok', complaints: '' });
      return env.PUSHDESK_PORT;
    });
    const { code, said } = await run(['health'], { env: { PUSHDESK_PORT: port } });
    expect([code, said]).toEqual([1, `No answer from http://127.0.0.1:${port}/healthz.`]);
  });
});

describe('token', () => {
  it('makes one beside a running engine, which takes it at once, lists it and revokes it', async () => {
    const { run, withEngine } = setting();
    await withEngine(async (_client, url) => {
      const { code, said, complaints } = await run([
        ...['token', 'create', '--name', 'My laptop', '--scope', 'read,subscribe', '--expires-in-days', '90'],
      ]);
      expect([code, said]).toEqual([0, expect.stringMatching(/^pushdesk_[\w-]{43}$/)]);
      expect(complaints).toContain('access token 1 “My laptop” (read, subscribe)');
      expect(complaints).not.toContain(said);
      const ask = () => fetch(`${url}api/v1/subscriptions`, { headers: { authorization: `Bearer ${said}` } });
      expect((await ask()).status).toBe(200);

      const list = (await run(['token', 'list'])).said;
      expect(list).toMatch(
        /^access token 1 “My laptop” \(read, subscribe\): created 2026-11-29 12:00 UTC, last/,
      );
      expect(list).toContain('expires 2027-02-27 12:00 UTC');
      expect(list).not.toContain(said.slice(9));
      expect((await run(['token', 'revoke', '1'])).said).toBe('Revoked the access token 1.');
      expect((await ask()).status).toBe(401);
      expect((await run(['token', 'revoke', '1'])).complaints).toContain('There is no access token 1.');
    });
    expect(await run(['token', 'list'])).toMatchObject({ code: 0, said: 'There are no access tokens.' });
  });

  it.each([
    [['token'], 'token list; token revoke ID'],
    [['token', 'create', '--name', 'x', '--scope', 'admin'], '"admin" is not a scope'],
    [['token', 'create', '--name', 'x', '--scope', 'read,'], 'is not a scope'],
    [['token', 'create', '--name', 'x'], '--scope is missing'],
    [['token', 'create', '--scope', 'read'], '--name is missing'],
    [['token', 'create', '--name', 'a\u202eb', '--scope', 'read'], 'right-to-left override'],
    [['token', 'create', '--name', 'x', '--name', 'y', '--scope', 'read'], 'Use token create'],
    [['token', 'revoke', 'all'], 'There is no access token all.'],
  ])('says what is wrong with %j', async (args, expected) => {
    const { run, withEngine } = setting();
    await withEngine(() => Promise.resolve());
    const { code, complaints, said } = await run(args);
    expect([code, said]).toEqual([1, '']);
    expect(complaints).toContain(expected);
  });

  it('needs a store that an engine has made', async () => {
    const { complaints } = await setting().run(['token', 'list']);
    expect(complaints).toMatch(/^There is no store at .* Start Pushdesk once/);
  });
});

it.each([
  [['start'], 'restore FILE'],
  [['backup'], 'Use backup FILE'],
  [['backup', 'a', 'b'], 'Use backup FILE'],
  [['backup', 'a', '--keep', '0'], 'Use backup FILE'],
  [['backup', 'a', '--keep'], 'Use backup FILE'],
  [['restore', 'a', '--force'], 'Use restore FILE'],
  [['constructor'], 'restore FILE'],
])('says how %j is written', async (args, expected) => {
  const { code, complaints } = await setting().run(args);
  expect(code).toBe(1);
  expect(complaints).toContain(expected);
});

it('says what is wrong in one line', async () => {
  const { run, file } = setting();
  expect((await run(['backup', file])).complaints).toMatch(/^There is no store at .* Set PUSHDESK_DATA_DIR/);
  expect((await run(['health'], { env: { PUSHDESK_PORT: 'x' } })).complaints).toContain('not a port');
});
