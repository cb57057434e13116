/** Where the server is, and who may call it from elsewhere. Read for each request: the settings may change. */
export interface Reach {
  /** The port that it listens on; `null` while it does not. */
  readonly port: number | null;
  /** Origins of the sites that the person named. */
  readonly sites: readonly string[];
}
