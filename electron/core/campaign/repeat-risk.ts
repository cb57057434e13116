/**
 * What has happened to a delivery so far. 0: the outcome of each attempt is known. 1: the outcome of one is unknown, because no answer came
 * to a request that had gone out. 2: something was sent after that, so it may have arrived twice.
 */
export type RepeatRisk = 0 | 1 | 2;

/** What an attempt left at the push service: nothing, a message that it answered, or one whose outcome is unknown. */
export type Trace = 'none' | 'answered' | 'unanswered';

/** The risk of a delivery after one more attempt. It never goes down. */
export function riskAfter(before: RepeatRisk, trace: Trace): RepeatRisk {
  if (trace === 'none') return before;
  if (before > 0) return 2;
  return trace === 'unanswered' ? 1 : 0;
}
