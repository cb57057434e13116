export interface CommandInput {
  /** Absolute path. */
  readonly dataDir: string;
  /** The words after the name of the command. */
  readonly words: readonly string[];
  readonly flags: Flags;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** One line for people. */
  readonly say: (line: string) => void;
  /** A line in addition to what was asked for, written where a script does not read it. */
  readonly remark: (line: string) => void;
  /** The port that the engine of this machine was meant to have. */
  readonly port: number;
}

export interface Flags {
  /** How many backups stay in a folder; `null`: all. */
  readonly keep: number | null;
  readonly withoutKeys: boolean;
  /** As they were written; `null`: they were not given. */
  readonly name: string | null;
  readonly scope: string | null;
  readonly expiresInDays: number | null;
}

/** Runs and returns the exit code. */
export type Command = (input: CommandInput) => Promise<0 | 1>;

/** Where the private keys of a backup lie. */
export const keysBeside = (file: string) => `${file}.keys.json`;

const numbers = new Intl.NumberFormat('en');

export const countOf = (count: number, what: string) =>
  `${numbers.format(count)} ${what}${count === 1 ? '' : 's'}`;

export const sizeOf = (bytes: number) =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
