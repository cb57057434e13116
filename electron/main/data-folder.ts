import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { reasonOfSystem, whyNotWritable } from '../files/refused-place.ts';

/**
 * Makes the data folder where it is missing and checks that it can be written to. Synchronous: Electron must know its
 * folders before it is ready.
 */
export function prepareDataFolder(
  dataDir: string,
): { kind: 'ready' } | { kind: 'refused'; problem: Problem } {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!statSync(dataDir).isDirectory()) return refusal(dataDir, 'it is not a folder');
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return { kind: 'ready' };
  } catch (error) {
    const told = reasonOfSystem(error);
    const other = error instanceof Error ? error.message : String(error);
    return refusal(dataDir, told === null ? other : (whyNotWritable(dataDir) ?? told));
  }
}

function refusal(dataDir: string, why: string): { kind: 'refused'; problem: Problem } {
  return {
    kind: 'refused',
    problem: {
      code: 'data-folder',
      cause: `Pushdesk cannot write to its data folder, ${path.normalize(dataDir)}: ${why}.`,
      cure: 'Make it writable for your user, or set PUSHDESK_DATA_DIR to another folder. Then try again.',
    },
  };
}
