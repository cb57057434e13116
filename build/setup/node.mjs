import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { MODULES, TOOLS } from './paths.mjs';
import { isPinned, PINS } from './pins.mjs';
import { lastWords, run, runInForeground } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** The Node that scripts and tests use where the machine's own is too old: what the npm package `node@24` installs. */
const NODE_VERSION = '24.21.0';
/** The npm that goes with it: an old Node's npm cannot read our lock file, and does not run on a new Node. */
const NPM_VERSION = '11.21.2';
const FOLDER = path.join(TOOLS, `node-${NODE_VERSION}`);
const PROOF = path.join(FOLDER, 'works');
const PROVEN = `${NODE_VERSION} with npm ${NPM_VERSION}\n`;

/**
 * Whether a Node runs TypeScript without a flag, as the scripts need, and loads the prebuilt better-sqlite3 (Node-API 10).
 * @param {string} version
 */
export function isCurrent(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major === 22) return minor >= 18;
  return major === 24 || major >= 26;
}

/**
 * Runs a script on a current Node: in this process if its Node is current, else in a child with one that is.
 * @param {() => Promise<number | void>} main
 * @returns {Promise<number | void>} the exit code
 */
export async function onCurrentNode(main) {
  if (isCurrent(process.version)) return main();
  const node = await ensureNode();
  return runInForeground(node, process.argv.slice(1), {
    env: { ...toolEnv(node), npm_execpath: path.join(FOLDER, 'node_modules', 'npm', 'bin', 'npm-cli.js') },
  });
}

/** Installs the Node of `.tools` and its npm if they are missing, and returns the path of the Node. */
export async function ensureNode() {
  const node = toolNode();
  if (existsSync(PROOF) && readFileSync(PROOF, 'utf8') === PROVEN) return node;
  say(
    `Installing Node ${NODE_VERSION} for the scripts: this machine has ${process.version}, but the tools need 22.18 or later…`,
  );
  if (PINS[`${packageName()}@${NODE_VERSION}`] === undefined) {
    throw new SetupError(
      `This machine has Node ${process.version}, but the tools need 22.18 or later: install Node 24 from nodejs.org and run the same command again.`,
    );
  }
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'package.json'), '{"private":true}\n');
  const packages = [`${packageName()}@${NODE_VERSION}`, `npm@${NPM_VERSION}`];
  await npm(['install', '--prefix', FOLDER, '--no-save', ...packages], `install Node ${NODE_VERSION}`);
  if (!isPinned(FOLDER, packageName(), NODE_VERSION) || !isPinned(FOLDER, 'npm', NPM_VERSION)) {
    throw new SetupError(
      `What the npm registry sent for Node ${NODE_VERSION} is not the expected file, so it is not used: delete the folder .tools and run the same command again, and report it if it happens again.`,
    );
  }
  const check = await run(node, ['--version']);
  if (!check.ok) {
    throw new SetupError(
      `Node ${NODE_VERSION} does not run here (${lastWords(check.output)}): install Node 24 from nodejs.org, delete the folder .tools, and run the same command again.`,
    );
  }
  writeFileSync(PROOF, PROVEN);
  return node;
}

/** Where the Node of `.tools` is, installed or not. */
export function toolNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(toolNodeFolder(), 'bin', file);
}

/** Its folder, with the headers that native modules are compiled against in `include/node`. */
export function toolNodeFolder() {
  return path.join(FOLDER, 'node_modules', packageName());
}

/** The `node` package is a wrapper around one package per platform. It needs an install script; these do not. */
function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return [prefix, platform, process.arch].join('-');
}

/** The environment for children: this project's programs and the given Node come first on the PATH. */
export function toolEnv(node = process.execPath) {
  const first = [path.dirname(node), path.join(MODULES, '.bin')];
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') || 'PATH';
  return { ...process.env, [key]: [...first, process.env[key]].join(path.delimiter) };
}
