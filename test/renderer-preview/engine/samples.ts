import { describePrivateHalf } from '../../../electron/core/keys/private-half.ts';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { keyPairIdSchema, subscriptionIdSchema } from '../../../electron/contract/ids.ts';
import type { PushServiceId } from '../../../electron/contract/push-service.ts';
import { KEPT_REQUESTS, type ServedRequest } from '../../../electron/contract/server.ts';
import type { Subscription, SubscriptionState } from '../../../electron/contract/subscriptions.ts';

export const NOW = Date.now();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The same letters for the same seed, so that two pictures can be compared. */
export function lettersOf(seed: number, length: number): string {
  let state = (seed + 1) * 2_654_435_761;
  let text = '';
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += ALPHABET.charAt((state >>> 16) & 63);
  }
  return text;
}

export const publicKeyOf = (seed: number) => `B${lettersOf(seed, 86)}`;

export function sampleKeyPairs(): KeyPair[] {
  return [
    {
      id: keyPairIdSchema.parse(1),
      name: 'Baker Street News',
      subject: 'mailto:push@bakerstreet.example',
      subjectWarning: null,
      publicKey: publicKeyOf(1),
      createdAt: NOW - 64 * DAY,
      inUse: true,
      canSign: true,
      privateHalf: 'ready',
      privateHalfProblem: null,
      copiedAt: NOW - 60 * DAY,
      subscriptions: { active: 1204, total: 1388 },
    },
    {
      id: keyPairIdSchema.parse(2),
      name: 'Staging',
      subject: 'mailto:dev@localhost',
      subjectWarning: {
        code: 'subject-local-host',
        cause: 'The contact address ends in @localhost, which Apple refuses.',
        cure: 'Use an address at a domain of yours.',
      },
      publicKey: publicKeyOf(2),
      createdAt: NOW - 3 * DAY,
      inUse: false,
      canSign: true,
      privateHalf: 'ready',
      privateHalfProblem: null,
      copiedAt: NOW - 60 * DAY,
      subscriptions: { active: 2, total: 2 },
    },
    {
      id: keyPairIdSchema.parse(3),
      name: 'The old shop of 2019, kept for those who never came back',
      subject: 'https://shop.bakerstreet.example/about/contact-and-imprint',
      subjectWarning: null,
      publicKey: publicKeyOf(3),
      createdAt: NOW - 900 * DAY,
      inUse: false,
      canSign: false,
      privateHalf: 'sealed-elsewhere',
      privateHalfProblem: describePrivateHalf('sealed-elsewhere', 'The old shop of 2019', true),
      copiedAt: null,
      subscriptions: { active: 0, total: 311 },
    },
  ];
}

const ENDPOINTS: Record<PushServiceId, (seed: number) => string> = {
  fcm: (seed) =>
    `https://fcm.googleapis.com/fcm/send/${lettersOf(seed, 11)}:APA91b${lettersOf(seed + 7, 134)}`,
  mozilla: (seed) => `https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB${lettersOf(seed, 120)}`,
  apple: (seed) => `https://web.push.apple.com/Q${lettersOf(seed, 90)}`,
  wns: (seed) => `https://wns2-par02p.notify.windows.com/w/?token=BQYAAA${lettersOf(seed, 110)}%3d`,
  other: (seed) => `https://push.self-hosted.example/up/${lettersOf(seed, 22)}`,
};
const SERVICES = ['fcm', 'fcm', 'mozilla', 'fcm', 'apple', 'fcm', 'wns', 'mozilla', 'fcm', 'other'] as const;
const STATES: SubscriptionState[] = [
  ...Array.from({ length: 13 }, () => 'active' as const),
  'gone',
  'active',
  'unsubscribed',
  'active',
  'mismatched',
  'active',
  'expired',
];

export function sampleSubscription(id: number): Subscription {
  const service = SERVICES[id % SERVICES.length] ?? 'fcm';
  const state = STATES[id % STATES.length] ?? 'active';
  const addedAt = NOW - id * 7 * HOUR;
  return {
    id: subscriptionIdSchema.parse(id),
    endpoint: ENDPOINTS[service](id),
    pushService: service,
    state,
    publicKey: id % 9 === 0 ? null : publicKeyOf(1),
    keyPairId: id % 9 === 0 ? null : keyPairIdSchema.parse(1),
    keyPairName: id % 9 === 0 ? null : 'Baker Street News',
    expirationTime: state === 'expired' ? NOW - DAY : null,
    label: id % 11 === 3 ? 'Phone of Irene' : null,
    externalId: null,
    tags: [],
    attributes: {},
    source: id % 4 === 0 ? 'import' : 'page',
    remark:
      id % 17 === 5 ? 'Its auth secret has 32 bytes where RFC 8291 says 16. It was taken as it is.' : null,
    addedAt,
    stateChangedAt: state === 'active' ? addedAt : NOW - 5 * HOUR,
    lastDelivery:
      id % 6 === 1
        ? null
        : {
            at: NOW - 2 * HOUR - id * MINUTE,
            state: state === 'gone' ? 'gone' : state === 'mismatched' ? 'failed' : 'accepted',
          },
    lastAcceptedAt: null,
    deletedAt: null,
  };
}

export function sampleRequests(): ServedRequest[] {
  const rows: [method: string, path: string, status: number, note: string | null, count?: number][] = [
    ['POST', '/api/subscriptions', 201, 'New subscription'],
    ['GET', '/icon-192.png', 403, 'A page on another site requested this.', 620],
    ['GET', '/config.json', 200, null, 3],
    ['GET', '/sw.js', 200, null],
    ['GET', '/', 200, 'Subscribe page'],
    ['POST', '/api/subscriptions', 422, 'Refused: p256dh is not a point on the curve'],
    ['DELETE', '/api/subscriptions', 200, 'Subscription cancelled'],
    ['GET', '/healthz', 200, null],
    [
      'GET',
      '/wp-login.php?redirect_to=%2Fwp-admin%2F&reauth=1&a-very-long-query=aaaaaaaaaaaaaaaaaaaaaaaa',
      404,
      null,
    ],
    ['POST', '/api/subscriptions', 429, 'Refused: too many requests'],
    ['GET', '/config.json', 500, 'Something went wrong'],
  ];
  return rows.map(([method, path, status, note, count = 1], index) => ({
    id: rows.length - index,
    at: NOW - index * index * 9_000,
    firstAt: NOW - index * index * 9_000 - (count - 1) * 90,
    count,
    method,
    path,
    hasOtherPaths: count > 100,
    status,
    durationMs: 0.4 + index * 3.7,
    note,
  }));
}

/** As many as are kept. */
export function fullRequestLog(): ServedRequest[] {
  const rows: ServedRequest[] = [];
  while (rows.length < KEPT_REQUESTS) rows.push(...sampleRequests());
  return rows.slice(0, KEPT_REQUESTS).map((row, index) => ({ ...row, id: KEPT_REQUESTS - index }));
}

/** The same, with the key ring locked. */
export function lockedKeyPairs(): KeyPair[] {
  return sampleKeyPairs().map((pair) => ({
    ...pair,
    canSign: false,
    privateHalf: 'locked',
    privateHalfProblem: describePrivateHalf('locked', pair.name, true),
  }));
}
