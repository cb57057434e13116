import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { freePort } from './nginx.ts';

const FAKE = fileURLToPath(new URL('fake-programs.ts', import.meta.url));
/** The programs that `fake-programs.ts` plays. */
const FAKES = ['systemctl', 'docker'];
/** There is nothing for them to change: the person running this is the only user. */
const NOTHING = ['useradd', 'chown', 'apt-get'];
const PLACES = ['usr/local', 'etc/systemd/system', 'etc/caddy', 'var/lib', 'home'];

/**
 * An empty server below a folder of its own, with the archive in the home folder. The commands run in a real bash, with real tar, curl,
 * Node and engine; what needs a machine of its own is played by `fake-programs.ts`.
 *
 * @param engineEnv what the engine is given in addition to what the guide gives it
 */
export async function serverMachine(archive: string, engineEnv: Record<string, string>) {
  const root = tempFolder();
  for (const place of PLACES) mkdirSync(path.join(root, place), { recursive: true });
  const home = path.join(root, 'home');
  copyFileSync(archive, path.join(home, path.basename(archive)));
  const port = await freePort();

  // What nodejs.org has, as far as it is used.
  const node = path.join(root, 'node-v1');
  mkdirSync(path.join(node, 'bin'), { recursive: true });
  symlinkSync(process.execPath, path.join(node, 'bin', 'node'));
  execFileSync('tar', ['-czf', path.join(root, 'node.tgz'), '-C', root, 'node-v1']);

  const programs = path.join(root, 'programs');
  mkdirSync(programs);
  const put = (program: string, script: string) => {
    writeFileSync(path.join(programs, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  };
  for (const program of FAKES) put(program, `exec '${process.execPath}' '${FAKE}' ${program} "$@"`);
  for (const program of NOTHING) put(program, 'exit 0');
  put('sudo', 'exec "$@"');
  const realCurl = execFileSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).trim();
  put(
    'curl',
    `case "$*" in *https://nodejs.org/*) exec cat '${path.join(root, 'node.tgz')}';; esac\nexec '${realCurl}' "$@"`,
  );
  const { NODE_COMPILE_CACHE: cache } = process.env;
  const compiled = cache === undefined ? {} : { NODE_COMPILE_CACHE: cache };
  const env = {
    ...compiled,
    PATH: [programs, path.join(root, 'usr/local/bin'), process.env['PATH'] ?? ''].join(path.delimiter),
    HOME: home,
    PUSHDESK_PORT: String(port),
    FAKE_ROOT: root,
    FAKE_ENGINE_ENV: JSON.stringify({ ...engineEnv, ...compiled, PUSHDESK_PORT: String(port) }),
  };
  onTestFinished(() => {
    const pidFile = path.join(root, 'pid');
    if (existsSync(pidFile)) spawnSync('kill', ['-KILL', readFileSync(pidFile, 'utf8')]);
  });

  return {
    root,
    url: `http://localhost:${port}/`,
    log: () => readFileSync(path.join(root, 'log'), 'utf8'),
    /** Runs commands of the guide, word for word except for the root and the port. */
    async run(commands: readonly string[], folder = '.') {
      const script = ['set -euo pipefail', ...commands]
        .join('\n')
        .replaceAll(/(?<=[\s"'=])(?=\/(?:opt|etc|var|usr\/local)\b)/g, root)
        .replaceAll('4830', String(port));
      mustStayBelow(root, script);
      const cwd = path.join(home, folder);
      const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env });
      return stdout;
    },
  };
}

/** Paths inside a container, and one that is only written down. */
const HARMLESS = ['/data/api-token', '/backups', '/$LAST', '/usr/sbin/nologin'];

/**
 * The commands are meant for an empty machine: none may reach the machine that runs the tests.
 * @throws Error with a path that leads there
 */
function mustStayBelow(root: string, script: string): void {
  const paths = script.match(/(?<=^|[\s"'=:(])\/(?!\/)[^\s"')]*/gm) ?? [];
  const allowed = [root, tmpdir(), ...HARMLESS];
  const stray = paths.find((one) => !allowed.some((start) => one === start || one.startsWith(`${start}/`)));
  if (stray !== undefined) throw new Error(`The guide would reach ${stray} of this machine.`);
}
