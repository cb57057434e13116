import { withoutScreens } from '../../../serve/without-screens.ts';
import { problemOfStart } from '../../start-problem.ts';
import { readHeadlessEnvironment, type Machine } from '../headless-environment.ts';
import { backUp } from './back-up.ts';
import type { Command, Flags } from './command.ts';
import { health } from './health.ts';
import { restore } from './restore.ts';

const DEFAULT_PORT = 4830;

interface Known {
  readonly run: Command;
  /** How it is written, for who writes it otherwise. */
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
};

/**
 * Runs what the words of the command line ask for, beside an engine or without one.
 *
 * @param args what stands behind the name of the program; the first is the name of the command
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
    /** One line for people, where something is wrong. */
    complain: (line: string) => void;
  },
): Promise<0 | 1> {
  const [name = '', ...rest] = args;
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const read = known === undefined ? null : readArguments(rest, known);
  if (known === undefined || read === null) {
    const usages = known === undefined ? Object.values(COMMANDS) : [known];
    complain(`Use ${usages.map((one) => one?.usage).join('; ')}.`);
    return 1;
  }
  let dataDir = '';
  try {
    const environment = readHeadlessEnvironment(machine);
    dataDir = environment.dataDir;
    const port = environment.port ?? DEFAULT_PORT;
    return await known.run({ ...read, dataDir, now, say, port });
  } catch (error) {
    const { cause, cure } = withoutScreens(problemOfStart(error, dataDir));
    complain(`${cause} ${cure}`);
    return 1;
  }
}

function readArguments(
  args: readonly string[],
  { words: most, flags: allowed }: Known,
): { words: string[]; flags: Flags } | null {
  const words: string[] = [];
  let keep: number | null = null;
  let withoutKeys = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('--')) words.push(arg);
    else if (!allowed.includes(arg)) return null;
    else if (arg === '--without-keys') withoutKeys = true;
    else {
      at += 1;
      const value = args[at] ?? '';
      if (!/^[1-9]\d{0,4}$/.test(value)) return null;
      keep = Number(value);
    }
  }
  const isRight = words.length === most && words.every((word) => word !== '');
  return isRight ? { words, flags: { keep, withoutKeys } } : null;
}
