import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { makeTempFolder } from './make-temp-folder.ts';

export interface SmallDisk {
  readonly folder: string;
  /** Uses up all the room that is left. */
  fill(): void;
  free(): void;
}

const mount = (folder: string, size: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' }).status ===
  0;
const unmount = (folder: string) => spawnSync('umount', ['--lazy', folder], { stdio: 'ignore' });

/** Whether a test can have a separate disk on this machine: not every user may mount one. */
export function mayMount(): boolean {
  const { folder, remove } = makeTempFolder('pushdesk-disk');
  const may = process.platform === 'linux' && mount(folder, '1m');
  if (may) unmount(folder);
  remove();
  return may;
}

/** A real file system with little room, until the test has finished. @param size as `mount` takes it: `8m` */
export function smallDisk(size: string): SmallDisk {
  const folder = tempFolder();
  if (!mount(folder, size)) throw new Error('No disk could be mounted.');
  onTestFinished(() => {
    unmount(folder);
  });
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a');
      try {
        for (const piece of [65_536, 1]) fillWith(file, Buffer.alloc(piece));
      } finally {
        closeSync(file);
      }
    },
    free() {
      rmSync(ballast, { force: true });
    },
  };
}

function fillWith(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
