/**
 * What a delivery has behind it. 0: what became of each of its attempts is known. 1: of one nobody knows it, because no answer came to a
 * request that had gone out. 2: something went out after that, so it may have arrived twice.
 */
export type RepeatRisk = 0 | 1 | 2;

/** What an attempt left at the push service: nothing, a message that it answered, or one of which nobody knows. */
export type Trace = 'none' | 'answered' | 'unanswered';

/** The risk of a delivery after one attempt more. It never goes down. */
export function riskAfter(before: RepeatRisk, trace: Trace): RepeatRisk {
  if (trace === 'none') return before;
  if (before > 0) return 2;
  return trace === 'unanswered' ? 1 : 0;
}
