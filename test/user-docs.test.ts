import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openLogFile } from '../electron/engine/base/log-file.ts';
import { tempFolder } from '../electron/engine/testing/temp-folder.ts';
import { ROOT } from './e2e/support/pushdesk.ts';
import { startHeadless, type Headless } from './support/headless.ts';

/** The commands of a page, one text for each code block, word for word. */
const commandsOf = (page: string): string[] =>
  [...readFileSync(path.join(ROOT, 'docs', page), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map(
    ([, code = '']) => code,
  );

/** A person's home with a data folder in it that has been in use. */
async function makeHome(configDir = '.config') {
  const home = tempFolder();
  const dataDir = path.join(home, configDir, 'Pushdesk');
  mkdirSync(path.dirname(dataDir), { recursive: true });
  const start = (): Promise<Headless> => startHeadless({ dataDir, env: {} });
  const pushdesk = await start();
  const token = readFileSync(path.join(dataDir, 'api-token'), 'utf8').trim();
  const made = await fetch(new URL('api/v1/key-pairs', pushdesk.url), {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Shop', subject: 'mailto:you@example.com' }),
  });
  expect(made.status).toBe(201);
  await pushdesk.end();
  return { home, dataDir, start };
}

const filesOf = (folder: string) => readdirSync(folder).toSorted();

/** Runs commands in bash as that person, and returns what they print. */
async function run(home: string, commands: readonly string[], env: Record<string, string> = {}) {
  const script = ['set -euo pipefail', ...commands].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: home,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
  });
  return stdout;
}

/** What the restored engine hands out: proof that keys and store are there and belong together. */
async function publicKeyHandedOut(start: () => Promise<Headless>): Promise<unknown> {
  const pushdesk = await start();
  try {
    const config: unknown = await (await fetch(new URL('config.json', pushdesk.url))).json();
    return config;
  } finally {
    await pushdesk.end();
  }
}

/** Two copies such as upgrades leave, whose names sort the other way round; returns what the newer one holds. */
function keepCopies(dataDir: string): Buffer {
  const copies = path.join(dataDir, 'backups');
  mkdirSync(copies, { recursive: true });
  const newer = path.join(copies, 'pushdesk-v100-20260102T030405678Z.db');
  copyFileSync(path.join(dataDir, 'pushdesk.db'), newer);
  const older = path.join(copies, 'pushdesk-v70-20250102T030405678Z.db');
  writeFileSync(older, 'an older one');
  utimesSync(older, new Date('2025-01-02'), new Date('2025-01-02'));
  writeFileSync(path.join(dataDir, 'pushdesk.db'), 'damaged');
  return readFileSync(newer);
}

/** A clone that is one commit behind, and an npm that writes down which script of package.json it was asked for. */
async function makeClone(home: string) {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commit =
    'git -c user.name=Somebody -c user.email=somebody@example.com commit --quiet --allow-empty -m';
  const newest = await run(home, [
    'git init --quiet origin && cd origin',
    `${commit} one`,
    'git clone --quiet . ../clone',
    `${commit} two`,
    'git rev-parse HEAD',
  ]);
  const record = path.join(home, 'npm-was-asked-for');
  const programs = path.join(home, 'programs');
  mkdirSync(programs);
  const known = Object.keys(scripts).join('|');
  writeFileSync(
    path.join(programs, 'npm'),
    `#!/bin/sh\n[ "$1" = run ] && shift\ncase "$1" in ${known}) echo "$1" >> '${record}';; *) exit 1;; esac\n`,
    { mode: 0o755 },
  );
  const env = { PATH: [programs, process.env['PATH'] ?? ''].join(path.delimiter) };
  return { clone: path.join(home, 'clone'), newest, started: { record, env } };
}

/** A text without line breaks and with only one kind of apostrophe. */
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll('’', "'");
const sources = () =>
  ['electron', 'renderer', 'web-demo', 'build'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.(?:tsx?|mjs|html)$/.test(name))
      .map((name) => plain(readFileSync(path.join(ROOT, folder, name), 'utf8'))),
  );

it('the page on troubleshooting quotes what people see', () => {
  const page = plain(
    readFileSync(path.join(ROOT, 'docs', 'troubleshooting.md'), 'utf8').replaceAll(/```.*?```/gs, ''),
  );
  // What stands between these pieces differs from person to person.
  const pieces = [...page.matchAll(/"([^"]+)"/g)].flatMap(([, quoted = '']) =>
    quoted.split(/…|\d+|PUSHDESK_\w+|`[^`]*`/).map((piece) => piece.replace(/^[\s.]+|[\s.,]+$/g, '')),
  );
  const all = sources();
  const unsaid = pieces.filter((piece) => piece.length > 3 && !all.some((text) => text.includes(piece)));
  expect(unsaid).toEqual([]);
  expect(pieces.length).toBeGreaterThan(15);
});

describe('the commands of the pages for users', () => {
  it('stand on pages that a test runs, but for those that set up a whole server', () => {
    const here = ['backup-and-moving.md', 'troubleshooting.md', 'uninstalling.md', 'upgrading.md'];
    const inTestsOfTheirOwn = ['local-api.md', 'workers.md'];
    // It makes users, units and containers, which no test does to the machine that it runs on.
    const server = 'server.md';
    // Other people's programs, most of which no machine has: phones-docs.test.ts looks at what they are told.
    const phones = 'phones.md';
    const pages = readdirSync(path.join(ROOT, 'docs')).filter((page) => page.endsWith('.md'));
    expect(pages.filter((page) => commandsOf(page).length > 0).sort()).toEqual(
      [...here, ...inTestsOfTheirOwn, phones, server].sort(),
    );
  });

  it.each([
    ['in its usual place', '.config'],
    ['where XDG_CONFIG_HOME leads', 'my settings'],
  ])('back up everything, and bring it back, %s', async (_where, configDir) => {
    const { home, dataDir, start } = await makeHome(configDir);
    const env = configDir === '.config' ? {} : { XDG_CONFIG_HOME: path.join(home, configDir) };
    mkdirSync(path.join(dataDir, 'browser'));
    const before = await publicKeyHandedOut(start);
    const [backUp = '', restore = '', fromOwnCopy = '', ...more] = commandsOf('backup-and-moving.md');
    expect(more).toEqual([]);

    await run(home, [backUp], env);
    expect(statSync(path.join(home, 'pushdesk-backup.tar.gz')).mode & 0o777).toBe(0o600);
    writeFileSync(path.join(dataDir, 'private-keys.json'), '{}');
    await run(home, [restore], env);
    expect(filesOf(dataDir)).not.toContain('browser');
    expect(readFileSync(path.join(`${dataDir}.before`, 'private-keys.json'), 'utf8')).toBe('{}');
    expect(await publicKeyHandedOut(start)).toEqual(before);
    // On a second run the folder that was set aside is in the way: nothing is moved into it, and nothing is overwritten.
    const kept = filesOf(`${dataDir}.before`);
    await expect(run(home, [restore], env)).rejects.toThrow('Pushdesk.before');
    expect(filesOf(`${dataDir}.before`)).toEqual(kept);

    const latest = keepCopies(dataDir);
    await run(home, [fromOwnCopy], env);
    expect(readFileSync(path.join(dataDir, 'pushdesk.db'))).toEqual(latest);
    expect(await publicKeyHandedOut(start)).toEqual(before);
  });

  it('upgrade a clone, and go back to the copy from before', async () => {
    const { home, dataDir, start } = await makeHome();
    const before = await publicKeyHandedOut(start);
    const [upgrade = '', goBack = '', ...more] = commandsOf('upgrading.md');
    expect(more).toEqual([]);

    const { clone, newest, started } = await makeClone(home);
    await run(clone, [upgrade], started.env);
    expect(await run(clone, ['git rev-parse HEAD'])).toBe(newest);
    expect(readFileSync(started.record, 'utf8')).toBe('start\n');

    const latest = keepCopies(dataDir);
    await run(home, [goBack]);
    expect(readFileSync(path.join(dataDir, 'pushdesk.db'))).toEqual(latest);
    expect(await publicKeyHandedOut(start)).toEqual(before);
  });

  it('remove what was stored, also where XDG_CONFIG_HOME leads', async () => {
    for (const configDir of ['.config', 'my settings']) {
      const { home, dataDir } = await makeHome(configDir);
      await run(home, commandsOf('uninstalling.md'), { XDG_CONFIG_HOME: path.join(home, configDir) });
      expect(existsSync(dataDir)).toBe(false);
    }
  });

  it('show the log, whether the server is there, and who holds its port', async () => {
    const { home, dataDir, start } = await makeHome();
    const ofTheApp = openLogFile(dataDir);
    ofTheApp.write('{"msg":"the engine stopped"}\n');
    ofTheApp.close();
    const [log = '', server = '', ...more] = commandsOf('troubleshooting.md');
    expect(more).toEqual([]);
    expect(await run(home, [log])).toContain('"msg":"the engine stopped"');
    const pushdesk = await start();
    const { port } = new URL(pushdesk.url);
    const printed = await run(home, [server.replaceAll('4830', port)]);
    await pushdesk.end();
    expect(printed).toContain('{"status":"ok"}');
    expect(printed).toMatch(new RegExp(`LISTEN.*127\\.0\\.0\\.1:${port}`));
  });
});
