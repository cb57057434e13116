import { actIdSchema, type ActProgress } from '../../electron/contract/acts.ts';
import type { Segment } from '../../electron/contract/audience.ts';
import type { ListDay, ListOverview } from '../../electron/contract/list-overview.ts';
import type { Overview } from '../../electron/contract/overview.ts';
import type { Attempt, Delivery, DeliveryCounts } from '../../electron/contract/deliveries.ts';
import type { Campaign, CampaignDetail } from '../../electron/contract/campaigns.ts';
import type { ServiceProgress } from '../../electron/contract/campaign-progress.ts';
import type { Preflight } from '../../electron/contract/preflight.ts';
import type { Diagnosis } from '../../electron/contract/diagnosis.ts';
import {
  attemptIdSchema,
  campaignIdSchema,
  deliveryIdSchema,
  keyPairIdSchema,
  segmentIdSchema,
  subscriptionIdSchema,
} from '../../electron/contract/ids.ts';
import type { KeyPair } from '../../electron/contract/keys.ts';
import type { KeyRotation } from '../../electron/contract/moves.ts';
import { messageSchema } from '../../electron/contract/message.ts';
import { rehearsalFaultsSchema, type Rehearsal } from '../../electron/contract/rehearsal.ts';
import { subscriptionFilterSchema, type Subscription } from '../../electron/contract/subscriptions.ts';

/** A sample with some members changed, its id as a plain number. */
type Change<Thing> = Partial<Omit<Thing, 'id'>> & { id?: number };

/** Tuesday, 3 March 2026, 14:00 UTC. */
export const MOMENT = Date.UTC(2026, 2, 3, 14, 0);

export const keyPairId = (id: number) => keyPairIdSchema.parse(id);
export const subscriptionId = (id: number) => subscriptionIdSchema.parse(id);
export const campaignId = (id: number) => campaignIdSchema.parse(id);
export const deliveryId = (id: number) => deliveryIdSchema.parse(id);

export const sampleKeyPair = ({ id = 1, ...rest }: Change<KeyPair> = {}): KeyPair => ({
  id: keyPairId(id),
  name: 'Baker Street News',
  subject: 'mailto:push@example.com',
  subjectWarning: null,
  publicKey: `B${'k'.repeat(85)}${id}`,
  createdAt: MOMENT,
  inUse: true,
  canSign: true,
  privateHalf: 'ready',
  privateHalfProblem: null,
  copiedAt: MOMENT,
  subscriptions: { active: 0, total: 0 },
  ...rest,
});

/** One that is under way. */
export const sampleRotation = (rest: Partial<KeyRotation> = {}): KeyRotation => ({
  id: 1,
  from: { id: keyPairId(2), name: 'Old site', publicKey: `B${'o'.repeat(85)}2` },
  to: { id: keyPairId(1), name: 'Baker Street News', publicKey: sampleKeyPair().publicKey },
  startedAt: MOMENT,
  state: 'moving',
  endedAt: null,
  startedWith: 1834,
  moved: 1204,
  left: 600,
  leftSeen: { inWeek: 210, inMonth: 100 },
  hours: [{ from: MOMENT, moved: 1204 }],
  ...rest,
});

export const sampleSubscription = ({ id = 1, ...rest }: Change<Subscription> = {}): Subscription => ({
  id: subscriptionId(id),
  endpoint: `https://updates.push.services.mozilla.com/wpush/v2/endpoint-number-${id}`,
  pushService: 'mozilla',
  state: 'active',
  publicKey: sampleKeyPair().publicKey,
  keyPairId: keyPairId(1),
  keyPairName: 'Baker Street News',
  expirationTime: null,
  label: null,
  externalId: null,
  tags: [],
  attributes: {},
  source: 'page',
  remark: null,
  addedAt: MOMENT,
  stateChangedAt: MOMENT,
  lastDelivery: null,
  lastAcceptedAt: null,
  deletedAt: null,
  ...rest,
});

/** An act that is over and can be undone. */
export const sampleAct = (rest: Partial<ActProgress> = {}): ActProgress => ({
  id: actIdSchema.parse('6f1c2a54-0f0e-4a51-8c43-0f6e2d1b9a10'),
  act: { kind: 'bin' },
  state: 'done',
  matched: 1,
  done: 1,
  changed: 1,
  restored: 0,
  startedAt: MOMENT,
  finishedAt: MOMENT,
  undoUntil: MOMENT + 86_400_000,
  problem: null,
  ...rest,
});

export const sampleSegment = ({ id = 1, ...rest }: Change<Segment> = {}): Segment => ({
  id: segmentIdSchema.parse(id),
  name: 'Customers',
  filter: subscriptionFilterSchema.parse({ tagsAnyOf: ['customers'] }),
  count: 1204,
  activeCount: 1100,
  ...rest,
});

export const sampleCounts = (counts: Partial<DeliveryCounts> = {}): DeliveryCounts => ({
  queued: 0,
  sending: 0,
  accepted: 0,
  waiting: 0,
  retrying: 0,
  failed: 0,
  gone: 0,
  cancelled: 0,
  unknown: 0,
  ...counts,
});

export const sampleMessage = (fields: Record<string, unknown> = {}) =>
  messageSchema.parse({ title: 'Good morning', body: 'The news of the day.', ...fields });

export const sampleCampaign = ({ id = 1, ...rest }: Change<Campaign> = {}): Campaign => ({
  id: campaignId(id),
  kind: 'campaign',
  state: 'finished',
  message: sampleMessage(),
  payloadBytes: 312,
  createdAt: MOMENT,
  finishedAt: MOMENT,
  audience: { kind: 'everyone', text: 'Everyone active', anyOf: [], leaveOut: [], remarks: [] },
  recipients: 10,
  counts: sampleCounts({ accepted: 10 }),
  isHeld: false,
  canary: null,
  schedule: null,
  hours: null,
  restoredFrom: null,
  wait: null,
  seen: null,
  ...rest,
});

export const sampleDetail = (rest: Change<CampaignDetail> = {}): CampaignDetail => {
  const { id, ...change } = rest;
  return {
    ...sampleCampaign(id === undefined ? {} : { id }),
    services: [],
    parts: [],
    diagnoses: [],
    possibleRepeats: 0,
    leftOut: 0,
    removedAt: null,
    shortenedAnswers: 0,
    curve: [],
    ratePerSecond: null,
    timeLeftMs: null,
    messagesPerMinute: null,
    canaryProgress: null,
    edition: null,
    payload: '{"v":1,"title":"Good morning"}',
    ...change,
  };
};

export const sampleService = (rest: Partial<ServiceProgress> = {}): ServiceProgress => ({
  pushService: 'mozilla',
  counts: sampleCounts({ accepted: 10 }),
  done: 10,
  total: 10,
  ratePerSecond: null,
  timeLeftMs: null,
  wait: null,
  pausedBecause: null,
  ...rest,
});

export const TOKEN_REFUSED: Diagnosis = {
  code: 'token-refused',
  cause: 'The token was rejected.',
  cure: 'Change the contact.',
  action: 'fix-subject',
};

export const sampleDelivery = ({ id = 1, ...rest }: Change<Delivery> = {}): Delivery => ({
  id: deliveryId(id),
  campaignId: campaignId(1),
  subscriptionId: subscriptionId(id),
  label: null,
  externalId: null,
  endpoint: sampleSubscription({ id }).endpoint,
  pushService: 'mozilla',
  state: 'accepted',
  attemptCount: 1,
  lastStatus: 201,
  diagnosis: null,
  nextAttemptAt: null,
  mayHaveArrivedTwice: false,
  updatedAt: MOMENT,
  ...rest,
});

export const sampleAttempt = ({ number = 1, ...rest }: Partial<Omit<Attempt, 'id'>> = {}): Attempt => ({
  id: attemptIdSchema.parse(number),
  number,
  startedAt: MOMENT,
  durationMs: 48,
  request: {
    method: 'POST',
    url: sampleSubscription().endpoint,
    headers: [['TTL', '86400']],
    bodyBytes: 415,
  },
  answer: { status: 201, headers: [['location', '/m/1']], body: '', cut: null },
  error: null,
  diagnosis: null,
  notes: [],
  ...rest,
});

export const samplePreflight = (rest: Partial<Preflight> = {}): Preflight => ({
  payloadBytes: 312,
  personal: null,
  payloadLimit: 3993,
  recipients: 10,
  services: [],
  byPart: [],
  canary: null,
  sentences: [],
  timeNeededMs: null,
  excluded: [],
  blockers: [],
  warnings: [],
  ...rest,
});

export const sampleRehearsal = (rest: Partial<Rehearsal> = {}): Rehearsal => ({
  state: 'sending',
  startedAt: MOMENT,
  devices: 1000,
  registered: 1000,
  faults: rehearsalFaultsSchema.parse({}),
  campaignId: campaignId(1),
  decrypts: 'all',
  record: { received: 0, accepted: 0, shown: 0, undecryptable: 0 },
  problem: null,
  ...rest,
});

const NO_VALUES = { top: [], others: 0, unknown: 0 };

/** A list of nobody, on one day. */
export const sampleListOverview = (rest: Partial<ListOverview> = {}): ListOverview => ({
  countedAt: Date.UTC(2026, 2, 3, 12),
  timeZone: 'UTC',
  active: 0,
  days: [sampleListDay()],
  services: [],
  platforms: NO_VALUES,
  browsers: NO_VALUES,
  languages: NO_VALUES,
  nextSend: { covered: 0, expected: null, enoughAnswers: 100, services: [] },
  ...rest,
});

export const sampleListDay = (rest: Partial<ListDay> = {}): ListDay => ({
  day: Date.UTC(2026, 2, 3),
  date: '2026-03-03',
  joined: 0,
  returned: 0,
  left: 0,
  leftAs: { gone: 0, expired: 0, unsubscribed: 0, mismatched: 0, binned: 0 },
  net: 0,
  total: 0,
  ...rest,
});

export const sampleOverview = (rest: Partial<Overview> = {}): Overview => ({
  steps: { keys: true, subscription: true, send: true },
  keyProblem: null,
  totals: {
    activeSubscriptions: 0,
    subscriptions: 0,
    campaigns: 0,
    campaignsUnderWay: 0,
    accepted: 0,
    failed: 0,
    gone: 0,
  },
  days: [],
  services: [],
  ...rest,
});
