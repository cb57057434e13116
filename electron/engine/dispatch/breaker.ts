/** The same refusal this many times in a row, with nothing else in between, does not concern just one subscription. */
const REFUSALS_IN_A_ROW = 10;
/** A proven mismatch concerns one subscription; a long run of them means that the list was assigned the wrong key. */
const MISMATCHES_IN_A_ROW = 25;

/**
 * [Note: breaker] Watches one lane for a run of the same refusal (design §5.6: one wrong key must not burn a list), and lets little out
 * until the lane is proven to work.
 */
export interface Breaker {
  /** The most that may be in flight in this lane. */
  allowance(): number;
  /** An answer that proves that key, token and message are in order. */
  onGood(): void;
  /** @returns true when the run is long enough to pause the lane */
  onRefusal(diagnosis: string, kind: 'refused' | 'mismatched'): boolean;
  /**
   * The person clicks "Try again" after a pause for this reason: one message goes first, and a single further refusal pauses the lane
   * again.
   */
  onResume(diagnosis: string): void;
}

export function createBreaker(): Breaker {
  let run = 0;
  let runOf = '';
  let longest = REFUSALS_IN_A_ROW;
  let proven = false;

  return {
    allowance: () => (proven && run === 0 ? Number.POSITIVE_INFINITY : Math.max(1, longest - run)),
    onGood() {
      run = 0;
      proven = true;
    },
    onRefusal(diagnosis, kind) {
      longest = kind === 'mismatched' ? MISMATCHES_IN_A_ROW : REFUSALS_IN_A_ROW;
      run = diagnosis === runOf ? run + 1 : 1;
      runOf = diagnosis;
      return run >= longest;
    },
    onResume(diagnosis) {
      proven = false;
      runOf = diagnosis;
      run = longest - 1;
    },
  };
}
