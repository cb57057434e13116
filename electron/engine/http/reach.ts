import type { PublicAddress } from '../../contract/public-address.ts';

/** Where the server is, and who may call it from elsewhere. Read for each request: the settings may change. */
export interface Reach {
  /** The port that it listens on at the loopbacks; `null` while it does not. */
  readonly port: number | null;
  /** Where other machines reach the public routes; `null`: nowhere. */
  readonly publicAddress: PublicAddress | null;
  /** Origins of the sites that the person named. */
  readonly sites: readonly string[];
  /** Addresses, and blocks of them, whose word about the caller behind them counts. */
  readonly trustedProxies: readonly string[];
  /** Whether the API answers at the public address too. */
  readonly publicApi: boolean;
  /** Whether the whole contract is served to whoever has a token of the owner. */
  readonly remoteWorkspace: boolean;
}
