import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CampaignId } from '../../../contract/ids.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import type {
  Rehearsal,
  RehearsalRecord,
  RehearsalState,
  startRehearsalInputSchema,
} from '../../../contract/rehearsal.ts';
import { lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import { createCampaignService, type CampaignService } from '../campaigns/campaign-service.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { createVapidTokens } from '../../dispatch/vapid-tokens.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import type { Log } from '../../base/log.ts';
import type { BatchSender } from '../../wire/batch-sender.ts';
import { createLocalSender } from '../../wire/create-local-sender.ts';
import type { Store } from '../../store/open-store.ts';
import { createSettingsStore } from '../../store/settings-store.ts';
import { storeProblemOf } from '../../store/store-problem.ts';
import type { WorkerFiles } from '../../base/worker-files.ts';
import { startPushServiceThread, type PushServiceThread } from './push-service-thread.ts';
import { createSubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { registerDevices } from './register-devices.ts';
import { notSetUp, serviceFell } from './rehearsal-problems.ts';
import { createThrowAwayKeys, type ThrowAwayKeys } from '../keys/throw-away-key-service.ts';

/**
 * With up to this many devices, each decrypts what it gets; with more, only one message in a hundred is decrypted, because decrypting costs
 * as much as sending.
 */
const DECRYPT_ALL_UP_TO = 20_000;

export type RehearsalInput = z.output<typeof startRehearsalInputSchema>;

/** One rehearsal, from creating its devices to its last delivery. */
export interface RehearsalRun {
  view(): Rehearsal;
  /** Its campaign; `null` until the local push service runs. */
  campaigns(): CampaignService | null;
  /** True when nothing more happens by itself. */
  isOver(): boolean;
  /** Ends it at any moment: cuts all connections and removes the store. */
  end(): Promise<void>;
}

export interface RehearsalRunOptions {
  readonly input: RehearsalInput;
  /** Empty, and owned by the run, which closes it. */
  readonly store: Store;
  readonly workerFiles: WorkerFiles;
  /** The most that may be in flight to one push service. */
  readonly cap: () => number;
  /** Origins of the person's own sites; omitted: there are none. */
  readonly ownSites?: (() => readonly string[]) | undefined;
  readonly changes: Pick<ChangeHub, 'publish'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The same seed gives the same devices and the same random choices. */
  readonly seed: string;
  /** Draws the wait before a retry; the default: the machine's own randomness. */
  readonly random: (() => number) | undefined;
}

/** Begins at once and continues by itself. */
export function startRehearsalRun(options: RehearsalRunOptions): RehearsalRun {
  const { input, store, workerFiles, clock } = options;
  const log = options.log.child({ rehearsal: true });
  const { message, devices, faults, services, canary } = input;
  const startedAt = clock.now();
  const decrypts = devices <= DECRYPT_ALL_UP_TO ? 'all' : 'sample';
  const ending = new AbortController();
  let thread: PushServiceThread | null = null;
  let campaigns: CampaignService | null = null;
  let sender: BatchSender | null = null;
  let campaignId: CampaignId | null = null;
  let registered = 0;
  let record: RehearsalRecord = { received: 0, accepted: 0, shown: 0, undecryptable: 0 };
  let problem: Problem | null = null;

  const onChange = () => {
    options.changes.publish('rehearsal');
  };

  const setUp = async () => {
    const keys = createThrowAwayKeys(store.db, clock);
    thread = await startPushServiceThread({
      workerFile: workerFiles.rehearsal,
      data: {
        devices,
        faults,
        services,
        decrypt: decrypts,
        seed: options.seed,
        publicKey: keys.publicKey,
        otherPublicKey: makeKeyPair().publicKey,
      },
      onRecord(seen) {
        record = seen;
        onChange();
      },
      onFall,
    });
    sender = senderTo(thread);
    campaigns = campaignsOf(keys, sender);
    await registerDevices({
      db: store.db,
      rows: thread.rows(),
      publicKey: keys.publicKey,
      clock,
      onProgress(count) {
        registered = count;
        onChange();
      },
      signal: ending.signal,
    });
    if (ending.signal.aborted) return;
    const audience = { kind: 'everyone' } as const;
    campaignId = campaigns.start({ requestId: randomUUID(), message, audience, canary }).id;
    onChange();
  };

  const senderTo = ({ origin, certificatePem }: PushServiceThread) =>
    createLocalSender({
      encryptWorkerFile: workerFiles.encrypt,
      policyOf: (target) => ({ allowPrivate: target.origin === origin, trusted: certificatePem }),
      clock,
      log,
    });

  const campaignsOf = (keys: ThrowAwayKeys, through: BatchSender) =>
    createCampaignService({
      db: store.db,
      kind: 'rehearsal',
      keys,
      subscriptions: createSubscriptionSums({ db: store.db, clock, changes: { publish: onChange } }),
      settings: createSettingsStore(store.db),
      tokens: createVapidTokens({ clock }),
      sender: through,
      cap: options.cap,
      ...(options.ownSites === undefined ? {} : { ownSites: options.ownSites }),
      // A limit exists to spare people and push services; there are none of either here.
      messagesPerMinute: () => null,
      changes: { publish: onChange },
      clock,
      log,
      ...(options.random === undefined ? {} : { random: options.random }),
    });

  const onFall = (error: Error) => {
    log.error({ error: error.message }, 'the local push service ended');
    problem = serviceFell;
    // Nothing would answer; what is waiting stays where it is.
    if (lifecycleOf(stateOfCampaign()).isSending && campaignId !== null) campaigns?.pause({ id: campaignId });
    onChange();
  };

  const begun = setUp().catch((error: unknown) => {
    if (ending.signal.aborted || problem !== null) return;
    log.error({ error: String(error) }, 'the rehearsal could not be set up');
    problem = error instanceof Refusal ? error.problem : (storeProblemOf(error, store.file) ?? notSetUp);
    onChange();
  });

  const stateOfCampaign = () =>
    campaigns === null || campaignId === null ? null : campaigns.get({ id: campaignId }).state;

  const state = (): RehearsalState => {
    if (problem !== null) return 'failed';
    const ofCampaign = stateOfCampaign();
    if (ofCampaign === null) return 'registering';
    return lifecycleOf(ofCampaign).isUnderWay ? 'sending' : 'finished';
  };

  return {
    view: () => ({
      state: state(),
      startedAt,
      devices,
      registered,
      faults,
      campaignId,
      decrypts,
      record,
      problem,
    }),
    campaigns: () => campaigns,
    isOver: () => state() === 'finished' || state() === 'failed',
    async end() {
      ending.abort();
      await begun;
      // From here on no more is sent. What is being encrypted or is on the wire is given up, so that nobody has to wait for it.
      const drained = campaigns?.stop();
      await sender?.close();
      await thread?.close();
      await drained;
      store.close();
    },
  };
}
