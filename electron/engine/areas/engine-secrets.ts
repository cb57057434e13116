import type { HeldKeyPair } from '../keys/curve.ts';
import type { DatabaseAddress } from '../workers/work-queue.ts';

/** Secrets that come from outside, such as the environment of a container: they stay in memory and are never written. */
export interface EngineSecrets {
  /** The API token to use instead of the one in the data folder; `null`: use that one. */
  readonly apiToken: string | null;
  /** A key pair to sign with; `null`: use only those in the data folder. */
  readonly keyPair: HeldKeyPair | null;
  /** The database of the workers; `null`: use the one from the settings. */
  readonly workers: DatabaseAddress | null;
}

export const NO_SECRETS: EngineSecrets = { apiToken: null, keyPair: null, workers: null };
