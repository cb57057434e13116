import type { PublicAddress } from '../../contract/public-address.ts';

/** Where the server can be reached, and who may call it from elsewhere. Read for each request: the settings may change. */
export interface Reach {
  /** The port on which it listens at the loopbacks; `null` while it does not. */
  readonly port: number | null;
  /** Where other machines reach the public routes; `null`: nowhere. */
  readonly publicAddress: PublicAddress | null;
  /** Origins of the sites that the person named. */
  readonly sites: readonly string[];
  /** Addresses, and blocks of them, that are trusted to name the caller behind them. */
  readonly trustedProxies: readonly string[];
  /** Whether the API also answers at the public address. */
  readonly publicApi: boolean;
  /** Whether the whole contract is served to anyone with one of the owner's tokens. */
  readonly remoteWorkspace: boolean;
}
