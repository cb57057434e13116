/** What the store can refuse: a step of a campaign, or to bring a claim to the disk. */
export type StoreWork = 'step' | 'flush';

/** Knows whether the store refuses work. What it refused last counts until it takes the same again. */
export interface StoreRefusals {
  refused(work: StoreWork, error: unknown): void;
  taken(work: StoreWork): void;
  isRefusing(): boolean;
}

/** @param onChange told the error of each refusal, and `null` once the store takes things again */
export function createStoreRefusals(onChange: (error: unknown) => void): StoreRefusals {
  let last: StoreWork | null = null;
  return {
    refused(work, error) {
      last = work;
      onChange(error);
    },
    taken(work) {
      if (last !== work) return;
      last = null;
      onChange(null);
    },
    isRefusing: () => last !== null,
  };
}
