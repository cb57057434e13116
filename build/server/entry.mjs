import path from 'node:path';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENGINE_NODE_FLAGS } from '../launch/node-flags.mjs';
import { VARIABLES_HELP } from '../launch/variables.mjs';
import { runInForeground } from '../setup/run.mjs';
import { flagsForThreads } from '../setup/v8-flags.mjs';

/**
 * Becomes `server.mjs` of the server's package: checks whether this Node will do, and runs the engine until it is asked to end. It has to
 * run on an old Node, if only to say that it is too old.
 */
const FOLDER = path.dirname(fileURLToPath(import.meta.url));
const PROGRAMS = path.join(FOLDER, 'out', 'engine');

/** What the compiled part needs: with an older one the process would die without a word. */
const NODE_API = 10;

const HELP = `Usage: node server.mjs

       node server.mjs backup FILE        copies the store and the private keys, also while it runs
       node server.mjs backup FOLDER --keep 7
       node server.mjs restore FILE       puts a copy in the place of the store
       node server.mjs token create --name NAME --scope owner|send|read|subscribe [--expires-in-days 90]
       node server.mjs token list         shows the access tokens; token revoke ID ends one
       node server.mjs worker             sends for the engine whose database PUSHDESK_WORKERS names
       node server.mjs health             asks the one that runs how it is; exit code 0: all is well

Runs Pushdesk's engine without a window until Ctrl+C or SIGTERM. It is configured by environment variables:

${VARIABLES_HELP}

For more, see README.md and docs/local-api.md beside this file.

  --help     Prints this.
  --version  Prints the version.`;

/** Which program does it. */
const COMMANDS = {
  backup: 'command.mjs',
  restore: 'command.mjs',
  health: 'command.mjs',
  token: 'command.mjs',
  worker: 'headless.mjs',
};

const args = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(path.join(FOLDER, 'package.json'), 'utf8'));

if (args.includes('--help') || args.includes('-h')) console.log(HELP);
else if (args.includes('--version')) console.log(version);
else if (args.length > 0 && !Object.keys(COMMANDS).includes(args[0] ?? ''))
  fail(`There is no argument ${args[0]}: node server.mjs --help shows what there is.`);
else if (!(Number(process.versions['napi']) >= NODE_API)) {
  fail(
    `Pushdesk's server needs Node 22.14 or later (this is ${process.version}, with Node-API ${process.versions['napi']} where ${NODE_API} is needed): install a newer Node from nodejs.org.`,
  );
} else void runProgram(COMMANDS[/** @type {keyof typeof COMMANDS} */ (args[0])] ?? 'headless.mjs');

/** @param {string} name */
async function runProgram(name) {
  const program = [...ENGINE_NODE_FLAGS, ...flagsForThreads(), path.join(PROGRAMS, name), ...args];
  // Where it can, this process becomes that program, so that no second one stays running beside it.
  if (process.execve && process.platform !== 'win32') {
    process.execve(process.execPath, [process.execPath, ...program], process.env);
  }
  process.exitCode = await runInForeground(process.execPath, program, { cwd: process.cwd() });
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
