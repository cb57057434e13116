import { parseApplicationServerKey } from '../checks/application-server-key.ts';
import type { DialectName } from '../../../core/push-services/dialects/dialect.ts';
import type { Subscriber } from '../subscriber.ts';
import {
  createFleet,
  FLEET_ID_LENGTH,
  type DecryptPolicy,
  type Fleet,
  type FleetRegistration,
} from './fleet.ts';

export interface FleetRequest {
  readonly count: number;
  /** 65 bytes in base64url, or `null` for subscriptions without a key. */
  readonly applicationServerKey: string | null;
  /** Which push service they use. Default: Mozilla's. */
  readonly dialect?: DialectName | undefined;
  /** How many key pairs they share. Default: one each up to 1024. Auth secrets are never shared. */
  readonly keyPairs?: number;
}

/** All virtual devices of a service. */
export interface Devices {
  /** Throws if the application server key is malformed, or the count makes no sense. */
  register(request: FleetRequest): Fleet;
  find(token: string): Subscriber | null;
}

export interface DevicesOptions {
  readonly seed: string;
  readonly endpointOf: (token: string) => string;
  readonly shouldDecrypt: DecryptPolicy;
}

const MAX_COUNT = 10_000_000;
const DEFAULT_KEY_PAIRS = 1024;

export function createDevices({ seed, endpointOf, shouldDecrypt }: DevicesOptions): Devices {
  const fleets = new Map<string, FleetRegistration>();

  return {
    register(request) {
      const { count, applicationServerKey, dialect = 'mozilla' } = request;
      if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
        throw new RangeError(`A fleet has 1 to ${MAX_COUNT} devices, not ${count}.`);
      }
      const registration = createFleet({
        count,
        applicationServerKey: applicationServerKey === null ? null : normalise(applicationServerKey),
        dialect,
        seed,
        number: fleets.size,
        keyPairs: Math.min(request.keyPairs ?? DEFAULT_KEY_PAIRS, count),
        shouldDecrypt,
        endpointOf,
      });
      fleets.set(registration.id, registration);
      return registration.fleet;
    },
    find: (token) => fleets.get(token.slice(0, FLEET_ID_LENGTH))?.find(token.slice(FLEET_ID_LENGTH)) ?? null,
  };
}

function normalise(applicationServerKey: string): string {
  const key = parseApplicationServerKey(applicationServerKey);
  if (key === null) throw new Error('The application server key is not a 65-byte public key in base64url.');
  return key.text;
}
