import { ownSitesOf } from '../../../core/message/links/utm.ts';
import path from 'node:path';
import type { campaignProcedures } from '../../../contract/campaigns.ts';
import type { subscriptionHistoryProcedures } from '../../../contract/deliveries.ts';
import { openTokenFile } from '../../dispatch/token-file.ts';
import { createVapidTokens } from '../../dispatch/vapid-tokens.ts';
import type { KeyVault } from '../../keys/key-vault.ts';
import { createSettingsStore } from '../../store/settings-store.ts';
import type { BatchSender } from '../../wire/batch-sender.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { KeyService } from '../keys/key-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { AudienceResolver } from '../audience/audience-service.ts';
import type { SubscriptionSelection } from '../subscriptions/subscription-selection-service.ts';
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import type { Drafts } from '../templates/draft-service.ts';
import { createCampaignService, type CampaignService } from './campaign-service.ts';
import { createTellOfAsking } from './schedule/tell-of-asking.ts';
import { createSubscriptionHistory, type SubscriptionHistory } from './subscription-history.ts';

export interface CampaignsArea extends Area<typeof campaignProcedures> {
  readonly campaigns: CampaignService;
  /** What it answers about one subscription. */
  readonly history: SubscriptionHistory & Area<typeof subscriptionHistoryProcedures>['procedures'];
}

/**
 * @param needs `onStoreTrouble`: called with the store's error when it refuses what campaigns write, and with `null` once it accepts it
 * again
 */
export async function createCampaignsArea(
  { options, store, host, changes, clock, log }: Ground,
  needs: {
    sums: SubscriptionSums;
    selection: SubscriptionSelection;
    audiences: AudienceResolver;
    keys: KeyService;
    vault: KeyVault;
    settings: SettingsService;
    drafts: Pick<Drafts, 'sent'>;
    sender: BatchSender;
    /** The most messages that may be in flight to one push service. */
    cap: () => number;
    onStoreTrouble: (error: unknown) => void;
  },
): Promise<CampaignsArea> {
  const { settings } = needs;
  const tokenFile = await openTokenFile({
    file: path.join(options.dataDir, 'push-tokens.json'),
    vault: needs.vault,
    clock,
    log,
  });
  const campaigns = createCampaignService({
    db: store.db,
    onStoreTrouble: needs.onStoreTrouble,
    keys: needs.keys,
    subscriptions: needs.sums,
    selection: needs.selection,
    audiences: needs.audiences,
    settings: createSettingsStore(store.db),
    tokens: createVapidTokens({ clock, file: tokenFile }),
    sender: needs.sender,
    cap: needs.cap,
    asksReceipts: () => settings.get().receipts,
    ownSites: () => ownSitesOf(settings.get()),
    messagesPerMinute: () => settings.get().messagesPerMinute,
    keepDeliveriesDays: () => settings.get().keepDeliveriesDays,
    // If there is a window, a person can be asked.
    maxStartDelayMs: () =>
      host === null ? (settings.get().maxStartDelayMinutes ?? Number.POSITIVE_INFINITY) * 60_000 : 0,
    onAsk: createTellOfAsking(host?.desktop ?? null),
    changes,
    clock,
    log,
  });
  return {
    campaigns,
    history: createSubscriptionHistory({ db: store.db }),
    procedures: {
      ...campaigns,
      async preflight(input) {
        const sums = await campaigns.measure(input.audience);
        await campaigns.measureTexts(input.message, input.audience);
        return campaigns.preflight(input, sums);
      },
      // A repeated send is answered even if its segments no longer exist.
      async start(input) {
        const begin = async () => {
          if (campaigns.isKnown(input.requestId)) return campaigns.start(input);
          const sums = await campaigns.measure(input.audience);
          await campaigns.measureTexts(input.message, input.audience);
          return campaigns.start(input, sums);
        };
        const campaign = await begin();
        needs.drafts.sent(input.requestId);
        return campaign;
      },
    },
    tidy() {
      campaigns.lookAtSchedules();
      campaigns.tidyDeliveries();
    },
    start() {
      campaigns.recover();
    },
    async stop() {
      await campaigns.stop();
      await tokenFile.written();
    },
  };
}
