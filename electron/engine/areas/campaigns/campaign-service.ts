import os from 'node:os';
import type { z } from 'zod';
import type { Audience } from '../../../contract/campaign-audience.ts';
import type {
  Campaign,
  changeScheduledInputSchema,
  resumePartInputSchema,
  sendAgainInputSchema,
  startCampaignInputSchema,
} from '../../../contract/campaigns.ts';
import type { CampaignId } from '../../../contract/ids.ts';
import type { Message } from '../../../contract/message.ts';
import type { OwnFormat } from '../../../contract/own-formats.ts';
import type { Preflight, preflightInputSchema } from '../../../contract/preflight.ts';
import { Refusal } from '../../../contract/problem.ts';
import { isActive, lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import { PACE_MIN_RECIPIENTS } from '../../../core/campaign/time-needed.ts';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../../../core/message/payload.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { scheduleInBackground, type Schedule } from '../../base/schedule.ts';
import type { CampaignContent, CampaignRow } from '../../dispatch/campaign-store.ts';
import { createDispatchStore } from '../../dispatch/dispatch-store.ts';
import { createPayloadSource } from '../../dispatch/payload-source.ts';
import { createDispatcher, type Dispatcher } from '../../dispatch/dispatcher.ts';
import type { VapidTokens } from '../../dispatch/vapid-tokens.ts';
import type { WritableDb } from '../../store/database.ts';
import type { SettingsStore } from '../../store/settings-store.ts';
import type { BatchSender } from '../../wire/batch-sender.ts';
import type { AudienceResolver } from '../audience/audience-service.ts';
import type { KeyService } from '../keys/key-service.ts';
import {
  createSelection,
  type SubscriptionSelection,
} from '../subscriptions/subscription-selection-service.ts';
import type { SubscriptionSum, SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { createBackgroundWork } from './background-work.ts';
import { createCampaignControl } from './campaign-control.ts';
import { canaryNeedsOneTime, otherRequest } from './campaign-problems.ts';
import { createCampaignReading, type CampaignReading } from './campaign-reading.ts';
import { createCampaignRecipients, type CampaignRecipients } from './campaign-recipients.ts';
import { createCampaignStores } from './campaign-stores.ts';
import { createStoreWait } from './store-wait.ts';
import { createOwnFormats } from './own-formats.ts';
import { preflight, signersOf } from './preflight.ts';
import { createPersonalMeasurer } from './personal/personal-measure.ts';
import { preparePieces } from './prepare-deliveries.ts';
import { createRestoredCampaigns } from './restored-campaigns.ts';
import { recoverCampaigns } from './recover-campaigns.ts';
import type { RemovalPreview } from '../../../contract/retention.ts';
import { createRetention } from './retention/retention.ts';
import { isSameRequest } from './same-request.ts';
import { createClockChanges } from './schedule/clock-changes.ts';
import { hoursOf, quietOf } from './schedule/hours-of.ts';
import { createScheduledCampaigns } from './schedule/scheduled-campaigns.ts';
import { hoursMissed } from './schedule/schedule-problems.ts';
import { ALWAYS_STARTS_MS, createScheduler, type Scheduler } from './schedule/scheduler.ts';

/** What is on the wire when the engine stops is waited for this long; after that it is `unknown` at the next start. */
const STOP_PATIENCE_MS = 10_000;

type ById = { id: CampaignId };
type PreflightInput = z.output<typeof preflightInputSchema>;

/** Campaigns from preflight to the last attempt. Its functions are those of the contract. */
export interface CampaignService extends Omit<CampaignReading, 'view'>, Pick<CampaignRecipients, 'measure'> {
  /** Makes ready what `preflight` and `start` say of a message whose text depends on who gets it. */
  measureTexts(message: Message, audience: Audience): Promise<void>;
  /** It was started before: `start` gives that campaign, and nothing has to be measured. */
  isKnown(requestId: string): boolean;
  /** @param sums what `measure` gave; left out: everyone, or chosen ones */
  preflight(input: z.output<typeof preflightInputSchema>, sums?: readonly SubscriptionSum[]): Preflight;
  /**
   * @param sums as for `preflight`
   * @throws Refusal BAD_INPUT with the first blocker of the preflight, CONFLICT for a request id of another send; then nothing is stored
   */
  start(input: z.output<typeof startCampaignInputSchema>, sums?: readonly SubscriptionSum[]): Campaign;
  pause(input: ById): Campaign;
  resume(input: ById): Campaign;
  cancel(input: ById): Campaign;
  goOnAfterCanary(input: ById): Campaign;
  stopAfterCanary(input: ById): Campaign;
  sendAgain(input: z.output<typeof sendAgainInputSchema>): Campaign;
  /** Those that wait for their time, soonest first. */
  scheduled(): Campaign[];
  /** @throws Refusal CONFLICT once it has started, BAD_INPUT for what stands against it */
  changeScheduled(input: z.output<typeof changeScheduledInputSchema>): Promise<Campaign>;
  sendNow(input: ById): Promise<Campaign>;
  audienceOf(input: ById): Audience | null;
  /** Starts what is due, or asks: to be called every minute, and when the settings change. */
  lookAtSchedules(): void;
  resumePart(input: z.output<typeof resumePartInputSchema>): Campaign;
  /** To be called when private keys are ready that were not: what waited for them, and for nothing else, goes on. */
  resumeKeys(): void;
  ownFormats(): OwnFormat[];
  saveOwnFormats(formats: OwnFormat[]): OwnFormat[];
  /** Deliveries of these were erased: they may be at their end. */
  lookAgain(ids: readonly CampaignId[]): void;
  /** What keeping deliveries for so many days would remove. */
  previewRemoval(input: { days: number }): RemovalPreview;
  /** To be called now and then: removes deliveries that are not to be kept any longer. */
  tidyDeliveries(): void;
  /** Whether a campaign is being written or sent. */
  isSending(): boolean;
  /** To be called once, when the engine starts: tells the truth about what was interrupted and goes on with the rest. */
  recover(): void;
  /** Sends nothing new, waits a while for what is on the wire, and records it. */
  stop(): Promise<void>;
}

export interface CampaignServiceOptions {
  db: WritableDb;
  /** What its campaigns are; the default: sends to people, a test where there is only one of them. */
  kind?: 'rehearsal';
  keys: Pick<KeyService, 'list' | 'signingKey'>;
  subscriptions: SubscriptionSums;
  /** Finds whom an audience means; left out: there are only everyone and chosen ones. */
  audiences?: AudienceResolver;
  selection?: Pick<SubscriptionSelection, 'stretches' | 'view' | 'sumsOf'>;
  settings: SettingsStore;
  tokens: VapidTokens;
  sender: BatchSender;
  /** The most that may be in flight to one push service. */
  cap: () => number;
  /** Limit of messages a minute for a campaign that has none of its own; `null`: none. */
  messagesPerMinute: () => number | null;
  /** Days that deliveries of campaigns that have ended are kept; `null`, or left out: for good. */
  keepDeliveriesDays?: () => number | null;
  /** Whether service workers are asked to tell what becomes of messages, now; left out: they are not. */
  asksReceipts?: () => boolean;
  /** Origins of the person's own sites, now; left out: there are none. */
  ownSites?: () => readonly string[];
  /** Told when the store refuses what campaigns write, with its error, and with `null` once it takes things again. */
  onStoreTrouble?: (error: unknown) => void;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
  random?: () => number;
  schedule?: Schedule;
  /** Milliseconds since the computer started, sleep included; left out: as the system says. */
  uptime?: () => number;
  /** Most milliseconds that a scheduled campaign may start late without a decision; left out: some minutes. */
  maxStartDelayMs?: () => number;
  /** Monotonic time in milliseconds. */
  monotonicNow?: () => number;
}

export function createCampaignService(options: CampaignServiceOptions): CampaignService {
  const { db, keys, subscriptions, sender, changes, clock, log } = options;
  const ownSites = options.ownSites ?? (() => []);
  const stores = createCampaignStores(db);
  const ownFormats = createOwnFormats(options.settings);
  const restored = createRestoredCampaigns({ stores, settings: options.settings, clock, log });
  const storeWait = createStoreWait(clock, () => {
    onChange();
  });
  const onStoreTrouble = (error: unknown) => {
    storeWait.note(error);
    options.onStoreTrouble?.(error);
  };
  const backgroundWork = createBackgroundWork({ log, onStoreTrouble });
  const { campaigns, canaries, lanes } = stores;
  const retention = createRetention({
    db,
    store: stores.retention,
    days: () => options.keepDeliveriesDays?.() ?? null,
    backgroundWork,
    onChange: () => {
      onChange();
    },
    clock,
    log,
  });

  const onChange = () => {
    changes.publish('campaigns', 'deliveries', 'app');
  };
  const dispatcher: Dispatcher = createDispatcher({
    store: createDispatchStore(stores, clock),
    sender,
    signingKey: (id) => keys.signingKey(id),
    tokens: options.tokens,
    payloads: createPayloadSource(stores.personal),
    cap: options.cap,
    onStep({ settled, stopped }) {
      for (const id of stopped) control.sweep(id);
      onChange();
      if (settled > 0) changes.publish('subscriptions');
    },
    onStoreTrouble,
    clock,
    log,
    ...(options.random === undefined ? {} : { random: options.random }),
    ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
    ...(options.monotonicNow === undefined ? {} : { monotonicNow: options.monotonicNow }),
  });
  const signers = () => signersOf(keys.list());
  const signingIds = () => {
    const { pairs, fallback } = signers();
    return { keyPairIds: pairs.map(({ id }) => id), fallbackKeyPairId: fallback?.id ?? null };
  };
  const reading = createCampaignReading({
    stores,
    paceOf: (id) => storeWait.pace() ?? dispatcher.pace(id),
    restored,
    keys,
    clock,
    log,
  });
  const meant = createCampaignRecipients({
    subscriptions,
    selection:
      options.selection ?? createSelection({ db, sums: subscriptions, publicKeyOf: () => null, clock }),
    audiences: options.audiences ?? null,
  });
  const control = createCampaignControl({
    stores,
    dispatcher,
    backgroundWork,
    prepare(campaign) {
      const pieces = preparePieces(campaign, {
        stores,
        finder: meant.finder,
        signers: signingIds,
        mayHaveGone: restored.copyOf(campaign.id) !== null,
        asksReceipts: () => options.asksReceipts?.() ?? false,
        ownSites,
        now: () => clock.now(),
        onPiece(ready) {
          onChange();
          if (ready) dispatcher.add(campaign);
        },
      });
      backgroundWork.start(`prepare ${campaign.id}`, pieces);
    },
    onChange,
    clock,
  });

  /**
   * Campaigns whose deliveries were being written when the app ended, and whose keys are locked now: written without those keys, they would
   * leave out people who were counted in.
   */
  const heldBack = new Set<CampaignId>();
  const isLocked = () => keys.list().some(({ privateHalf }) => privateHalf === 'locked');

  const personal = createPersonalMeasurer({
    ...stores,
    finder: meant.finder,
    signers: signingIds,
    asksReceipts: () => options.asksReceipts?.() ?? false,
    ownSites,
    clock,
  });

  const check = (
    message: Message,
    audience: Audience,
    sums: readonly SubscriptionSum[] | undefined,
    payloadId: string,
    {
      canary = null,
      schedule,
      messagesPerMinute,
      quietHours,
    }: Pick<PreflightInput, 'canary' | 'schedule' | 'messagesPerMinute' | 'quietHours'> = {},
  ) =>
    preflight({
      message,
      audience,
      sums: sums ?? meant.ofSimple(audience),
      signers: signers(),
      payloadId,
      asksReceipts: options.asksReceipts?.() ?? false,
      ownSites: ownSites(),
      now: clock.now(),
      perSecond: campaigns.lastPace(PACE_MIN_RECIPIENTS),
      messagesPerMinute: messagesPerMinute ?? options.messagesPerMinute(),
      canary,
      schedule: schedule ?? null,
      quietHours: quietHours ?? null,
      personal: personal.of(message, audience),
    });
  const contentOf = (
    { message, audience, requestId }: { message: Message; audience: Audience; requestId: string },
    sums: readonly SubscriptionSum[] | undefined,
  ): CampaignContent => {
    const { blockers, recipients } = check(message, audience, sums, requestId);
    const [blocker] = blockers;
    if (blocker !== undefined) throw new Refusal('BAD_INPUT', blocker);
    const payload = encodePayload(
      buildPayload(message, requestId, options.asksReceipts?.() ?? false, ownSites()),
    );
    const kind =
      options.kind ?? (audience.kind === 'chosen' && audience.ids.length === 1 ? 'test' : 'campaign');
    return {
      kind,
      payload: payload.text,
      payloadBytes: payload.bytes,
      kept: meant.kept(audience),
      recipients,
    };
  };

  const clockChanges = createClockChanges({ clock, uptime: options.uptime ?? (() => os.uptime() * 1000) });
  const scheduled = createScheduledCampaigns({
    stores,
    measure: ({ message, audience }) =>
      personal.measure(message, audience).then(() => meant.measure(audience)),
    contentOf,
    view: (id) => reading.view(id),
    goOn(campaign) {
      sender.getReady();
      control.goOn(campaign);
    },
    onChange() {
      onChange();
      scheduler.look();
    },
    clockChanges,
    clock,
    log,
  });
  const scheduler: Scheduler = createScheduler({
    schedules: stores.schedules,
    clockChanges,
    maxDelayMs: options.maxStartDelayMs ?? (() => 0),
    isLocked,
    begin: (due) => scheduled.begin(due),
    onGap() {
      campaigns.unfinished().forEach(askIfMissed);
    },
    onChange,
    clock,
    schedule: options.schedule ?? scheduleInBackground,
    log,
  });
  /** Somebody's own hour has passed meanwhile: nobody gets it late in silence. */
  const askIfMissed = ({ id, hours, state }: CampaignRow): boolean => {
    if ((hours?.start ?? null) === null || !lifecycleOf(state).isSending) return false;
    const first = stores.queue.firstHourOf(id);
    const most = Math.max(ALWAYS_STARTS_MS, options.maxStartDelayMs?.() ?? 0);
    if (first === null || clock.now() - first <= most) return false;
    control.pause(id);
    stores.schedules.ask(id, 'late', hoursMissed, clock.now());
    log.warn({ campaignId: id }, 'a campaign missed the hours of some recipients, and waits for a decision');
    return true;
  };
  /** What its first request asked for, whatever it was edited to since. */
  const askedFirst = (row: CampaignRow) => {
    const canary = canaries.of(row.id)?.rules ?? null;
    const test = row.kind === 'test';
    const first = stores.schedules.firstRequest(row.id);
    if (first !== null) return { ...(first as Parameters<typeof isSameRequest>[0]), canary, test };
    const { schedule } = row;
    return {
      ...row,
      audience: campaigns.audienceOf(row.id),
      canary,
      test,
      quietHours: quietOf(row),
      schedule:
        schedule === null
          ? null
          : {
              at: schedule.at,
              timeZone: schedule.timeZone,
              ...(schedule.perRecipient ? { perRecipient: true as const } : {}),
            },
    };
  };
  const afterwards = (id: CampaignId, work: () => void): Campaign => {
    work();
    return reading.view(id);
  };

  return {
    measure: (audience) => meant.measure(audience),
    measureTexts: (message, audience) => personal.measure(message, audience),
    isKnown: (requestId) => campaigns.byRequestId(requestId) !== null,
    preflight: ({ message, audience, ...how }, sums) =>
      check(message, audience, sums, EXAMPLE_PAYLOAD_ID, how),
    start({ requestId, ...asked }, measured) {
      const { message, audience } = asked;
      const known = campaigns.byRequestId(requestId);
      if (known !== null) {
        if (!isSameRequest(askedFirst(known), asked)) throw otherRequest();
        return reading.view(known.id);
      }
      const { schedule, canary = null, test = false, quietHours = null, ...shown } = asked;
      if (canary !== null && schedule?.perRecipient === true) throw canaryNeedsOneTime();
      if (schedule !== undefined) scheduled.check(schedule);
      const content = contentOf({ message, audience, requestId }, measured);
      const { recipients } = content;
      const row = db.transaction(() => {
        const added = campaigns.add({
          ...shown,
          ...content,
          ...(test && content.kind === 'campaign' ? { kind: 'test' as const } : {}),
          requestId,
          state: schedule === undefined ? 'preparing' : 'scheduled',
          messagesPerMinute: asked.messagesPerMinute ?? options.messagesPerMinute(),
          hours: hoursOf(schedule ?? null, quietHours),
          createdAt: clock.now(),
        });
        if (canary !== null) canaries.add(added.id, canary);
        if (schedule !== undefined) scheduled.add(added.id, schedule);
        return added;
      });
      if (schedule !== undefined) {
        log.info({ campaignId: row.id, recipients, ...schedule }, 'a campaign was scheduled');
        scheduler.look();
        onChange();
        return reading.view(row.id);
      }
      log.info({ campaignId: row.id, recipients }, 'a campaign was started');
      // Its deliveries have to be written first: time to start what sends them.
      sender.getReady();
      control.goOn(row);
      onChange();
      return reading.view(row.id);
    },
    ...reading,
    pause: ({ id }) =>
      afterwards(id, () => {
        control.pause(id);
      }),
    resume: ({ id }) =>
      afterwards(id, () => {
        control.resume(id);
        stores.schedules.answered(id);
      }),
    cancel: ({ id }) =>
      afterwards(id, () => {
        control.cancel(id);
        stores.schedules.answered(id);
      }),
    scheduled: () => scheduled.list(),
    changeScheduled: (input) => scheduled.change(input),
    sendNow: ({ id }) => scheduled.sendNow(id),
    audienceOf: ({ id }) => campaigns.audienceOf(id),
    lookAtSchedules() {
      scheduler.look();
    },
    goOnAfterCanary: ({ id }) =>
      afterwards(id, () => {
        control.goOnAfterCanary(id);
      }),
    stopAfterCanary: ({ id }) =>
      afterwards(id, () => {
        control.stopAfterCanary(id);
      }),
    sendAgain: ({ id, state, cause }) =>
      afterwards(id, () => {
        control.sendAgain(id, state, cause);
      }),
    resumePart: ({ id, ...part }) =>
      afterwards(id, () => {
        control.resumePart(id, part);
      }),
    resumeKeys() {
      const ready = new Set(keys.list().flatMap(({ id, canSign }) => (canSign ? [id] : [])));
      for (const campaign of campaigns.unfinished()) {
        const { id } = campaign;
        if (!isLocked() && heldBack.delete(id)) control.goOn(campaign);
        const waiting = lanes
          .list(id)
          .filter(({ pause, keyPairId }) => pause?.diagnosis === 'key-not-held' && ready.has(keyPairId));
        for (const part of waiting) control.resumePart(id, part);
      }
    },
    ownFormats: () => ownFormats.list(),
    saveOwnFormats: (formats) => ownFormats.save(formats),
    lookAgain(ids) {
      for (const id of ids) dispatcher.wake(id);
      if (ids.length > 0) onChange();
    },
    previewRemoval: ({ days }) => retention.preview(days),
    tidyDeliveries() {
      retention.tidy();
    },
    isSending: () => campaigns.unfinished().some(({ state }) => isActive(state)),
    recover() {
      const goOn = (campaign: CampaignRow) => {
        if (askIfMissed(campaign)) return;
        if (lifecycleOf(campaign.state).isPreparing && isLocked()) heldBack.add(campaign.id);
        else control.goOn(campaign);
      };
      recoverCampaigns({ stores, restored, control: { ...control, goOn }, clock, log });
      scheduler.start();
      onChange();
    },
    async stop() {
      backgroundWork.stop();
      await Promise.all([scheduler.stop(), dispatcher.stop(STOP_PATIENCE_MS)]);
      await sender.close();
    },
  };
}
