import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';

/** True while another one would be refused. */
export function isGoingOn(rehearsal: Rehearsal | null): rehearsal is Rehearsal {
  return rehearsal?.state === 'registering' || rehearsal?.state === 'sending';
}
