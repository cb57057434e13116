import type { WorkerFile, WorkerRun } from '../../../../contract/worker-check.ts';

/** What the sandbox is given: plain data, handed over as JSON. */
export interface SandboxJob {
  script: string;
  /** Absolute. */
  scriptUrl: string;
  files: readonly WorkerFile[];
  /** The data of the push. */
  payload: string;
  /** For everything together. */
  limitMs: number;
}

/** How long the worker may compute, over all its runs. */
export const RUN_LIMIT_MS = 4_000;
/** When the process is ended from outside: by then it has had time to start and to report. */
export const KILL_AFTER_MS = 12_000;
/** How much the process may say, in characters. */
export const MAX_ANSWER = 3_000_000;

/**
 * A run about which nothing is known.
 * @param stopped why it did not finish; `null`: it still may
 */
export const emptyRun = (stopped: WorkerRun['stopped']): WorkerRun => ({
  listeners: [],
  notifications: [],
  clicks: [],
  requests: [],
  console: [],
  errors: [],
  reads: [],
  absent: [],
  lacking: [],
  badges: [],
  wait: 'none',
  isLateWait: false,
  refusedLeads: [],
  stopped,
});
