import { Worker } from 'node:worker_threads';
import type { Readable } from 'node:stream';

/** The outcome of a backup, in words for the person. */
export interface BackedUp {
  readonly isDone: boolean;
  /** Sentences: what was backed up and where, or why it was not. */
  readonly lines: readonly string[];
}

/**
 * Backs up a data folder with the same command as on a server, on a thread of its own: it may take a while, and neither window nor engine
 * waits for it. The store may be in use.
 *
 * @param program path of the command's program
 * @param dataDir absolute path
 * @param file where to; only an older backup is replaced
 */
export async function backUp(program: string, dataDir: string, file: string): Promise<BackedUp> {
  const worker = new Worker(program, {
    argv: ['backup', file],
    env: { ...process.env, PUSHDESK_DATA_DIR: dataDir },
    stdout: true,
    stderr: true,
  });
  const said = textOf(worker.stdout);
  const complained = textOf(worker.stderr);
  const code = await new Promise<number>((resolve) => {
    let defect = false;
    worker.once('error', () => {
      defect = true;
    });
    worker.once('exit', (exitCode) => {
      resolve(defect ? 1 : exitCode);
    });
  });
  const isDone = code === 0;
  const lines = (isDone ? await said : await complained).split('\n').filter((line) => line !== '');
  return { isDone, lines: isDone || lines.length > 0 ? lines : [UNKNOWN] };
}

const UNKNOWN = 'The backup failed. Look in the log file in the data folder, then try again.';

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const piece of stream) text += String(piece);
  return text;
}

/** @param now milliseconds since 1970. @returns the name that is suggested, with the date here */
export function backupName(now: number): string {
  const at = new Date(now);
  const two = (number: number) => String(number).padStart(2, '0');
  return `pushdesk-${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}.db`;
}
