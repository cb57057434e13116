import type { AppInfo } from '../../../electron/contract/app.ts';
import type { Scenario } from './scenario.ts';

/** The key ring of the sample engine: none, or one that is locked until it is unlocked. */
export interface SampleKeyRing {
  state(): AppInfo['keyRing'];
  unlock(): void;
}

export function createSampleKeyRing(scenario: Scenario): SampleKeyRing {
  let state: AppInfo['keyRing'] = scenario === 'locked' ? 'locked' : 'none';
  return {
    state: () => state,
    unlock() {
      state = 'ready';
    },
  };
}
