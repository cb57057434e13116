import { SetupError } from './say.mjs';
import { lastWords, run } from './run.mjs';

const TEN_MINUTES = 600_000;

/** npm's own waits between its three tries add up to more than a minute, with a silent screen. */
const PATIENCE = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/**
 * Runs the npm that started us, or else the one on the PATH, without install scripts: nothing here needs them.
 * @param {readonly string[]} args
 * @param {string} purpose completes the sentence "Could not …"
 */
export async function npm(args, purpose) {
  const cli = process.env.npm_execpath;
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...PATIENCE];
  const result = cli?.endsWith('npm-cli.js')
    ? await run(process.execPath, [cli, ...args, ...quiet], { timeoutMs: TEN_MINUTES })
    : await run('npm', [...args, ...quiet], { timeoutMs: TEN_MINUTES, shell: process.platform === 'win32' });
  if (result.ok) return;
  const cause = result.timedOut ? 'no end after ten minutes' : complaint(result.output);
  throw new SetupError(
    `Could not ${purpose} (${cause}): check the connection to the npm registry and run the same command again.`,
  );
}

/** The first sentence of npm's complaint: what follows it is advice on npm. */
function complaint(output) {
  const line = /^npm error (?!code |errno |syscall )(.+)$/m.exec(output)?.[1];
  return line ?? lastWords(output);
}
