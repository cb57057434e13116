import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { afterEach } from 'vitest';
import type { CampaignDetail } from '../../electron/contract/campaigns.ts';
import type { Delivery } from '../../electron/contract/deliveries.ts';
import type { SubscriptionJson } from '../../electron/contract/http.ts';
import type { CampaignId, DeliveryId, KeyPairId } from '../../electron/contract/ids.ts';
import { messageSchema, type Message } from '../../electron/contract/message.ts';
import type { PushServiceId } from '../../electron/contract/push-service.ts';
import type { SubscriptionState } from '../../electron/contract/subscriptions.ts';
import { createCampaignService } from '../../electron/engine/areas/campaigns/campaign-service.ts';
import { makeKeyPair } from '../../electron/engine/keys/curve.ts';
import type { SigningKey } from '../../electron/engine/keys/signing-key.ts';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import type { DialectName } from '../../electron/core/push-services/dialects/dialect.ts';
import type { FaultRuleInput } from '../../electron/engine/local-push-service/faults/fault.ts';
import type { VirtualDevice } from '../../electron/engine/local-push-service/device-push-service.ts';
import { createPushService } from '../../electron/engine/local-push-service/push-service.ts';
import { createInlineEncryptor } from '../../electron/engine/testing/inline-encryptor.ts';
import type { BatchSender } from '../../electron/engine/wire/batch-sender.ts';
import { createLocalBatchSender } from '../../electron/engine/wire/local-batch-sender.ts';
import { createTransport, type TransportOptions } from '../../electron/engine/wire/transport/transport.ts';
import { createVapidTokens } from '../../electron/engine/dispatch/vapid-tokens.ts';
import { createKeyPairStore } from '../../electron/engine/areas/keys/key-pair-store.ts';
import { createStoreTrouble } from '../../electron/engine/store/store-trouble.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { createSettingsStore } from '../../electron/engine/store/settings-store.ts';
import { createSubscriptionSums } from '../../electron/engine/areas/subscriptions/subscription-sums-service.ts';
import { createSubscriptionStore } from '../../electron/engine/areas/subscriptions/subscription-store.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { layEmptyStore } from '../../electron/engine/testing/empty-store.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { jumpingTime } from './jumping-time.ts';
import { watchedSender } from './watched-sender.ts';

export type Effect = FaultRuleInput['effect'];
export type FaultRig = Awaited<ReturnType<typeof faultRig>>;

export interface RigOptions {
  /** Real time after which an attempt is given up. */
  deadlineMs?: number;
  /** How far the clock of the push service is ahead of this machine's, in milliseconds. */
  serviceAheadMs?: number;
  policy?: { allowPrivate?: boolean; trusted?: 'the service' | 'the system' };
  openSocketTo?: TransportOptions['openSocketTo'];
  subject?: string;
  /** Host name in the endpoints of the push service. Default: 127.0.0.1. */
  pushName?: string;
  /** For each campaign; left out: no limit. */
  messagesPerMinute?: number;
  /** What is put between the campaign and the sender. */
  around?: (sender: BatchSender) => BatchSender;
}

/** Real time that a test may wait for the network at a time. */
const MAX_WAIT_MS = 20_000;
/** What is planned within this time belongs to what is being done now. */
const A_MOMENT_MS = 1500;
/** More steps than any campaign of these tests needs: one that goes round in circles ends here. */
const MAX_JUMPS = 5000;

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

let certificate: ReturnType<typeof createLoopbackCertificate> | undefined;

/**
 * Everything from the campaign to the wire as the engine has it, on a real store, against a real push service; only the time between
 * attempts need not be waited for.
 */
export async function faultRig(options: RigOptions = {}) {
  const {
    deadlineMs = MAX_WAIT_MS,
    serviceAheadMs = 0,
    policy = {},
    openSocketTo,
    pushName,
    around = (sender: BatchSender) => sender,
  } = options;
  const folder = tempFolder();
  const time = jumpingTime();
  const captured = capturedLog();
  certificate ??= createLoopbackCertificate();
  const push = await createPushService({
    ...(pushName === undefined
      ? { certificate: await certificate }
      : { certificate: await createLoopbackCertificate(undefined, [pushName]), name: pushName }),
    clock: { now: () => time.trueClock.now() + serviceAheadMs },
  });
  const file = `${folder}/pushdesk.db`;
  layEmptyStore(file);
  const store = openStore({ file, log: captured.log, clock: time.clock, busyTimeoutMs: 50 });
  const trusted = policy.trusted === 'the system' ? null : push.certificatePem;
  const { sender, busy, change } = watchedSender(
    around(
      createLocalBatchSender({
        encryptor: createInlineEncryptor(),
        transport: createTransport({
          policyOf: () => ({ allowPrivate: policy.allowPrivate ?? true, trusted }),
          deadlineMs,
          ...(openSocketTo === undefined ? {} : { openSocketTo }),
        }),
        clock: time.clock,
      }),
    ),
  );
  const pairs = createKeyPairStore(store.db);
  const signing = new Map<KeyPairId, SigningKey>();
  const addKeyPair = (name: string) => {
    const { publicKey, privateKey } = makeKeyPair();
    const subject = options.subject ?? 'mailto:someone@example.com';
    const { id } = pairs.add({ name, subject, publicKey, createdAt: time.clock.now() });
    signing.set(id, { keyPairId: id, publicKey, privateKey, subject });
    return { id, publicKey };
  };
  const trouble = createStoreTrouble({ file, changes: { publish: () => undefined } });
  const mainPair = addKeyPair('Main');
  const service = createCampaignService({
    db: store.db,
    subscriptions: createSubscriptionSums({
      db: store.db,
      clock: time.clock,
      changes: { publish: () => undefined },
    }),
    keys: {
      list: () =>
        pairs.list().map((row) => ({
          ...row,
          subjectWarning: null,
          canSign: true,
          privateHalf: 'ready',
          privateHalfProblem: null,
          subscriptions: { active: 0, total: 0 },
        })),
      signingKey: (id) => signing.get(id) ?? null,
    },
    settings: createSettingsStore(store.db),
    tokens: createVapidTokens({ clock: time.clock }),
    sender,
    cap: () => 50,
    messagesPerMinute: () => options.messagesPerMinute ?? null,
    onStoreTrouble: trouble.note,
    changes: { publish: () => undefined },
    clock: time.clock,
    log: captured.log,
    // Full jitter at its shortest, so that the only wait is the one that the service has asked for.
    random: () => 0,
    schedule: time.schedule,
  });
  const subscriptions = createSubscriptionStore(store.db);
  endings.push(
    () => push.close(),
    () => {
      store.close();
    },
    async () => {
      const stopped = service.stop();
      while (time.jump());
      await stopped;
    },
  );

  /** @param pushService which service the row is said to belong to; default: what `dialect` says */
  const subscribe = (
    subscription: SubscriptionJson,
    pushService: PushServiceId,
    publicKey = mainPair.publicKey,
  ) => {
    const values = {
      endpoint: subscription.endpoint,
      pushService,
      p256dh: subscription.keys.p256dh,
      auth: subscription.keys.auth,
      publicKey,
      expirationTime: null,
      remark: null,
      state: 'active' as const,
      deletedAt: null,
    };
    subscriptions.addNew(values, 'import', time.clock.now());
  };

  const rows = <Row>(sql: string, params: object = {}) => store.db.read<object, Row>(sql).all(params);

  return {
    push,
    service,
    store,
    file,
    storeProblem: trouble.problem,
    time,
    mainPair,
    signing,
    addKeyPair,
    subscribe,
    logText: () => captured.text(),
    /** Devices that subscribed and are stored, all at one service. */
    devices(dialect: DialectName, count: number, applicationServerKey = mainPair.publicKey): VirtualDevice[] {
      return Array.from({ length: count }, () => {
        const device = push.registerDevice({ dialect, applicationServerKey });
        subscribe(device.subscription, dialect);
        return device;
      });
    },
    start(message: Partial<Message> = {}): CampaignId {
      return service.start({
        requestId: randomUUID(),
        message: messageSchema.parse({ title: 'Hello', body: 'World', ttlSeconds: 86_400, ...message }),
        audience: { kind: 'everyone' },
      }).id;
    },
    /** Runs until the campaign has finished, nothing more happens by itself, or `until` says so. */
    async run(id: CampaignId, until: () => boolean = () => false): Promise<CampaignDetail> {
      let idleSince = performance.now();
      for (let jumps = 0; jumps < MAX_JUMPS;) {
        for (let turn = 0; turn < 5; turn += 1) await nextTurn();
        const detail = service.get({ id });
        if (detail.state === 'finished' || until()) return detail;
        const soon = (time.untilNext() ?? Number.POSITIVE_INFINITY) <= A_MOMENT_MS;
        // What was claimed is on its way to the disk or to the wire; or the deliveries are still being written.
        const working = detail.counts.sending > 0 || detail.state === 'preparing';
        if (busy()) await inTime(change());
        else if (working && !soon && performance.now() - idleSince < MAX_WAIT_MS) {
          await wait(2);
          continue;
        } else if (time.jump()) jumps += 1;
        else return detail;
        idleSince = performance.now();
      }
      throw new Error(`The campaign went round in circles:\n${captured.text().slice(-2000)}`);
    },
    deliveries: (id: CampaignId): Delivery[] =>
      service.deliveries({ campaignId: id, states: [], cursor: null, limit: 500 }).items,
    attempts: (id: DeliveryId) => service.delivery({ id }).attempts,
    subscriptionStates: () =>
      rows<{ state: SubscriptionState }>('SELECT state FROM subscriptions ORDER BY id').map(
        ({ state }) => state,
      ),
    rows,
  };
}

async function inTime(change: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('Nothing came back from the network.'));
    }, MAX_WAIT_MS + 5000);
  });
  try {
    await Promise.race([change, late]);
  } finally {
    clearTimeout(timer);
  }
}
