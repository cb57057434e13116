import type { RehearsalFaults } from '../../../contract/rehearsal.ts';
import type { DialectName } from '../../../core/push-services/dialects/dialect.ts';
import type { FaultEffect, FaultRuleInput } from '../../local-push-service/faults/fault.ts';

/** How late a slow answer is. */
export const SLOW_MS = 2000;
/** What a 429 asks for: long enough to be seen, short enough to wait for. */
const WAIT_SECONDS = 1;

/**
 * The local push service's rules for faults that hit requests, regardless of the sender. Only the first rule that strikes counts, so the
 * chance of each later one is relative to the requests that the earlier ones have spared.
 *
 * @param dialect only at that push service; omitted: at all of them
 */
export function faultRulesOf(faults: RehearsalFaults, dialect?: DialectName): FaultRuleInput[] {
  const where = dialect === undefined ? {} : { dialect };
  const effects: readonly (readonly [share: number, effect: FaultEffect])[] = [
    [
      faults.rateLimited,
      { kind: 'refuse', refusal: 'throttled', retryAfter: { seconds: WAIT_SECONDS, form: 'seconds' } },
    ],
    // Not a 503: there Mozilla asks for two minutes of patience, and a rehearsal would be over by then.
    [faults.serviceErrors, { kind: 'refuse', refusal: 'internal-error' }],
    // Only this request: on HTTP/2 a cut connection would take all the others with it, and the share would be wrong.
    [faults.droppedLines, { kind: 'drop', accepts: false, cut: 'stream' }],
    [faults.oddAnswers, { kind: 'odd' }],
  ];
  const rules: FaultRuleInput[] = [];
  let left = 100;
  for (const [share, effect] of effects) {
    if (share > 0) rules.push({ ...where, effect, probability: Math.min(1, share / left) });
    left -= share;
  }
  if (faults.slow > 0)
    rules.push({
      ...where,
      effect: { kind: 'delay', milliseconds: SLOW_MS },
      probability: faults.slow / 100,
    });
  return rules;
}
