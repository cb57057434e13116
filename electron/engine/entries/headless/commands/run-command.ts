import { withoutScreens } from '../../../serve/without-screens.ts';
import { problemOfStart } from '../../start-problem.ts';
import { readHeadlessEnvironment, type Machine } from '../headless-environment.ts';
import { backUp } from './back-up.ts';
import type { Command, Flags } from './command.ts';
import { health } from './health.ts';
import { restore } from './restore.ts';
import { createToken, listTokens, revokeToken } from './token.ts';

const DEFAULT_PORT = 4830;

interface Known {
  readonly run: Command;
  /** How it is written, shown to anyone who writes it differently. */
  readonly usage: string;
  readonly words: number;
  readonly flags: readonly string[];
}

const COMMANDS: Readonly<Partial<Record<string, Known>>> = {
  backup: {
    run: backUp,
    usage: 'backup FILE, or backup FOLDER --keep 7',
    words: 1,
    flags: ['--keep', '--without-keys'],
  },
  restore: { run: restore, usage: 'restore FILE', words: 1, flags: [] },
  health: { run: health, usage: 'health', words: 0, flags: [] },
  'token create': {
    run: createToken,
    usage: 'token create --name NAME --scope owner|send|read|subscribe [--expires-in-days 90]',
    words: 0,
    flags: ['--name', '--scope', '--expires-in-days'],
  },
  'token list': { run: listTokens, usage: 'token list', words: 0, flags: [] },
  'token revoke': { run: revokeToken, usage: 'token revoke ID', words: 1, flags: [] },
};

/**
 * Runs what the command line asks for, with or without a running engine.
 *
 * @param args what follows the name of the program; the first is the name of the command
 * @returns the exit code
 */
export async function runCommand(
  args: readonly string[],
  {
    machine,
    now,
    say,
    complain,
  }: {
    machine: Machine;
    now: number;
    say: (line: string) => void;
    /** One line for people, if something is wrong. */
    complain: (line: string) => void;
  },
): Promise<0 | 1> {
  const [first = '', second = '', ...others] = args;
  const isToken = first === 'token';
  const name = isToken ? `${first} ${second}` : first;
  const rest = isToken ? others : args.slice(1);
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const read = known === undefined ? null : readArguments(rest, known);
  if (known === undefined || read === null) {
    const meant = Object.entries(COMMANDS).filter(([one]) => !isToken || one.startsWith('token '));
    const usages = known === undefined ? meant.map(([, one]) => one) : [known];
    complain(`Use ${usages.map((one) => one?.usage).join('; ')}.`);
    return 1;
  }
  let dataDir = '';
  try {
    const environment = readHeadlessEnvironment(machine);
    dataDir = environment.dataDir;
    const port = environment.port ?? DEFAULT_PORT;
    return await known.run({ ...read, dataDir, now, say, remark: complain, port });
  } catch (error) {
    const { cause, cure } = withoutScreens(problemOfStart(error, dataDir));
    complain(`${cause} ${cure}`);
    return 1;
  }
}

/** Flags that take a number. */
const NUMBERS: readonly string[] = ['--keep', '--expires-in-days'];
/** Flags without a value. */
const ALONE: readonly string[] = ['--without-keys'];

function readArguments(
  args: readonly string[],
  { words: most, flags: allowed }: Known,
): { words: string[]; flags: Flags } | null {
  const words: string[] = [];
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('--')) words.push(arg);
    else if (!allowed.includes(arg) || values.has(arg)) return null;
    else if (ALONE.includes(arg)) values.set(arg, '');
    else {
      at += 1;
      const value = args[at] ?? '';
      if (value === '' || (NUMBERS.includes(arg) && !/^[1-9]\d{0,4}$/.test(value))) return null;
      values.set(arg, value);
    }
  }
  const isRight = words.length === most && words.every((word) => word !== '');
  if (!isRight) return null;
  const text = (flag: string) => values.get(flag) ?? null;
  const count = (flag: string) => (values.has(flag) ? Number(values.get(flag)) : null);
  return {
    words,
    flags: {
      keep: count('--keep'),
      withoutKeys: values.has('--without-keys'),
      name: text('--name'),
      scope: text('--scope'),
      expiresInDays: count('--expires-in-days'),
    },
  };
}
