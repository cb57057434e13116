/** What an ASN.1 structure holds. */
export type DerContent =
  /** `point`: the one given beside the private half, which may not match it, or if there is none, the derived one. */
  | { kind: 'private-key'; scalar: Uint8Array; point: Uint8Array }
  | { kind: 'public-key'; point: Uint8Array }
  /** Sealed with a password. */
  | { kind: 'encrypted' }
  /** A key of another kind, or no key: `name` with its article, as used in a sentence. */
  | { kind: 'other'; name: string }
  | { kind: 'unreadable' };

/** What core cannot decide without a library: the arithmetic of P-256, and ASN.1. */
export interface KeyProofs {
  /**
   * @param scalar 32 bytes
   * @returns 65 bytes, or `null` for zero and for values not below the order of the curve
   */
  derivePublicKey(scalar: Uint8Array): Uint8Array | null;
  /** `point`: 65 bytes, uncompressed. */
  isPointOnCurve(point: Uint8Array): boolean;
  /**
   * @param compressed 33 bytes (SEC 1 §2.3.3)
   * @returns 65 bytes, or `null` if it is not a point
   */
  expandPoint(compressed: Uint8Array): Uint8Array | null;
  /** Never throws. */
  readDer(der: Uint8Array): DerContent;
}
