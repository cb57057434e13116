import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { placeLauncher } from './launcher.mjs';

const MISCONFIGURED =
  '[7:1128/2.6:FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but is not configured correctly.';
const UNUSABLE =
  '[7:7:1128/2.6:FATAL:content/browser/zygote_host/zygote_host_impl_linux.cc:128] No usable sandbox! If you are running on Ubuntu 23.10+';

/** An app whose binary is this script. */
function packaged(script, files = {}) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "pushdesk's launcher-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const app = path.join(folder, 'app');
  const temp = path.join(folder, 'temp');
  mkdirSync(app);
  mkdirSync(temp);
  writeProgram(path.join(app, 'pushdesk'), script);
  for (const [name, text] of Object.entries(files)) writeProgram(path.join(app, name), text);
  placeLauncher(app);
  return { app, temp, program: path.join(app, 'pushdesk') };
}

function writeProgram(file, script) {
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

function start({ program, temp }, args = [], env = {}) {
  const child = spawn(program, args, {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', APPIMAGE: '', TMPDIR: temp, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (printed.out += chunk));
  child.stderr.on('data', (chunk) => (printed.err += chunk));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...printed }));
  return { child, printed, ended };
}

const run = (app, args, env) => start(app, args, env).ended;

describe.runIf(process.platform === 'linux')('the launcher of the packaged app', () => {
  it('becomes the app: its arguments, its streams, its exit code, its process', async () => {
    const app = packaged('echo $$ "$#" "$1|$2"; echo "a warning" >&2; printf "no end of line" >&2; exit 7');
    const { child, ended } = start(app, ['a b', '*']);
    expect(await ended).toEqual({
      code: 7,
      signal: null,
      out: `${child.pid} 2 a b|*\n`,
      err: 'a warning\nno end of line\n',
    });
    expect(readdirSync(app.temp)).toEqual([]);
  });

  it('passes signals on, and says which one ended the app', async () => {
    const caught = start(packaged('trap "exit 5" TERM; echo up; while :; do sleep 0.01; done'));
    await expect.poll(() => caught.printed.out).toBe('up\n');
    caught.child.kill('SIGTERM');
    expect(await caught.ended).toMatchObject({ code: 5, signal: null });
    expect(await run(packaged('kill -TRAP $$'))).toMatchObject({ code: null, signal: 'SIGTRAP' });
  });

  it('finds the app through a link', async () => {
    const app = packaged('echo found');
    const link = path.join(app.temp, 'link');
    symlinkSync(app.program, link);
    expect(await run({ ...app, program: link })).toMatchObject({ code: 0, out: 'found\n', err: '' });
  });

  it('starts the app where it cannot make a folder for its reader', async () => {
    const app = packaged('echo "a warning" >&2; exit 3');
    const none = path.join(app.temp, 'none');
    expect(await run(app, [], { TMPDIR: none })).toMatchObject({ code: 3, err: 'a warning\n' });
  });

  it.each([MISCONFIGURED, UNUSABLE])('says what to do, last, after %s', async (line) => {
    const app = packaged(`echo '${line}' >&2; echo '#0 a trace' >&2; kill -TRAP $$`);
    const { signal, out, err } = await run(app);
    expect({ signal, out }).toEqual({ signal: 'SIGTRAP', out: '' });
    const helper = path.join(app.app, 'chrome-sandbox');
    expect(err).toBe(
      `${line}\n#0 a trace\nChromium's sandbox is not allowed on this system: run sudo chown root "${helper}" && sudo chmod 4755 "${helper}", or go without it: "${app.program}" --no-sandbox\n`,
    );
  });

  it('says what helps an AppImage, whose helper cannot be given rights', async () => {
    const app = packaged(`echo '${UNUSABLE}' >&2; kill -TRAP $$`, { AppRun: '' });
    const { err } = await run(app, [], { APPIMAGE: '/home/me/Pushdesk.AppImage' });
    expect(err).toBe(
      `${UNUSABLE}\nChromium's sandbox is not allowed on this system: install the deb or rpm package instead, or go without the sandbox: "/home/me/Pushdesk.AppImage" --no-sandbox\n`,
    );
  });

  it('says nothing where anything else went wrong, or the app only speaks of a sandbox', async () => {
    const lines = ['[7:FATAL:a.cc(1)] GPU process is not usable.', '[7:ERROR:b.cc(2)] No usable sandbox'];
    const app = packaged(`printf '%s\\n' '${lines.join("' '")}' >&2; exit 1`);
    expect(await run(app)).toMatchObject({ code: 1, err: `${lines.join('\n')}\n` });
  });

  it('reads nothing where the sandbox is switched off', async () => {
    const app = packaged(`readlink /proc/$$/fd/2; echo '${UNUSABLE}' >&2`);
    const { out, err } = await run(app, ['--no-sandbox']);
    expect(out).not.toContain('stderr');
    expect(err).toBe(`${UNUSABLE}\n`);
    expect((await run(app, ['--', '--no-sandbox'])).err).toContain("Chromium's sandbox is not allowed");
  });

  it('shows the sentence in a dialog to whoever has a display but no terminal', async () => {
    const app = packaged(`echo '${UNUSABLE}' >&2; kill -TRAP $$`);
    const shown = path.join(app.temp, 'shown');
    const bin = path.join(app.temp, 'bin');
    mkdirSync(bin);
    writeProgram(path.join(bin, 'zenity'), `printf '%s\\n' "$@" >"${shown}"`);
    const env = { PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':7' };
    const { err } = await run(app, [], env);
    const sentence = err.trim().split('\n').at(-1);
    expect(sentence).toContain('not allowed on this system');
    expect(readFileSync(shown, 'utf8').split('\n')).toContain(`--text=${sentence}`);
  });
});
