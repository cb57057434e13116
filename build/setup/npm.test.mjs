import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npm, whyNot } from './npm.mjs';
import { isRoot } from './run.mjs';

const mount = (options, place) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'ignore' }).status === 0;
const unmount = (place) => spawnSync('umount', [place], { stdio: 'ignore' });

/** Disks that can be arranged here: only some users may mount one, and file modes do not bind root. */
const DISKS = disks();
function disks() {
  if (!isRoot()) {
    return [
      ['a folder that may not be written to', { mode: 0o500, sentence: /cannot be read or written.*disk/s }],
    ];
  }
  const place = mkdtempSync(path.join(tmpdir(), 'npm-mount-'));
  const may = mount('size=64k', place);
  if (may) unmount(place);
  rmSync(place, { recursive: true });
  if (!may) return [];
  return [
    ['a disk that is read-only', { options: 'size=64k,ro', sentence: /the disk is read-only\. .*disk/ }],
    ['a disk that is full', { options: 'size=64k', sentence: /the disk is full\. Make room/ }],
  ];
}

/** The real npm, with real failures. It never reaches a network beyond this machine. */
let folder;
let server;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'npm-'));
  mkdirSync(path.join(folder, 'project'));
  writeFileSync(path.join(folder, 'project', 'package.json'), '{"private":true}');
});
afterEach(async () => {
  unmount(path.join(folder, 'disk'));
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => (server ? server.close(resolve) : resolve()));
  server = undefined;
});

/** What is said when a package is to be installed. */
function complaint({
  registry = 'http://127.0.0.1:1/',
  prefix = path.join(folder, 'project'),
  cache = path.join(folder, 'cache'),
}) {
  const args = ['--prefix', prefix, '--registry', registry, '--cache', cache];
  return npm(['install', '--no-save', ...args, '--fetch-retries=0', 'x'], 'install it').then(
    () => 'done',
    (error) => error.message,
  );
}

async function registryThatAnswers(answer) {
  server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}

/** A registry of one package, which is this tarball and matches no checksum. */
async function registryWith(tarball) {
  const place = { registry: '' };
  place.registry = await registryThatAnswers((request, response) => {
    if (request.url.endsWith('.tgz')) return response.end(tarball);
    const dist = { tarball: `${place.registry}x.tgz`, integrity: `sha512-${'A'.repeat(86)}==` };
    const versions = { '1.0.0': { name: 'x', version: '1.0.0', dist } };
    return response.end(JSON.stringify({ name: 'x', 'dist-tags': { latest: '1.0.0' }, versions }));
  });
  return place.registry;
}

describe('what is said when npm fails', () => {
  it('names an address that refuses', async () => {
    expect(await complaint({})).toMatch(
      /^Could not install it: 127\.0\.0\.1:1 refuses the connection\. Check/,
    );
  });

  it('names a name that cannot be found', async () => {
    expect(await complaint({ registry: 'http://nothing.invalid/' })).toMatch(
      /the name nothing\.invalid cannot be found/,
    );
  });

  it.each([
    [401, /refuses this user/],
    [403, /refuses this user/],
    [404, /does not have a package/],
    [503, /cannot answer right now/],
  ])('tells what the registry means by %s', async (status, sentence) => {
    const registry = await registryThatAnswers((_, response) => {
      response.writeHead(status, { 'www-authenticate': 'Basic' }).end('{}');
    });
    expect(await complaint({ registry })).toMatch(sentence);
  });

  it('tells a package that was changed on the way', async () => {
    const registry = await registryWith(Buffer.from('not what was promised'));
    expect(await complaint({ registry })).toMatch(/damaged or was changed on the way/);
  });

  it('tells a file in the way of the cache from a network', async () => {
    const cache = path.join(folder, 'file');
    writeFileSync(cache, '');
    expect(await complaint({ cache })).not.toMatch(/internet/);
  });

  it.each(DISKS)('names %s', async (_, { options, mode, sentence }) => {
    const cache = path.join(folder, 'disk');
    mkdirSync(cache, { mode });
    if (options) expect(mount(options, cache)).toBe(true);
    const registry = await registryWith(Buffer.alloc(200_000, 1));
    expect(await complaint({ registry, cache: path.join(cache, 'cache') })).toMatch(sentence);
  });

  it('takes files that could not be written for a failure, though npm does not', () => {
    const output = 'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write\nadded 1 package';
    expect(whyNot('install it', { output, timedOut: false })).toMatch(/the disk is full/);
  });

  it.each([
    'ERROR: npm v11.19.1 is known not to run on Node.js v14.21.3.  This version of npm supports …\n\nSyntaxError: Unexpected token',
    "Error: Cannot find module 'node:path'\n    at Object.<anonymous> (/usr/lib/node_modules/npm/lib/cli.js:10:18)\n}",
    'npm warn cli npm v11.19.1 does not support Node.js v16.20.2. This …\nnpm error (0 , U.tracingChannel) is not a function',
  ])('says that the npm is none for this Node: %s', (output) => {
    expect(whyNot('install it', { output, timedOut: false })).toMatch(
      /^Could not install it: the npm on this machine does not run on its Node, v\d\S+\. Use .+ run the same command again\.$/,
    );
  });

  it('says what broke an npm that only warns of its Node', () => {
    const output = 'npm warn cli npm v11.19.1 does not support Node.js v16.20.2.\nnpm error code ENOSPC';
    expect(whyNot('install it', { output, timedOut: false })).toMatch(/the disk is full/);
  });

  it('says that another npm is at work in the same folder', () => {
    const output =
      "npm error code ENOTEMPTY\nnpm error syscall rmdir\nnpm error path /a/node_modules/b\nnpm error errno -39\nnpm error ENOTEMPTY: directory not empty, rmdir '/a/node_modules/b'";
    expect(whyNot('install it', { output, timedOut: false })).toMatch(
      /^Could not install it \(something else writes to node_modules\): wait .+\.$/,
    );
  });

  it('quotes what npm says, not the path that it says it of', () => {
    const output = 'npm error code EODD\nnpm error path /a/b\nnpm error dest /a/c\nnpm error It is odd';
    expect(whyNot('install it', { output, timedOut: false })).toMatch(/^Could not install it \(It is odd\)/);
  });

  it('does not take a harmless warning for the cause', () => {
    const output = 'npm warn cleanup EACCES: permission denied\nnpm error code EODD\nnpm error It is odd';
    expect(whyNot('install it', { output, timedOut: false })).toMatch(/^Could not install it \(It is odd\)/);
  });
});
