/** What the store can refuse: a step of a campaign, or bringing a claim to disk. */
export type StoreWork = 'step' | 'flush';

/** Knows whether the store is refusing work. A refusal stands until the store accepts the same kind of work again. */
export interface StoreRefusals {
  refused(work: StoreWork, error: unknown): void;
  taken(work: StoreWork): void;
  isRefusing(): boolean;
}

/** @param onChange called with the error of each refusal, and with `null` once the store accepts things again */
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
