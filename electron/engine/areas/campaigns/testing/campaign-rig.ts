import { describePrivateHalf } from '../../../../core/keys/private-half.ts';
import type { Campaign } from '../../../../contract/campaigns.ts';
import type { Problem } from '../../../../contract/problem.ts';
import type { KeyPairId, SubscriptionId } from '../../../../contract/ids.ts';
import { messageSchema, type Message } from '../../../../contract/message.ts';
import type { KeyPair } from '../../../../contract/keys.ts';
import { pushServiceOf } from '../../../../core/push-services/push-service.ts';
import { checkSubject } from '../../../../core/keys/subject.ts';
import { createVapidTokens } from '../../../dispatch/vapid-tokens.ts';
import { makeKeyPair } from '../../../keys/curve.ts';
import type { SigningKey } from '../../../keys/signing-key.ts';
import type { BatchSender } from '../../../wire/batch-sender.ts';
import type { WritableDb } from '../../../store/database.ts';
import { createSettingsStore } from '../../../store/settings-store.ts';
import type { Store } from '../../../store/open-store.ts';
import { createSubscriptionStore } from '../../subscriptions/subscription-store.ts';
import type { AudienceResolver } from '../../audience/audience-service.ts';
import type { SubscriptionSelection } from '../../subscriptions/subscription-selection-service.ts';
import {
  createSubscriptionSums,
  type SubscriptionSums,
} from '../../subscriptions/subscription-sums-service.ts';
import { createKeyPairStore } from '../../keys/key-pair-store.ts';
import { capturedLog } from '../../../testing/captured-log.ts';
import { tempStore } from '../../../testing/temp-store.ts';
import { createCampaignService, type CampaignService } from '../campaign-service.ts';
import { manualTime, type ManualTime } from '../../../testing/manual-time.ts';
import { scriptedSender, type Script, type ScriptedSender } from '../../../testing/scripted-sender.ts';

export interface CampaignRig {
  service: CampaignService;
  time: ManualTime;
  push: ScriptedSender;
  store: Store;
  /** What the service writes to; a test may break it. */
  db: WritableDb;
  keys: RigKeys;
  /** Adds active subscriptions at these endpoints, made with the first key pair unless another is named. */
  subscribe(endpoints: readonly string[], publicKey?: string | null): SubscriptionId[];
  /** A new engine on the same store, as after a restart. */
  restart(): CampaignService;
  /** Sets the clock: time goes on as before, and what is planned stays as far away as it was. */
  setClock(byMs: number): void;
  /** Lets the computer sleep: the clock and the uptime go on, and nothing that was planned runs. */
  sleep(milliseconds: number): void;
  rows(sql: string): unknown[];
  logText(): string;
}

export interface RigKeys {
  list(): KeyPair[];
  signingKey(id: KeyPairId): SigningKey | null;
  add(name: string): { id: KeyPairId; publicKey: string };
  /** Pairs whose private half cannot be opened. */
  locked: Set<KeyPairId>;
}

export interface RigOptions {
  script?: Script;
  cap?: number;
  messagesPerMinute?: number | null;
  /** Default: false. */
  asksReceipts?: boolean;
  /** Origins of the person's own sites. */
  ownSites?: () => readonly string[];
  random?: () => number;
  /** Default: as in the app. */
  maxStartDelayMs?: () => number;
  /** The time at the start of the test, in ms since 1970. */
  startAt?: number;
  onStoreTrouble?: (error: unknown) => void;
  /** What brings messages to push services, for each engine on the store; the default: the scripted one. */
  senderOf?: (on: { db: WritableDb; time: ManualTime; here: BatchSender }) => BatchSender;
  onAsk?: (campaign: Campaign, problem: Problem) => void;
  /** Finds audiences that are not everyone. */
  audiences?: (on: { db: WritableDb; sums: SubscriptionSums; time: ManualTime }) => {
    audiences: AudienceResolver;
    selection: SubscriptionSelection;
  };
}

export function message(change: Partial<Message> = {}): Message {
  return messageSchema.parse({ title: 'Hello', body: 'World', ...change });
}

/** When its computer was started. */
const UP_SINCE = Date.UTC(2020, 0, 1);

/** A campaign service on a real store, with time and push services in the hands of the test. */
export function campaignRig(options: RigOptions = {}): CampaignRig {
  const time = manualTime(options.startAt);
  let setBy = 0;
  let slept = 0;
  const clock = { now: () => time.clock.now() + setBy + slept };
  const captured = capturedLog();
  const store = tempStore({ clock: time.clock, log: captured.log });
  const keys = rigKeys(store, time);
  keys.add('Main');
  const push = scriptedSender(time.clock, options.script);
  // A real flush takes real time, which does not pass in these tests.
  const db: WritableDb = { ...store.db, flushed: () => Promise.resolve() };
  const changes = { publish: () => undefined };
  const sums = createSubscriptionSums({ db, clock: time.clock, changes });
  const build = () =>
    createCampaignService({
      db,
      keys,
      subscriptions: sums,
      ...options.audiences?.({ db, sums, time }),
      settings: createSettingsStore(store.db),
      tokens: createVapidTokens({ clock }),
      sender: options.senderOf?.({ db, time, here: push.sender }) ?? push.sender,
      cap: () => options.cap ?? 50,
      asksReceipts: () => options.asksReceipts ?? false,
      ownSites: () => options.ownSites?.() ?? [],
      messagesPerMinute: () => options.messagesPerMinute ?? null,
      ...(options.onStoreTrouble === undefined ? {} : { onStoreTrouble: options.onStoreTrouble }),
      ...(options.onAsk === undefined ? {} : { onAsk: options.onAsk }),
      changes,
      clock,
      uptime: () => time.clock.now() - UP_SINCE + slept,
      ...(options.maxStartDelayMs === undefined ? {} : { maxStartDelayMs: options.maxStartDelayMs }),
      log: captured.log,
      random: options.random ?? (() => 0.5),
      schedule: time.schedule,
      monotonicNow: () => time.clock.now(),
    });
  const subscriptions = createSubscriptionStore(store.db);

  return {
    service: build(),
    time,
    push,
    store,
    db,
    keys,
    subscribe(endpoints, publicKey = keys.list()[0]?.publicKey ?? null) {
      return store.db.transaction(() =>
        endpoints.map((endpoint) => {
          const values = {
            endpoint,
            pushService: pushServiceOf(endpoint),
            p256dh: 'p'.repeat(87),
            auth: 'a'.repeat(22),
            publicKey,
            expirationTime: null,
            remark: null,
            state: 'active' as const,
            deletedAt: null,
          };
          subscriptions.addNew(values, 'page', time.clock.now());
          const known = subscriptions.byEndpoint(endpoint);
          if (known === null) throw new Error(`${endpoint} was not stored`);
          return known.id;
        }),
      );
    },
    restart: build,
    setClock(byMs) {
      setBy += byMs;
    },
    sleep(milliseconds) {
      slept += milliseconds;
    },
    rows: (sql) => store.db.read<object, unknown>(sql).all({}),
    logText: () => captured.text(),
  };
}

function warningOf(subject: string): KeyPair['subjectWarning'] {
  const checked = checkSubject(subject);
  return checked.kind === 'ok' ? null : checked.problem;
}

function rigKeys(store: Store, time: ManualTime): RigKeys {
  const pairs = createKeyPairStore(store.db);
  const privateKeys = new Map<KeyPairId, string>();
  const locked = new Set<KeyPairId>();
  return {
    locked,
    add(name) {
      const { publicKey, privateKey } = makeKeyPair();
      const row = pairs.add({
        name,
        subject: 'mailto:me@example.com',
        publicKey,
        createdAt: time.clock.now(),
      });
      privateKeys.set(row.id, privateKey);
      return { id: row.id, publicKey };
    },
    list: () =>
      pairs.list().map((row) => ({
        ...row,
        subjectWarning: warningOf(row.subject),
        canSign: !locked.has(row.id),
        privateHalf: locked.has(row.id) ? ('locked' as const) : ('ready' as const),
        privateHalfProblem: describePrivateHalf(locked.has(row.id) ? 'locked' : 'ready', row.name, true),
        subscriptions: { active: 0, total: 0 },
      })),
    signingKey(id) {
      const row = pairs.get(id);
      const privateKey = privateKeys.get(id);
      if (row === null || privateKey === undefined || locked.has(id)) return null;
      return { keyPairId: id, publicKey: row.publicKey, privateKey, subject: row.subject };
    },
  };
}

/** Endpoints of one push service: `fcm(3)` are three of Google's. */
export const fcm = (count: number, from = 1) =>
  endpoints('https://fcm.googleapis.com/fcm/send/', count, from);
export const mozilla = (count: number, from = 1) =>
  endpoints('https://updates.push.services.mozilla.com/wpush/v2/', count, from);
export const apple = (count: number, from = 1) => endpoints('https://web.push.apple.com/', count, from);
export const hosted = (host: string, count: number, from = 1) =>
  endpoints(`https://${host}/push/`, count, from);

function endpoints(prefix: string, count: number, from: number): string[] {
  return Array.from({ length: count }, (_item, index) => `${prefix}${from + index}`);
}
