import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Chromium still writes after this program has run its last line, so the folder is removed from outside, and once more because of its
 * helpers.
 */
const REMOVE_AFTER =
  'while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf -- "$2"; sleep 1; rm -rf -- "$2"';

/** A folder for a run that has no other. It goes when the process does: nothing in it is worth keeping. */
export function makeTemporaryHome(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-'));
  process.once('exit', () => {
    if (process.platform === 'win32') {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      return;
    }
    spawn('sh', ['-c', REMOVE_AFTER, 'sh', String(process.pid), folder], { detached: true, stdio: 'ignore' })
      // Without a shell it stays; there is nobody left to tell.
      .once('error', () => undefined)
      .unref();
  });
  return folder;
}
