import type { WorkerFile, WorkerRun } from '../../../../contract/worker-check.ts';

/** What the sandbox is given: plain data, handed over as JSON. */
export interface SandboxJob {
  script: string;
  /** Absolute. */
  scriptUrl: string;
  files: readonly WorkerFile[];
  /** What the push carries. */
  payload: string;
  /** For all of it together. */
  limitMs: number;
}

export type SandboxAnswer = WorkerRun;

/** How long the worker may compute, all its runs together. */
export const RUN_LIMIT_MS = 4_000;
/** When the process is ended from outside: it has had time to start, and to tell what there was. */
export const KILL_AFTER_MS = 12_000;
/** What the process may say, in characters. */
export const MAX_ANSWER = 3_000_000;

/** A run of which nothing is known. @param stopped why it came to no end; `null`: it may still */
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
