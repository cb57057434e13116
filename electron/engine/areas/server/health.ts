import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import type { KeyPair } from '../../../contract/keys.ts';
import type { Problem } from '../../../contract/problem.ts';
import { whyNotWritable } from '../../../files/refused-place.ts';
import type { HealthProblem } from '../../http/public-routes.ts';

/** With less than this, SQLite may soon be unable to write its log back. */
const LEAST_FREE_BYTES = 20e6;

export interface HealthOptions {
  /** Path of the store. */
  file: string;
  storeProblem: () => Problem | null;
  keys: { list(): Pick<KeyPair, 'inUse' | 'privateHalf'>[] };
  /** Bytes that this user has free on the disk of a folder. */
  freeBytes?: (folder: string) => number;
}

/** What keeps the engine from storing or sending at the moment, in words that anyone may read. */
export function createHealth({ file, storeProblem, keys, freeBytes = freeOnDisk }: HealthOptions) {
  return (): HealthProblem[] => {
    const isFull = storeProblem()?.code === 'disk-full' || freeBytes(path.dirname(file)) < LEAST_FREE_BYTES;
    const isRefusing =
      (storeProblem() !== null && !isFull) || !existsSync(file) || whyNotWritable(file) !== null;
    const isLocked = keys.list().some(({ inUse, privateHalf }) => inUse && privateHalf !== 'ready');
    return [
      ...(isFull ? ['disk-full' as const] : []),
      ...(isRefusing ? ['store-not-writable' as const] : []),
      ...(isLocked ? ['keys-locked' as const] : []),
    ];
  };
}

function freeOnDisk(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // The store reports this itself.
    return Infinity;
  }
}
