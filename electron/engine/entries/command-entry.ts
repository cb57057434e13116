import { homedir } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { runCommand } from './headless/commands/run-command.ts';

// A program of its own: it is run every half minute to ask about the engine's health, and would otherwise have to load the whole engine
// first.

// Nobody else may read what this process creates, whichever library creates it. On a thread of the app, the app has taken care of that.
if (isMainThread) process.umask(0o077);

const machine = { env: process.env, platform: process.platform, home: homedir() };
const say = (line: string) => {
  process.stdout.write(`${line}\n`);
};
const complain = (line: string) => {
  process.stderr.write(`${line}\n`);
};
process.exit(await runCommand(process.argv.slice(2), { machine, now: Date.now(), say, complain }));
