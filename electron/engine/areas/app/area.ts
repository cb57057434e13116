import type { AppInfo, LongWork, appProcedures } from '../../../contract/app.ts';
import type { changesProcedures } from '../../../contract/changes.ts';
import type { Problem } from '../../../contract/problem.ts';
import { judgeDataFolder } from '../../../files/data-folder.ts';
import type { KeyVault } from '../../keys/key-vault.ts';
import { changeStream } from '../../serve/change-stream.ts';
import type { Area } from '../area.ts';
import { createDamageStore } from './damage-store.ts';
import { createDamageWatch } from './damage-watch.ts';
import type { Ground } from '../ground.ts';

export interface AppAreaNeeds {
  vault: KeyVault;
  privateEndpointsAllowed: () => boolean;
  storeProblem: () => Problem | null;
  clockProblem: () => Problem | null;
  longWork: () => LongWork;
}

/** What runs, where, and what is wrong with it as a whole. */
export function createAppArea(
  { options, store, host, changes, log }: Ground,
  { vault, privateEndpointsAllowed, storeProblem, clockProblem, longWork }: AppAreaNeeds,
): Area<typeof appProcedures & typeof changesProcedures> {
  const damage = createDamageWatch({
    store: createDamageStore(store.db),
    dataDir: options.dataDir,
    changes,
    log,
  });
  const info = (): AppInfo => ({
    version: options.version,
    dataDir: options.dataDir,
    runtime: {
      node: process.versions.node,
      electron: options.electronVersion,
      platform: `${process.platform} ${process.arch}`,
    },
    keyProtection: vault.protection(),
    keyFile: vault.file,
    keyRing: vault.ringState(),
    privateEndpointsAllowed: privateEndpointsAllowed(),
    settingsFromEnvironment: options.fromEnvironment.variables,
    storeProblem: storeProblem(),
    clockProblem: clockProblem(),
    damageProblem: damage.problem(),
    folderProblem: judgeDataFolder(options.dataDir),
    hasDesktop: host !== null,
  });
  return {
    procedures: { info, longWork, changes: (_none, signal) => changeStream(changes, signal) },
    start: () => {
      damage.look();
    },
    tidy: () => {
      damage.lookAgain();
    },
    stop() {
      damage.stop();
      return Promise.resolve();
    },
  };
}
