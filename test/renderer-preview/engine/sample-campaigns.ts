import type {
  Attempt,
  Campaign,
  CampaignDetail,
  Delivery,
  DeliveryCounts,
} from '../../../electron/contract/campaigns.ts';
import type { Diagnosis } from '../../../electron/contract/diagnosis.ts';
import { describeDiagnosis } from '../../../electron/core/diagnosis/diagnosis.ts';
import {
  attemptIdSchema,
  campaignIdSchema,
  deliveryIdSchema,
  keyPairIdSchema,
  subscriptionIdSchema,
} from '../../../electron/contract/ids.ts';
import { messageSchema } from '../../../electron/contract/message.ts';
import type { PushServiceId } from '../../../electron/contract/push-service.ts';
import type { DeliveryState } from '../../../electron/contract/subscriptions.ts';
import { lettersOf, NOW, publicKeyOf, sampleSubscription } from './samples.ts';

const NONE: DeliveryCounts = {
  queued: 0,
  sending: 0,
  accepted: 0,
  retrying: 0,
  failed: 0,
  gone: 0,
  cancelled: 0,
  unknown: 0,
};

const TOKEN_REFUSED: Diagnosis = {
  code: 'apple-token-refused',
  cause: 'Apple rejected the VAPID token of the message (HTTP 403): the contact address ends in @localhost.',
  cure: 'Change the contact of the key pair on Keys, then send to these again.',
  action: 'fix-subject',
};
const GONE: Diagnosis = {
  code: 'subscription-gone',
  cause: 'The push service said that this subscription no longer exists (HTTP 410).',
  cure: 'The person has to subscribe again in that browser.',
  action: 'ask-to-resubscribe',
};

/** Reasons of answers that a status alone would misread, with what the services said. */
const ODD_REASONS: [PushServiceId, string, number, string][] = [
  ['fcm', 'endpoint-refused', 403, 'invalid push subscription endpoint'],
  ['wns', 'dropped-by-service', 200, 'X-WNS-Status: dropped, X-WNS-DeviceConnectionStatus: disconnected'],
  [
    'mozilla',
    'payload-too-large',
    413,
    'This message is intended for a constrained device and is limited to 3070 bytes. Converted buffer too long by 1366 bytes',
  ],
];
const DROPPED: Diagnosis = describeDiagnosis('dropped-by-service', {
  service: 'wns',
  status: 200,
  said: 'X-WNS-Status: dropped, X-WNS-DeviceConnectionStatus: disconnected',
});

function campaign(id: number, title: string, rest: Partial<Campaign>): Campaign {
  const message = messageSchema.parse({
    title,
    body: 'The detective who never was: a new series in six parts, from tonight.',
    url: 'https://bakerstreet.example/series/never-was',
    iconUrl: '/icon-192.png',
    actions: [{ title: 'Read', url: '' }],
  });
  return {
    id: campaignIdSchema.parse(id),
    kind: 'campaign',
    state: 'finished',
    message,
    payloadBytes: 312,
    createdAt: NOW - id * 3_600_000,
    finishedAt: NOW - id * 3_600_000 + 42_000,
    audience: { kind: 'everyone', text: 'Everyone', anyOf: [], leaveOut: [] },
    recipients: 1204,
    isHeld: false,
    wait: null,
    counts: { ...NONE, accepted: 1180, failed: 12, gone: 12 },
    ...rest,
  };
}

export function sampleCampaigns(): Campaign[] {
  return [
    campaign(9, 'Tonight: the detective who never was', {
      state: 'running',
      createdAt: NOW - 20_000,
      finishedAt: null,
      recipients: 120_400,
      counts: { ...NONE, accepted: 61_233, failed: 212, gone: 940, queued: 57_960, sending: 50, retrying: 5 },
    }),
    campaign(8, 'Test', {
      kind: 'test',
      createdAt: NOW - 400_000,
      recipients: 1,
      counts: { ...NONE, accepted: 1 },
    }),
    campaign(
      7,
      'Everything about the fire in the old theatre, and what the witnesses say about the man at the door',
      {
        state: 'paused',
        finishedAt: null,
        counts: { ...NONE, accepted: 400, queued: 804 },
      },
    ),
    campaign(6, 'Weekend edition', {
      counts: { ...NONE, accepted: 1100, failed: 12, gone: 30, unknown: 62 },
    }),
    campaign(5, 'Breaking: all clear', {
      state: 'cancelled',
      counts: { ...NONE, accepted: 204, cancelled: 1000 },
    }),
    campaign(4, 'Good morning', {}),
  ];
}

const SHARES: [PushServiceId, number][] = [
  ['fcm', 0.66],
  ['mozilla', 0.22],
  ['apple', 0.09],
];

/** The counts of a campaign, split over the push services; what is left of the rounding goes to the last. Apple is behind. */
function splitCounts(counts: DeliveryCounts): [PushServiceId, DeliveryCounts][] {
  const left = { ...counts };
  const take = (share: number, pushService: PushServiceId) =>
    Object.fromEntries(
      Object.entries(counts).map(([state, count]) => {
        const part = Math.round(count * share);
        const own = pushService === 'apple' && state === 'failed' ? count : state === 'failed' ? 0 : part;
        left[state as DeliveryState] -= own;
        return [state, own];
      }),
    ) as DeliveryCounts;
  const split = SHARES.map(([service, share]): [PushServiceId, DeliveryCounts] => [
    service,
    take(share, service),
  ]);
  return [...split, ['wns', left]];
}

export function sampleDetail(base: Campaign): CampaignDetail {
  const isRunning = base.state === 'running';
  const split: [PushServiceId, DeliveryCounts][] =
    base.recipients === 1 ? [['fcm', base.counts]] : splitCounts(base.counts);
  const pausedAt = (service: PushServiceId) => (isRunning && service === 'apple' ? TOKEN_REFUSED : null);
  return {
    ...base,
    services: split.map(([pushService, counts], index) => {
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const open = counts.queued + counts.sending + counts.retrying;
      const waits = isRunning && pushService === 'mozilla';
      const rate =
        isRunning && !waits && open > 0 && pausedAt(pushService) === null ? 1540 / 3 ** index : null;
      return {
        pushService,
        counts,
        done: total - open,
        total,
        ratePerSecond: rate,
        timeLeftMs: rate === null ? null : Math.round((open / rate) * 1000),
        wait: waits ? { reason: 'rate-limit' as const, until: NOW + 25_000 } : null,
        pausedBecause: pausedAt(pushService),
      };
    }),
    parts: split.map(([pushService, counts]) => ({
      pushService,
      keyPairId: keyPairIdSchema.parse(1),
      counts,
      pausedBecause: pausedAt(pushService),
    })),
    diagnoses: [
      ...oddReasonsOf(base),
      ...(base.counts.failed > 0 && !isOdd(base)
        ? [{ pushService: 'apple' as const, diagnosis: TOKEN_REFUSED, count: base.counts.failed }]
        : []),
      ...(base.counts.gone > 0
        ? [{ pushService: 'fcm' as const, diagnosis: GONE, count: base.counts.gone }]
        : []),
    ],
    possibleRepeats: base.recipients > 1 ? 3 : 0,
    shortenedAnswers: base.state === 'running' ? 1204 : 0,
    ratePerSecond: isRunning ? 1625 : null,
    timeLeftMs: null,
    messagesPerMinute: null,
    payload: JSON.stringify({ v: 1, id: 'sample', ...base.message }),
  };
}

const isOdd = ({ message }: Campaign) => message.title === 'Weekend edition';
const oddReasonsOf = (base: Campaign): CampaignDetail['diagnoses'] =>
  isOdd(base)
    ? ODD_REASONS.map(([pushService, code, status, example], index) => ({
        pushService,
        diagnosis: describeDiagnosis(code, { service: pushService, status, example }),
        count: 6 - 2 * index,
      }))
    : [];

const diagnosisOf = (of: Campaign, state: DeliveryState) => {
  if (state === 'failed') return isOdd(of) ? DROPPED : TOKEN_REFUSED;
  return state === 'gone' ? GONE : null;
};
const STATUSES: Partial<Record<DeliveryState, number>> = {
  accepted: 201,
  failed: 403,
  gone: 410,
  retrying: 503,
};

export function sampleDelivery(of: Campaign, state: DeliveryState, index: number): Delivery {
  const subscription = sampleSubscription(index + 1);
  return {
    id: deliveryIdSchema.parse(index + 1),
    campaignId: of.id,
    subscriptionId: subscriptionIdSchema.parse(index + 1),
    endpoint: subscription.endpoint,
    pushService: isOdd(of) && state === 'failed' ? 'wns' : subscription.pushService,
    state,
    attemptCount: state === 'queued' || state === 'cancelled' ? 0 : 1,
    lastStatus: isOdd(of) && state === 'failed' ? 200 : (STATUSES[state] ?? null),
    diagnosis: diagnosisOf(of, state),
    mayHaveArrivedTwice: state === 'accepted' && index % 100 < 3,
    nextAttemptAt: state === 'retrying' ? NOW + 30_000 : null,
    updatedAt: of.createdAt + index * 1_000,
  };
}

export function sampleAttempts(of: Delivery): Attempt[] {
  if (of.attemptCount === 0) return [];
  return [
    {
      id: attemptIdSchema.parse(1),
      number: 1,
      startedAt: of.updatedAt,
      durationMs: 48.2,
      request: {
        method: 'POST',
        url: of.endpoint,
        headers: [
          ['TTL', '86400'],
          ['Urgency', 'normal'],
          ['Content-Encoding', 'aes128gcm'],
          ['Content-Type', 'application/octet-stream'],
          ['Authorization', `vapid t=eyJ0eXAiOiJK…${lettersOf(4, 6)}, k=${publicKeyOf(1)}`],
        ],
        bodyBytes: 415,
      },
      answer:
        of.lastStatus === null
          ? null
          : {
              status: of.lastStatus,
              headers: [
                ['date', 'Tue, 03 Mar 2026 14:02:11 GMT'],
                ...(of.diagnosis === DROPPED
                  ? ([
                      ['x-wns-status', 'dropped'],
                      ['x-wns-deviceconnectionstatus', 'disconnected'],
                    ] as [string, string][])
                  : []),
                ['content-type', 'application/json'],
                ['apns-id', '7c2b9e2a-1f8e-4a77-9a2f-8e3b1f0c9d11'],
                ...(of.state === 'failed'
                  ? ([['x-debug', 'trace \u202Egpj.exe \u001B[31m']] as [string, string][])
                  : []),
              ],
              body: of.state === 'accepted' || of.diagnosis === DROPPED ? '' : '{"reason":"BadJwtToken"}',
              cut: of.state === 'failed' ? { receivedBytes: 81_234, keptBytes: 4096 } : null,
            },
      error: of.lastStatus === null ? 'The connection was closed before an answer came (ECONNRESET).' : null,
      diagnosis: of.diagnosis,
      notes: of.pushService === 'apple' ? ['Apple takes no TTL of 0, so it was sent with 1 second.'] : [],
    },
  ];
}
