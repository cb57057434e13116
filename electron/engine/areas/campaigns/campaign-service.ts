import os from 'node:os';
import type { Audience } from '../../../contract/campaign-audience.ts';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { CampaignId } from '../../../contract/ids.ts';
import type { ChangeOwnFormat, OwnFormat } from '../../../contract/own-formats.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { RemovalPreview } from '../../../contract/retention.ts';
import { isActive } from '../../../core/campaign/lifecycle.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { scheduleInBackground, type Schedule } from '../../base/schedule.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import { createAdoptionStore } from '../../dispatch/adoption-store.ts';
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
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { createBackgroundWork } from './background-work.ts';
import { createCampaignActs, type CampaignActs } from './campaign-acts.ts';
import { createCampaignContents, type CampaignContents } from './campaign-content.ts';
import { createCampaignControl } from './campaign-control.ts';
import { createCampaignReading, type CampaignReading } from './campaign-reading.ts';
import { createCampaignRecipients, type CampaignRecipients } from './campaign-recipients.ts';
import { createCampaignStart, type CampaignStart } from './campaign-start.ts';
import { createCampaignStores } from './campaign-stores.ts';
import { createKeyWait } from './key-wait.ts';
import { createStoreWait } from './store-wait.ts';
import { createOwnFormats } from './own-formats.ts';
import { signersOf } from './preflight.ts';
import { createPersonalMeasurer } from './personal/personal-measure.ts';
import { createRecipientPreviewer, type RecipientPreviewer } from './personal/recipient-preview.ts';
import { preparePieces } from './prepare-deliveries.ts';
import { createRestoredCampaigns } from './restored-campaigns.ts';
import { recoverCampaigns } from './recover-campaigns.ts';
import { createRetention } from './retention/retention.ts';
import { createCampaignSchedules, type CampaignSchedules } from './schedule/campaign-schedules.ts';

/** How long the engine waits at its end for messages in flight; after that they are `unknown` at the next start. */
const STOP_PATIENCE_MS = 10_000;

/** Campaigns from preflight to the last attempt. Its functions are those of the contract. */
export interface CampaignService
  extends
    Omit<CampaignReading, 'view' | 'views'>,
    Pick<CampaignRecipients, 'measure'>,
    Pick<CampaignContents, 'measureTexts' | 'preflight'>,
    CampaignStart,
    CampaignActs,
    RecipientPreviewer,
    Pick<CampaignSchedules, 'scheduled' | 'asking' | 'changeScheduled' | 'sendNow'> {
  audienceOf(input: { id: CampaignId }): Audience | null;
  /** Starts what is due, or asks: to be called every minute, and when the settings change. */
  lookAtSchedules(): void;
  /** To be called when private keys become ready: what waited only for them continues. */
  resumeKeys(): void;
  ownFormats(): OwnFormat[];
  changeOwnFormat(format: ChangeOwnFormat): OwnFormat[];
  /** Deliveries of these were erased: they may have ended. */
  lookAgain(ids: readonly CampaignId[]): void;
  /** What would be removed if deliveries were kept for that many days. */
  previewRemoval(input: { days: number }): RemovalPreview;
  /** To be called now and then: removes deliveries that are no longer to be kept. */
  tidyDeliveries(): void;
  /** Whether a campaign is being written or sent. */
  isSending(): boolean;
  /** To be called once, when the engine starts: records the truth about what was interrupted and continues the rest. */
  recover(): void;
  /** Sends nothing new, waits a while for messages in flight, and records what became of them. */
  stop(): Promise<void>;
}

export interface CampaignServiceOptions {
  db: WritableDb;
  /** The kind of its campaigns; the default: sends to people, or a test if there is only one recipient. */
  kind?: 'rehearsal';
  keys: Pick<KeyService, 'list' | 'signingKey'>;
  subscriptions: SubscriptionSums;
  /** Finds whom an audience means; left out: only everyone and chosen ones are possible. */
  audiences?: AudienceResolver;
  selection?: Pick<SubscriptionSelection, 'stretches' | 'view' | 'sumsOf'>;
  settings: SettingsStore;
  tokens: VapidTokens;
  sender: BatchSender;
  /** The most messages that may be in flight to one push service. */
  cap: () => number;
  /** Limit of messages per minute for a campaign that has none of its own; `null`: none. */
  messagesPerMinute: () => number | null;
  /** How many days the deliveries of ended campaigns are kept; `null`, or left out: for good. */
  keepDeliveriesDays?: () => number | null;
  /** Whether service workers are now asked to report what becomes of messages; left out: they are not. */
  asksReceipts?: () => boolean;
  /** The present origins of the person's own sites; left out: there are none. */
  ownSites?: () => readonly string[];
  /** Called with the store's error when it refuses what campaigns write, and with `null` once it accepts it again. */
  onStoreTrouble?: (error: unknown) => void;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
  random?: () => number;
  schedule?: Schedule;
  /** Milliseconds since the computer started, sleep included; left out: the system's value. */
  uptime?: () => number;
  /** How many milliseconds late a scheduled campaign may start without a decision; left out: some minutes. */
  maxStartDelayMs?: () => number;
  /** Told of each campaign that missed its time, or the hours of some recipients, when it begins to ask. */
  onAsk?: (campaign: Campaign, problem: Problem) => void;
  /** Monotonic time in milliseconds. */
  monotonicNow?: () => number;
}

export function createCampaignService(options: CampaignServiceOptions): CampaignService {
  const { db, keys, subscriptions, sender, changes, clock, log } = options;
  const ownSites = options.ownSites ?? (() => []);
  const asksReceipts = options.asksReceipts ?? (() => false);
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
  const { campaigns } = stores;
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
  const adoptionStore = createAdoptionStore({
    stores,
    reopen: (id) => {
      control.reopen(id);
    },
    clock,
  });
  const payloads = createPayloadSource(stores.personal);
  const dispatcher: Dispatcher = createDispatcher({
    stores,
    maySend: (id) => schedules.maySend(id),
    sender,
    signingKey: (id) => keys.signingKey(id),
    tokens: options.tokens,
    payloads,
    handed: adoptionStore,
    campaignOf: (id) => campaigns.get(id),
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
    payloads,
    paceOf: (id) => storeWait.pace() ?? dispatcher.pace(id),
    restored,
    keys,
    clock,
    log,
  });
  const meant = createCampaignRecipients({
    subscriptions,
    selection:
      options.selection ??
      createSelection({
        db,
        sums: subscriptions,
        publicKeyOf: () => null,
        asksReceipts: () => false,
        clock,
      }),
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
        asksReceipts,
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

  const keyWait = createKeyWait({ keys, stores, control });
  const texts = {
    ...stores,
    finder: meant.finder,
    signers: signingIds,
    asksReceipts,
    ownSites,
    clock,
  };
  const contents = createCampaignContents({
    kind: options.kind,
    campaigns,
    meant,
    personal: createPersonalMeasurer(texts),
    signers,
    asksReceipts,
    ownSites,
    messagesPerMinute: options.messagesPerMinute,
    clock,
  });
  const view = (id: CampaignId) => reading.view(id);
  const begin = (campaign: CampaignRow) => {
    // Its deliveries have to be written first, which leaves time to start what sends them.
    sender.getReady();
    control.goOn(campaign);
  };
  const schedules = createCampaignSchedules({
    stores,
    measure: ({ message, audience }) =>
      contents.measureTexts(message, audience).then(() => meant.measure(audience)),
    contentOf: (given, sums) => contents.of(given, sums),
    view,
    views: (ids) => reading.views(ids),
    goOn: begin,
    pause: (id) => {
      control.pause(id);
    },
    onAsk(id, problem) {
      options.onAsk?.(view(id), problem);
    },
    wake: (id) => {
      dispatcher.wake(id);
    },
    isLocked: () => keyWait.isLocked(),
    maxDelayMs: options.maxStartDelayMs ?? (() => 0),
    uptime: options.uptime ?? (() => os.uptime() * 1000),
    onChange,
    clock,
    schedule: options.schedule ?? scheduleInBackground,
    log,
  });
  const starts = createCampaignStart({
    stores,
    contents,
    schedules,
    messagesPerMinute: options.messagesPerMinute,
    view,
    goOn: begin,
    onChange,
    clock,
    log,
  });

  return {
    measure: (audience) => meant.measure(audience),
    measureTexts: (message, audience) => contents.measureTexts(message, audience),
    preflight: (input, sums) => contents.preflight(input, sums),
    ...starts,
    ...reading,
    ...createRecipientPreviewer(texts),
    ...createCampaignActs({
      control,
      schedules: stores.schedules,
      lookAtSchedules() {
        schedules.look();
      },
      view,
    }),
    scheduled: () => schedules.scheduled(),
    asking: () => schedules.asking(),
    changeScheduled: (input) => schedules.changeScheduled(input),
    sendNow: (input) => schedules.sendNow(input),
    audienceOf: ({ id }) => campaigns.audienceOf(id),
    lookAtSchedules() {
      schedules.look();
    },
    resumeKeys() {
      keyWait.resume();
    },
    ownFormats: () => ownFormats.list(),
    changeOwnFormat(format) {
      const formats = ownFormats.change(format);
      changes.publish('settings');
      return formats;
    },
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
        if (schedules.askIfMissed(campaign)) return;
        keyWait.goOn(campaign);
      };
      const left = (sender.handedOver?.left() ?? []).flatMap(({ deliveries }) => deliveries);
      const handed = new Set(adoptionStore.onTheWire(left).map(({ delivery }) => delivery.id));
      recoverCampaigns({ stores, restored, control: { ...control, goOn }, handed, clock, log });
      dispatcher.adopt();
      schedules.start();
      onChange();
    },
    async stop() {
      backgroundWork.stop();
      await Promise.all([schedules.stop(), dispatcher.stop(STOP_PATIENCE_MS)]);
      await sender.close();
    },
  };
}
