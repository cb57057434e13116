import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { prepareDataFolder } from './data-folder.ts';
import type { Paths } from './paths.ts';
import type { KnownWorkspace } from './workspace-list.ts';

/** What the terminal is told: where the server is, and why it is not where it was wanted. */
export function readyLines(what: string, url: string | null, problem: Problem | null): string {
  const off = problem === null ? 'its server is off' : 'its server could not start';
  return `${what} is ready: ${url ?? off}\n${problem === null ? '' : `${problem.cause} ${problem.cure}\n`}`;
}

/** A folder that was opened before is not made anew: it may be on a disk that is not connected. */
export function missingFolder(known: KnownWorkspace): Problem | null {
  if (known.kind !== 'folder' || existsSync(known.path)) return null;
  return {
    code: 'workspace-folder-missing',
    cause: `The folder ${known.path} does not exist.`,
    cure: 'If it is on another disk, connect it and try again. If you moved it, open it at its new place with File → Open workspace.',
  };
}

/** What keeps a workspace from opening: its folder, or a missing part of the app. `dataDir` `null`: it has no folder. */
export function findProblem(paths: Paths, dataDir: string | null): Problem | null {
  const folder = dataDir === null ? null : prepareDataFolder(dataDir);
  if (folder?.kind === 'refused') return folder.problem;
  const missing = [path.join(paths.rendererDir, 'index.html'), paths.engineWorker].find(
    (file) => !existsSync(file),
  );
  if (missing === undefined) return null;
  return {
    code: 'app-files',
    cause: `A part of Pushdesk is missing: ${missing}.`,
    cure: 'Reinstall Pushdesk. If you run it from source, run "npm run build".',
  };
}
