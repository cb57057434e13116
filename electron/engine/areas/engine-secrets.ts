import type { HeldKeyPair } from '../keys/curve.ts';
import type { DatabaseAddress } from '../workers/work-queue.ts';

/** Secrets that come from outside, such as the environment of a container: they stay in memory and are never written. */
export interface EngineSecrets {
  /** The API token to use instead of the one in the data folder; `null`: that one. */
  readonly apiToken: string | null;
  /** A key pair to sign with; `null`: only those of the data folder. */
  readonly keyPair: HeldKeyPair | null;
  /** The database of the workers; `null`: that of the settings. */
  readonly workers: DatabaseAddress | null;
}

export const NO_SECRETS: EngineSecrets = { apiToken: null, keyPair: null, workers: null };
