import { createHmac } from 'node:crypto';
import type { SubscriptionJson } from '../../../contract/http.ts';
import { decryptRecord } from '../checks/aes128gcm.ts';
import type { DialectName } from '../../../core/push-services/dialects/dialect.ts';
import type { Handover, PushMessage, Subscriber } from '../subscriber.ts';
import { createDeviceKeys } from './device-keys.ts';

/** Whether the devices of a service decrypt what they get, which costs about 0.2 ms per message. */
export type DecryptPolicy = () => boolean;

/** Many virtual devices that subscribed with the same key at the same service: 5 bytes of memory each. */
export interface Fleet {
  readonly count: number;
  readonly dialect: DialectName;
  /** What the browser of device `index` would hand to its page; the keys are derived when it is called. */
  subscription(index: number): SubscriptionJson;
  /** All of them, one at a time. */
  subscriptions(): Generator<SubscriptionJson, void, undefined>;
  /** How many messages the service accepted for this device. */
  acceptedCount(index: number): number;
  /** How many of them it decrypted and showed. */
  shownCount(index: number): number;
  /** From now on the service answers that this device is gone. */
  unsubscribe(index: number): void;
}

export interface FleetOptions {
  readonly count: number;
  /** 65 bytes in base64url without padding, or `null` for subscriptions without a key. */
  readonly applicationServerKey: string | null;
  readonly dialect: DialectName;
  readonly seed: string;
  /** Which fleet of this seed: the same seed and number give the same tokens and keys, even after a restart. */
  readonly number: number;
  /** How many key pairs the devices share; see `DeviceKeysOptions`. */
  readonly keyPairs: number;
  readonly shouldDecrypt: DecryptPolicy;
  readonly endpointOf: (token: string) => string;
}

/** A fleet together with the service's way into it. */
export interface FleetRegistration {
  readonly fleet: Fleet;
  /** First part of this fleet's tokens. */
  readonly id: string;
  /** The subscriber behind the second part, or `null`. */
  find(suffix: string): Subscriber | null;
}

const FLEET_ID_BYTES = 12;
/** Length of the first part of a token: long enough that an endpoint of another seed is never mistaken for one of this one. */
export const FLEET_ID_LENGTH = 16;
const COUNT_LIMIT = 0xffff;

/** Subscribes `count` virtual devices. Nothing is computed for a device before it is needed. */
export function createFleet(options: FleetOptions): FleetRegistration {
  const { count, dialect, applicationServerKey, shouldDecrypt, endpointOf } = options;
  const id = createHmac('sha256', options.seed)
    .update(`fleet ${options.number}`)
    .digest()
    .subarray(0, FLEET_ID_BYTES)
    .toString('base64url');
  const keys = createDeviceKeys({ seed: `${options.seed} ${id}`, keyPairs: options.keyPairs });
  const gone = new Uint8Array(count);
  const accepted = new Uint16Array(count);
  const shown = new Uint16Array(count);

  function tokenOf(index: number): string {
    return `${id}${index.toString(36)}`;
  }

  function indexOf(suffix: string): number | null {
    if (!/^(0|[1-9a-z][0-9a-z]{0,6})$/.test(suffix)) return null;
    const index = Number.parseInt(suffix, 36);
    return index < count ? index : null;
  }

  function take(index: number, message: PushMessage): Handover {
    increment(accepted, index);
    const handover = open(index, message);
    if (handover.kind === 'shown' || handover.kind === 'shown-empty') increment(shown, index);
    return handover;
  }

  function open(index: number, message: PushMessage): Handover {
    if (message.record === null) return { kind: 'shown-empty' };
    if (!shouldDecrypt()) return { kind: 'unopened' };
    const decrypted = decryptRecord(message.record, keys.of(index));
    return decrypted.kind === 'plaintext'
      ? { kind: 'shown', plaintext: decrypted.plaintext }
      : { kind: 'undecryptable', why: decrypted.why };
  }

  function subscription(index: number): SubscriptionJson {
    if (!Number.isInteger(index) || index < 0 || index >= count)
      throw new RangeError(`No device ${index} of ${count}.`);
    const { publicKey, auth } = keys.of(index);
    return {
      endpoint: endpointOf(tokenOf(index)),
      expirationTime: null,
      keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    };
  }

  const fleet: Fleet = {
    count,
    dialect,
    subscription,
    *subscriptions() {
      for (let index = 0; index < count; index += 1) yield subscription(index);
    },
    acceptedCount: (index) => accepted[index] ?? 0,
    shownCount: (index) => shown[index] ?? 0,
    unsubscribe(index) {
      gone[index] = 1;
    },
  };

  return {
    fleet,
    id,
    find(suffix) {
      const index = indexOf(suffix);
      if (index === null) return null;
      return {
        token: `${id}${suffix}`,
        dialect,
        applicationServerKey,
        active: gone[index] === 0,
        take: (message) => take(index, message),
      };
    },
  };
}

function increment(counts: Uint16Array, index: number): void {
  const value = counts[index] ?? 0;
  if (value < COUNT_LIMIT) counts[index] = value + 1;
}
