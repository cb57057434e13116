import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { SubscriptionJson } from '../../contract/http.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import { createLoopbackCertificate, type LoopbackCertificate } from './certificate.ts';
import { createVapidVerifier } from './checks/vapid-token.ts';
import { createDelays, type StoppableDelays } from './delays.ts';
import { createDecryptPolicy, type DecryptShare } from './devices/decrypt-policy.ts';
import { createDevices, type FleetRequest } from './devices/devices.ts';
import type { Fleet } from './devices/fleet.ts';
import type { DialectName } from '../../core/push-services/dialects/dialect.ts';
import { createFaultTable, type FaultTable } from './faults/fault-table.ts';
import { createJudge } from './judge.ts';
import { readMessageId } from './message-id.ts';
import { createPushHandler } from './push-handler.ts';
import { createRandom } from './random.ts';
import { createRequestRecorder, type RequestRecord } from './request-record.ts';
import type { Subscriber } from './subscriber.ts';
import { createTlsListener } from './transport/tls-listener.ts';

/** What one virtual device subscribes with. */
export interface DeviceRequest {
  /** 65 bytes in base64url, or `null` for a subscription without a key. */
  readonly applicationServerKey: string | null;
  /** Which push service it uses. Default: Mozilla's. */
  readonly dialect?: DialectName;
}

/** One virtual device. */
export interface VirtualDevice {
  readonly endpoint: string;
  /** What its browser would hand to the page. */
  readonly subscription: SubscriptionJson;
  /** How many messages the service accepted for it. */
  acceptedCount(): number;
  /** How many of them it decrypted and showed. */
  shownCount(): number;
  /** From now on the service answers that it is gone. */
  unsubscribe(): void;
}

export interface DevicePushServiceOptions {
  /** The HTTPS port for senders. Default 0: any free one. */
  readonly port?: number;
  /** An existing certificate, to let several services share it. Default: a fresh one. */
  readonly certificate?: LoopbackCertificate;
  /** Host name in its endpoints, which the certificate must contain. Default: 127.0.0.1. */
  readonly name?: string;
  /** The same seed gives the same devices (keys and tokens, in the order of registration) and the same random faults. */
  readonly seed?: string;
  /** Which accepted messages the virtual devices decrypt. Default `all`; `sample`: one in a hundred. */
  readonly decrypt?: DecryptShare;
  /** How many requests the record keeps. Default: all. */
  readonly keepRequests?: number;
  /** Finds the id of a message in its plaintext. Default: the `id` of a JSON payload. */
  readonly messageIdOf?: (plaintext: Buffer) => string | null;
  readonly clock?: Clock;
  /** What delayed answers wait on. Default: the machine's timers. */
  readonly delays?: StoppableDelays;
  /** Subscribers other than virtual devices, by token. Default: none. */
  readonly findOther?: (token: string) => Subscriber | null;
}

/** A push service on this machine with virtual devices behind it: everything that a sender gets to see. */
export interface DevicePushService {
  /** `https://127.0.0.1:<port>`: the origin of its endpoints, and the `aud` of tokens for it. */
  readonly origin: string;
  readonly port: number;
  /** The certificate that senders have to trust. */
  readonly certificatePem: string;
  /** Writes the certificate to a file that `NODE_EXTRA_CA_CERTS` can point to. */
  writeCertificate(path: string): Promise<void>;
  registerDevice(request: DeviceRequest): VirtualDevice;
  /** Many devices at once, up to a million and more. */
  registerFleet(request: FleetRequest): Fleet;
  readonly faults: FaultTable;
  readonly requests: RequestRecord;
  /** Cuts every connection, cancels every delay, and frees the port. */
  close(): Promise<void>;
}

const PATH = '/wpush/v2/';
/** A service that accepts whatever comes must be reachable from this machine only. */
export const LOOPBACK = '127.0.0.1';

/** The endpoint of a subscriber at a service with that origin. */
export function endpointAt(origin: string, token: string): string {
  return `${origin}${PATH}${token}`;
}

/** Starts the service. Rejects with the system's error if a port cannot be had. */
export async function createDevicePushService(
  options: DevicePushServiceOptions = {},
): Promise<DevicePushService> {
  const { clock = systemClock, seed = randomUUID(), decrypt = 'all' } = options;
  const certificate = options.certificate ?? (await createLoopbackCertificate());
  const delays = options.delays ?? createDelays();
  // Known once the port is; nobody asks for an endpoint before that.
  let origin = '';
  const tokenOf = (endpoint: string) =>
    endpoint.startsWith(origin + PATH) ? tokenIn(endpoint.slice(origin.length)) : null;

  const devices = createDevices({
    seed,
    endpointOf: (token) => endpointAt(origin, token),
    shouldDecrypt: createDecryptPolicy(decrypt),
  });
  const faults = createFaultTable({ random: createRandom(seed), tokenOf });
  const requests = createRequestRecorder({ keep: options.keepRequests ?? Number.POSITIVE_INFINITY, tokenOf });
  const handle = createPushHandler({
    clock,
    delays,
    faults,
    recorder: requests,
    judge: createJudge({ clock, vapid: createVapidVerifier({ clock }) }),
    tokenIn,
    findSubscriber: (token) => devices.find(token) ?? options.findOther?.(token) ?? null,
    originOf: (authority) => (isLoopbackName(authority) ? `https://${authority}` : origin),
    messageIdOf: options.messageIdOf ?? readMessageId,
  });
  const listener = await createTlsListener({
    host: LOOPBACK,
    port: options.port ?? 0,
    certificate,
    onExchange: handle,
  });
  origin = `https://${options.name ?? LOOPBACK}:${listener.port}`;

  return {
    origin,
    port: listener.port,
    certificatePem: certificate.certificatePem,
    writeCertificate: (path) => writeFile(path, certificate.certificatePem),
    registerDevice: ({ dialect, applicationServerKey }) =>
      single(devices.register({ count: 1, keyPairs: 1, dialect, applicationServerKey })),
    registerFleet: (request) => devices.register(request),
    faults,
    requests,
    async close() {
      delays.stop();
      await listener.close();
    },
  };
}

/** The token in the path of a request; a query is not part of it. */
function tokenIn(path: string): string | null {
  if (!path.startsWith(PATH)) return null;
  const [token = ''] = path.slice(PATH.length).split('?', 1);
  return /^[A-Za-z0-9_-]+$/.test(token) ? token : null;
}

/** The certificate contains both names, so an endpoint may be written with either. */
function isLoopbackName(authority: string): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(authority);
}

function single(fleet: Fleet): VirtualDevice {
  const subscription = fleet.subscription(0);
  return {
    endpoint: subscription.endpoint,
    subscription,
    acceptedCount: () => fleet.acceptedCount(0),
    shownCount: () => fleet.shownCount(0),
    unsubscribe: () => {
      fleet.unsubscribe(0);
    },
  };
}
