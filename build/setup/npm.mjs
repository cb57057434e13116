import { causeOf } from './causes.mjs';
import { SetupError } from './say.mjs';
import { lastWords, run } from './run.mjs';

const TEN_MINUTES = 600000;

/** npm's own waits between its three tries add up to more than a minute without a word on screen. */
const PATIENCE = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** npm only warns about files that it could not write, and reports success. */
const INCOMPLETE = /TAR_ENTRY_ERROR/;

/** npm says that it does not run on this Node, or crashes in its own files without explanation. */
const UNFIT = /npm v[\d.]+ (?:is known not to run on|does not support) Node|[\\/]npm[\\/](?:lib|bin)[\\/]/;

/**
 * Runs the npm that started us, or else the one on the PATH, without install scripts: nothing here needs them.
 * @param {readonly string[]} args
 * @param {string} purpose completes the sentence "Could not …"
 */
export async function npm(args, purpose) {
  const cli = process.env['npm_execpath'] || '';
  // Warnings are collected because one of them means a failure.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=warn', ...PATIENCE];
  const result = cli.endsWith('npm-cli.js')
    ? await run(process.execPath, [cli, ...args, ...quiet], { timeoutMs: TEN_MINUTES })
    : await run('npm', [...args, ...quiet], { timeoutMs: TEN_MINUTES, shell: process.platform === 'win32' });
  if (result.ok && !INCOMPLETE.test(result.output)) return;
  throw new SetupError(whyNot(purpose, result));
}

/**
 * The sentence about a failed npm: what could not be done, why, and what to do.
 * @param {string} purpose completes the sentence "Could not …"
 * @param {{output: string, timedOut: boolean}} result
 */
export function whyNot(purpose, { output, timedOut }) {
  const again = 'run the same command again.';
  if (timedOut) {
    return `Could not ${purpose} (npm did not end within ten minutes): check the connection to the internet, and ${again}`;
  }
  if (/spawn npm ENOENT/.test(output)) {
    return `Could not ${purpose} (there is no npm on the PATH): install npm, and ${again}`;
  }
  const cause = causeOf(complaints(output));
  if (cause) return `Could not ${purpose}: ${cause.what}. ${cause.cure}, and ${again}`;
  if (/ENOTEMPTY/.test(output)) {
    return `Could not ${purpose} (something else writes to node_modules): wait until no other npm runs in this folder, and ${again}`;
  }
  if (UNFIT.test(output)) {
    return `Could not ${purpose}: the npm on this machine does not run on its Node, ${process.version}. Use the npm that belongs to that Node, or install Node 24 with its npm from nodejs.org, and ${again}`;
  }
  return `Could not ${purpose} (${firstComplaint(output)}): check what npm says about it, and ${again}`;
}

/**
 * All that npm calls an error, and the warnings that mean one. Other warnings name codes that did no harm.
 * @param {string} output
 */
function complaints(output) {
  const lines = output.split('\n').filter((line) => /npm (error|ERR!)/.test(line) || INCOMPLETE.test(line));
  return lines.length > 0 ? lines.join('\n') : output;
}

/**
 * The first sentence of npm's complaint: what follows it is advice about npm.
 * @param {string} output
 */
function firstComplaint(output) {
  const found = /^npm (?:error|ERR!) (?!code |errno |syscall |path |dest )(.+)$/m.exec(output);
  return found ? found[1] : lastWords(output);
}
