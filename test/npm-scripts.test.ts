import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tempFolder } from '../electron/engine/testing/temp-folder.ts';
import { startHeadless } from './support/headless.ts';
import { ROOT } from './support/surroundings.ts';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));

/** Those that run one of our scripts, and its file. */
const OURS = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /node (build\/\S+\.mjs)/.exec(command) ?? [];
  return file === undefined ? [] : [{ name, file }];
});

describe('the scripts of package.json', () => {
  it('are all looked at here', () => {
    expect(OURS.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'start',
        'test',
        'headless',
        'setup',
        'build',
        'package',
        'server:pack',
        'bench',
      ]),
    );
  });

  it.each(OURS)('$name prints help and does nothing else', ({ file }) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, '--help'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: npm /);
  });

  it.each(OURS.filter(({ name }) => name !== 'start'))('$name refuses what it does not know', ({ file }) => {
    const { status, stderr } = spawnSync(process.execPath, [file, '--nonsense'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^There is no option --nonsense: .*\n$/);
  });

  it('headless does what the server of a package does beside its engine', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['build/headless.mjs', ...args], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { ...process.env, PUSHDESK_DATA_DIR: path.join(tempFolder(), 'nothing') },
      });
    expect(run('token', 'create', '--scope', 'read')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^--name is missing\./) as string,
    });
    expect(run('backup', 'copy.db').stderr).toMatch(/^There is no store at /);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('headless ends with 0 when npm gets %s', async (signal) => {
    const { npm_execpath: npm = '' } = process.env;
    const engine = await startHeadless({
      dataDir: tempFolder(),
      command: npm.endsWith('npm-cli.js')
        ? [process.execPath, npm, 'run', 'headless']
        : ['npm', 'run', 'headless'],
    });
    expect(await engine.end(signal)).toBe(0);
  });
});

describe('the commands that the docs name in a sentence', () => {
  const pages = [
    'README.md',
    ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).flatMap((page) =>
      page.endsWith('.md') ? [path.join('docs', page)] : [],
    ),
  ];
  const named = pages.flatMap((page) =>
    [
      ...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/`npm (?:run )?([\w:-]+)(?: -- ([^`]+))?`/g),
    ].map(([command, name = '', given = '']) => ({
      command,
      name,
      given: given.split(/\s+/).filter(Boolean),
    })),
  );
  const commands = [...new Map(named.map((one) => [one.command, one])).values()].filter(
    // Commands of npm itself.
    ({ name }) => !['install', 'ci'].includes(name),
  );

  it.each(commands)('$command is one of ours, with arguments that it knows', ({ name, given }) => {
    const file = OURS.find((one) => one.name === name)?.file ?? '';
    const { status, stdout } = spawnSync(process.execPath, [file, '--help'], { cwd: ROOT, encoding: 'utf8' });
    expect(status).toBe(0);
    for (const word of given) expect(stdout).toMatch(new RegExp(`^  ${word} `, 'm'));
  });

  it('are some', () => {
    expect(commands.length).toBeGreaterThan(8);
  });
});

it('npm install compiles nothing, and lets npm 6 run our scripts', () => {
  const settings = readFileSync(path.join(ROOT, '.npmrc'), 'utf8');
  const [, inPlaceOfGyp = ''] = /^node-gyp=(.+)$/m.exec(settings) ?? [];
  const asked = spawnSync(process.execPath, [inPlaceOfGyp, 'rebuild'], { cwd: ROOT, encoding: 'utf8' });
  expect(asked).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(settings).not.toMatch(/^ignore-scripts/m);
});
