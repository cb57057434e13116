import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { hasDisplay, startVirtualDisplay } from '../setup/display.mjs';
import { exitCode, onAskedToEnd, passSignalOn } from '../setup/endings.mjs';
import { ROOT } from '../setup/paths.mjs';
import { isRoot } from '../setup/run.mjs';
import { say } from '../setup/say.mjs';
import { isNoise } from './noise.mjs';

/** @type {Partial<Record<NodeJS.Platform, string>> & {linux: string}} */
const PROGRAM = { linux: 'electron', darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * Runs the built app until it ends.
 * @param {import('../setup/electron.mjs').ElectronChoice} electron
 * @param {readonly string[]} args for the app
 * @returns {Promise<number>} its exit code
 */
export async function launch(electron, args) {
  if (electron.kind !== 'official') {
    const reason =
      electron.kind === 'own'
        ? 'as ELECTRON_OVERRIDE_DIST_PATH says'
        : 'the newer one could not be downloaded';
    say(`Running on Electron ${electron.version} (${reason}).`);
  }
  const root = process.platform === 'linux' && isRoot();
  if (root) say("Running as root: Chromium's sandbox has to be off (--no-sandbox).");
  if (hasDisplay()) return runApp(electron, args, root, process.env);

  const display = await startVirtualDisplay();
  say(`There is no display here: the window opens on a virtual one (${display.name}).`);
  try {
    return await runApp(electron, args, root, { ...process.env, DISPLAY: display.name });
  } finally {
    display.stop();
  }
}

/**
 * @param {import('../setup/electron.mjs').ElectronChoice} electron
 * @param {readonly string[]} args
 * @param {boolean} root
 * @param {NodeJS.ProcessEnv} env
 */
function runApp(electron, args, root, env) {
  const program = path.join(electron.folder, PROGRAM[process.platform] ?? PROGRAM.linux);
  // Before it starts: otherwise a signal in between would leave it running.
  const stopWatching = onAskedToEnd((signal) => passSignalOn(child, signal));
  const child = spawn(program, [ROOT, ...(root ? ['--no-sandbox'] : []), ...args], {
    env,
    cwd: ROOT,
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  passOn(child.stdout, process.stdout);
  let sandboxFailed = false;
  passOn(child.stderr, process.stderr, (line) => {
    sandboxFailed ||= NO_SANDBOX.test(line);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stopWatching();
      if (sandboxFailed) say(sandboxAdvice(electron.folder));
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * @param {(line: string) => void} [look] sees every line, hidden or not
 * @param {import('node:stream').Readable} from
 * @param {(NodeJS.WriteStream & { fd: 1; }) | (NodeJS.WriteStream & { fd: 2; })} to
 */
function passOn(from, to, look) {
  createInterface({ input: from }).on('line', (line) => {
    look?.(line);
    if (!isNoise(line)) to.write(`${line}\n`);
  });
}

const NO_SANDBOX = /FATAL:.*(No usable sandbox|SUID sandbox helper)/;

/** @param {string} folder */
function sandboxAdvice(folder) {
  const helper = path.join(folder, 'chrome-sandbox');
  return `Chromium's sandbox is not allowed on this system: run sudo chown root "${helper}" && sudo chmod 4755 "${helper}", or start without it: npm start -- --no-sandbox`;
}
