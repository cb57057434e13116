import { createECDH, createHmac, type ECDH } from 'node:crypto';
import type { ReceiverKeys } from '../checks/aes128gcm.ts';

export interface DeviceKeys {
  /** The keys of the device with that number, derived again at each call: a million devices cost no memory. */
  of(index: number): ReceiverKeys;
}

export interface DeviceKeysOptions {
  /** The same seed gives the same devices. */
  readonly seed: string;
  /**
   * How many key pairs the devices share. A key pair costs 30 µs to derive, so a million separate ones take half a minute; auth secrets are
   * never shared, so that no device can read another's messages.
   */
  readonly keyPairs: number;
}

/** Derives keys from seed and number (HMAC-SHA-256 as PRF), so that only the seed has to be kept. */
export function createDeviceKeys({ seed, keyPairs }: DeviceKeysOptions): DeviceKeys {
  const shared = new Map<number, { keyPair: ECDH; publicKey: Buffer }>();
  /** With more than this, pairs are derived at each use instead of kept. */
  const keep = keyPairs <= 4096;

  function keyPairOf(slot: number): { keyPair: ECDH; publicKey: Buffer } {
    const known = shared.get(slot);
    if (known) return known;
    const made = deriveKeyPair(seed, slot);
    if (keep) shared.set(slot, made);
    return made;
  }

  return {
    of: (index) => ({ ...keyPairOf(index % keyPairs), auth: derive(seed, `auth ${index}`).subarray(0, 16) }),
  };
}

function deriveKeyPair(seed: string, slot: number): { keyPair: ECDH; publicKey: Buffer } {
  for (let attempt = 0; ; attempt += 1) {
    const keyPair = createECDH('prime256v1');
    try {
      keyPair.setPrivateKey(derive(seed, `key ${slot} ${attempt}`));
      return { keyPair, publicKey: keyPair.getPublicKey() };
    } catch (error) {
      // One 256-bit number in four billion is above the order of P-256: take the next one.
      if (attempt > 2) throw error;
    }
  }
}

function derive(seed: string, label: string): Buffer {
  return createHmac('sha256', seed).update(label).digest();
}
