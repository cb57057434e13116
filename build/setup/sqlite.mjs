import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { causeOf } from './causes.mjs';
import { ensureNode, toolNodeFolder } from './node.mjs';
import { installedVersion } from './packages.mjs';
import { MODULES, TOOLS } from './paths.mjs';
import { inPlainFolder } from './plain-folder.mjs';
import { lastWords, run } from './run.mjs';
import { say, SetupError } from './say.mjs';
import { NEEDS } from './system-needs.mjs';
import { ensureSystem } from './system.mjs';

const BINARY = 'better_sqlite3.node';
const NODE_GYP = ['node_modules', 'node-gyp', 'bin', 'node-gyp.js'];
const INSTALLED = path.join(MODULES, 'better-sqlite3', 'build', 'Release', BINARY);

/**
 * The first Electron with Node-API 10, which the binary that ships with better-sqlite3 needs. That binary crashes under an older one, for
 * which it is compiled once for all runtimes.
 */
export const FIRST_ELECTRON_WITH_NODE_API_10 = 35;

/**
 * Makes sure that better-sqlite3 loads in the Electron that was chosen, and in Node.
 * @param {import('./electron.mjs').ElectronChoice} electron
 */
export async function ensureSqlite(electron) {
  if (Number.parseInt(electron.version, 10) >= FIRST_ELECTRON_WITH_NODE_API_10) return;
  const compiled = path.join(
    TOOLS,
    `better-sqlite3-${installedVersion('better-sqlite3')}-${process.platform}-${process.arch}.node`,
  );
  if (!existsSync(compiled)) await compile(compiled, electron);
  if (existsSync(INSTALLED) && sameFile(INSTALLED, compiled)) return;
  mkdirSync(path.dirname(INSTALLED), { recursive: true });
  copyFileSync(compiled, `${INSTALLED}.new`);
  renameSync(`${INSTALLED}.new`, INSTALLED);
}

/**
 * @param {string} target
 * @param {import('./electron.mjs').ElectronChoice} electron
 */
async function compile(target, electron) {
  await ensureSystem(NEEDS.COMPILER, 'compiling better-sqlite3 needs');
  const headers = await headersFolder();
  say(`Compiling better-sqlite3 once for Electron ${electron.version} (about a minute and a half)…`);
  await inPlainFolder(async (folder) => {
    const copy = layOut(folder, headers);
    const args = [path.join(folder, ...NODE_GYP)];
    // In the environment, because node-gyp prefers a `nodedir` in npm's own settings to one on its command line.
    const env = { ...process.env, npm_config_nodedir: path.join(folder, 'headers'), TMPDIR: folder };
    const result = await run(process.execPath, [...args, 'rebuild', '--release', '--force_build=1'], {
      cwd: copy,
      env,
    });
    const built = path.join(copy, 'build', 'Release', BINARY);
    if (!result.ok || !existsSync(built)) throw new SetupError(whyNotCompiled(result.output));
    // In its final place: the system may forbid loading programs from the temporary folder.
    const trial = target.replace(/\.node$/, '.new.node');
    copyFileSync(built, trial);
    await checkLoads(trial, electron);
    renameSync(trial, target);
  });
  say('better-sqlite3 is compiled.');
}

/**
 * What make and the compiler see, under short and plain names. All of it is copied: gyp resolves links, and make splits the paths that it
 * finds.
 * @returns {string} the folder of the source
 * @param {string} folder
 * @param {string} headers
 */
function layOut(folder, headers) {
  const copy = path.join(folder, 'source');
  const modules = path.join(folder, 'node_modules');
  const copyPackage = (/** @type {string} */ name, /** @type {string} */ target, without = /(?!)/) =>
    cpSync(path.join(MODULES, name), target, {
      recursive: true,
      filter: (file) => !without.test(path.relative(path.join(MODULES, name), file)),
    });
  copyPackage('better-sqlite3', copy, /^(build|prebuilds)$/);
  copyPackage('node-addon-api', path.join(copy, 'node_modules', 'node-addon-api'));
  copyPackage('node-gyp', path.join(modules, 'node-gyp'));
  cpSync(path.join(headers, 'include', 'node'), path.join(folder, 'headers', 'include', 'node'), {
    recursive: true,
  });
  useNoFixedNodeApi(path.join(copy, 'binding.gyp'));
  // What node-gyp itself imports is loaded by Node, which takes any path.
  for (const name of readdirSync(MODULES))
    if (name !== 'node-gyp' && !name.startsWith('.'))
      symlinkSync(path.join(MODULES, name), path.join(modules, name), 'junction');
  return copy;
}

/** @param {string} output */
function whyNotCompiled(output) {
  const log = path.join(TOOLS, 'better-sqlite3-build.log');
  writeFileSync(log, output);
  const cause = causeOf(output);
  if (cause) {
    return `better-sqlite3 could not be compiled: ${cause.what}. ${cause.cure}, and run the same command again. The full output is in ${log}.`;
  }
  return `better-sqlite3 could not be compiled (${lastWords(output, /error/i)}): see ${log}, and check that a C++20 compiler and Python 3 work.`;
}

/**
 * With Node-API's version left open the binary needs nothing newer than Electron 33 has, and one file serves every runtime from Node 20 on.
 * @param {string} file
 */
function useNoFixedNodeApi(file) {
  const text = readFileSync(file, 'utf8');
  const changed = text.replace('NAPI_VERSION=10', 'NAPI_EXPERIMENTAL');
  if (changed === text) {
    throw new SetupError(
      `better-sqlite3 ${installedVersion('better-sqlite3')} names its Node-API version elsewhere now: adapt build/setup/sqlite.mjs.`,
    );
  }
  writeFileSync(file, changed);
}

/**
 * A binary for the wrong runtime does not fail, it crashes: so it has to open a database here first.
 * @param {string} file
 * @param {import('./electron.mjs').ElectronChoice} electron
 */
async function checkLoads(file, electron) {
  const module = JSON.stringify(path.join(MODULES, 'better-sqlite3'));
  const code = `new (require(${module}))(':memory:', { nativeBinding: ${JSON.stringify(file)} }).close()`;
  const programs = [process.execPath];
  if (electron.kind === 'stand-in') programs.push(path.join(electron.folder, 'electron'));
  for (const program of programs) {
    const result = await run(program, ['-e', code], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    if (!result.ok) {
      rmSync(file, { force: true });
      throw new SetupError(
        `better-sqlite3 was compiled but does not run in ${program} (${lastWords(result.output)}): delete .tools and run the same command again, and report it if it happens again.`,
      );
    }
  }
}

/** The headers of the running Node where they came with it, else those of the Node of `.tools`. */
async function headersFolder() {
  const own = path.resolve(path.dirname(process.execPath), '..');
  if (existsSync(path.join(own, 'include', 'node', 'node_api.h'))) return own;
  await ensureNode();
  return toolNodeFolder();
}

/**
 * @param {string} one
 * @param {string} other
 */
function sameFile(one, other) {
  return readFileSync(one).equals(readFileSync(other));
}
