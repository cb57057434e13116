import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makePrivateFile } from '../../files/private-file.ts';

const MAX_BYTES = 5_000_000;

export interface LogFile {
  readonly file: string;
  write(line: string): void;
  close(): void;
}

/**
 * `pushdesk.log` in the data folder: JSON lines that only this user can read. When it grows too large it becomes `pushdesk.old.log`,
 * replacing the previous one. Each line is written at once, so that the last one before a crash is there.
 */
export function openLogFile(folder: string, mostBytes = MAX_BYTES): LogFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'pushdesk.log');
  let opened = open(file);
  let isClosed = false;

  const turnOver = () => {
    closeSync(opened.descriptor);
    renameSync(file, path.join(folder, 'pushdesk.old.log'));
    opened = open(file);
  };

  return {
    file,
    write(line) {
      if (isClosed) return;
      if (opened.bytes > mostBytes) turnOver();
      try {
        opened.bytes += writeSync(opened.descriptor, line);
      } catch {
        // A full disk, which stops the log, must not take the engine down too.
      }
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      closeSync(opened.descriptor);
    },
  };
}

function open(file: string): { descriptor: number; bytes: number } {
  makePrivateFile(file);
  const descriptor = openSync(file, 'a', 0o600);
  return { descriptor, bytes: fstatSync(descriptor).size };
}
