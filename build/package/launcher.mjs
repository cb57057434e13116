import { chmodSync, copyFileSync, renameSync } from 'node:fs';
import path from 'node:path';

/** Takes the place where menus, links, AppImages and people expect the program. `launcher.sh` names the binary that it starts. */
const NAME = 'pushdesk';

/**
 * On Linux, puts the launcher in the place of a packaged app's program, and moves the program beside it. Comes last: electron-builder works
 * on the program under its own name.
 * @param {string} folder of the packaged app
 */
export function placeLauncher(folder) {
  const place = path.join(folder, NAME);
  renameSync(place, `${place}.bin`);
  copyFileSync(path.join(import.meta.dirname, 'launcher.sh'), place);
  chmodSync(place, 0o755);
}
