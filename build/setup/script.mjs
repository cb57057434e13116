import { causeOf } from './causes.mjs';
import { onCurrentNode } from './node.mjs';
import { SetupError } from './say.mjs';

/**
 * @typedef {object} Script
 * @property {string} usage how it is called: `npm run setup [-- --tests]`
 * @property {string} about what it does, in a sentence or two
 * @property {{[option: string]: string}} [options] each option that it knows, and what that does
 * @property {{[argument: string]: string}} [words] each argument that is no option, and what that does
 * @property {{[command: string]: string}} [commands] each first argument that takes all that follow it, and what that does
 * @property {string} [passesOn] who gets the arguments that are not known here; without it an unknown argument is refused
 * @property {(args: readonly string[]) => Promise<number | void>} main runs on a current Node; resolves with the exit code
 */

/**
 * Runs a script of the project to its end, and sets the exit code. `--help` prints its help and does nothing else; an unknown argument is
 * refused before anything is done. A `SetupError` becomes its one sentence, any other error its cause and cure, and both exit with 1.
 *
 * This file and all that it imports run on whatever Node the machine has, down to 12.20. What `main` imports need not.
 * @param {Script} script
 */
export function runScript(script) {
  return ended(async () => {
    const args = process.argv.slice(2);
    if (args[0] === '-h' || (script.passesOn ? args[0] === '--help' : args.includes('--help'))) {
      console.log(helpOf(script));
      return 0;
    }
    checkArguments(script, args);
    return onCurrentNode(() => script.main(args));
  });
}

/**
 * Runs to the end of `main`, and sets the exit code.
 * @param {() => Promise<number | void>} main
 */
export async function ended(main) {
  try {
    process.exitCode = (await main()) || 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}

/**
 * What to print of an error: one sentence where it is known, its stack where PUSHDESK_DEBUG is set.
 * @param {unknown} error
 */
export function sentenceFor(error) {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SetupError) return error.message;
  if (process.env['PUSHDESK_DEBUG']) return error.stack;
  const known = causeOf(error.message);
  return known ? `${error.message}. ${known.cure}, and run the same command again.` : error.message;
}

/**
 * @param {Script} script
 * @param {readonly string[]} args
 */
export function checkArguments({ usage, options = {}, words = {}, commands = {}, passesOn }, args) {
  if (passesOn || Object.keys(commands).includes(String(args[0]))) return;
  const unknown = args.find((arg) => !Object.keys({ ...options, ...words }).includes(arg));
  if (unknown === undefined) return;
  const kind = unknown.startsWith('-') ? 'option' : 'argument';
  const known = [...Object.keys(words), ...Object.keys(commands), ...Object.keys(options)];
  const choice = known.length > 0 ? `choose from ${known.join(', ')}` : 'it takes none';
  throw new SetupError(`There is no ${kind} ${unknown}: ${choice}. Usage: ${usage}`);
}

/** @param {Script} script */
export function helpOf({ usage, about, options = {}, words = {}, commands = {}, passesOn }) {
  const rows = Object.entries({ ...words, ...commands, ...options, '--help': 'Prints this.' });
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `Usage: ${usage}`,
    '',
    about,
    ...(passesOn ? [`All other arguments go to ${passesOn}.`] : []),
    '',
    ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`),
  ].join('\n');
}
