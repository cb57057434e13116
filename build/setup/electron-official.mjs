import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { causeOf } from './causes.mjs';
import { TOOLS } from './paths.mjs';
import { lastWords, run } from './run.mjs';

const STALLED_AFTER = 20_000;
const LOOK_EVERY = 1_000;

/** Causes that lie in the network: only for these is the stand-in used. */
const OF_THE_NETWORK = ['network', 'proxy', 'trust', 'registry'];
/** What Electron's downloader says about the network, beyond the usual error codes. */
const UNREACHABLE = /fetch failed|ECONN|UND_ERR|HTTP ?Error|Response code|\b(403|404|407|50\d)\b/i;

/**
 * Runs the installer of Electron's own package. Gives up when no byte arrives for twenty seconds.
 * @param {string} packageFolder `node_modules/electron`
 * @returns {Promise<{ok: true} | {ok: false, unreachable: boolean, cause: string, cure?: string}>}
 */
export async function downloadOfficial(packageFolder) {
  const scratch = path.join(TOOLS, 'electron-download');
  mkdirSync(scratch, { recursive: true });
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch };
  delete env['ELECTRON_OVERRIDE_DIST_PATH'];
  const stall = abortWhenStalled(() => sizeOf(scratch) + sizeOf(path.join(packageFolder, 'dist')));
  try {
    const result = await run(process.execPath, [path.join(packageFolder, 'install.js')], {
      env,
      signal: stall.signal,
    });
    if (result.ok) return { ok: true };
    if (result.timedOut) return { ok: false, unreachable: true, cause: 'no answer in 20 seconds' };
    return { ok: false, ...reasonIn(result.output) };
  } finally {
    stall.end();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * What the installer's output says about why it failed.
 * @param {string} output
 * @returns {{unreachable: boolean, cause: string, cure?: string}} `unreachable`: another network, or none, may be the cause
 */
export function reasonIn(output) {
  if (/fetch failed/.test(output)) return { unreachable: true, cause: 'no connection' };
  const known = causeOf(output);
  const said = lastWords(output, /error|failed/i).replace(/^\w*Error: |\.$/g, '');
  if (known && !OF_THE_NETWORK.includes(known.kind)) {
    return { unreachable: false, cause: known.what, cure: known.cure };
  }
  return { unreachable: known !== undefined || UNREACHABLE.test(output), cause: said };
}

/** @param {() => number} measure */
function abortWhenStalled(measure) {
  const controller = new AbortController();
  let size = measure();
  let changedAt = Date.now();
  const timer = setInterval(() => {
    const now = measure();
    if (now !== size) {
      size = now;
      changedAt = Date.now();
    } else if (Date.now() - changedAt > STALLED_AFTER) controller.abort();
  }, LOOK_EVERY);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}

/** @param {string} folder */
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.reduce((sum, { parentPath, name }) => sum + sizeOfFile(path.join(parentPath, name)), 0);
}

/**
 * Zero for a file that was moved away while we looked.
 * @param {string} file
 */
function sizeOfFile(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
