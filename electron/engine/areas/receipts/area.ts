import type { receiptProcedures } from '../../../contract/receipts.ts';
import type { Area } from '../area.ts';
import type { CampaignService } from '../campaigns/campaign-service.ts';
import type { Ground } from '../ground.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { createReceiptService, type ReceiptService } from './receipt-service.ts';
import { createReceiptStore } from './receipt-store.ts';

export interface ReceiptsArea extends Area<typeof receiptProcedures> {
  readonly receipts: ReceiptService;
}

export function createReceiptsArea(
  { store, changes, clock, log }: Ground,
  { campaigns, settings }: { campaigns: CampaignService; settings: SettingsService },
): ReceiptsArea {
  const receipts = createReceiptService({
    db: store.db,
    store: createReceiptStore(store.db),
    campaigns,
    isOn: () => settings.get().receipts,
    changes,
    clock,
    log,
  });
  return {
    receipts,
    procedures: {
      ofCampaign: (input) => receipts.ofCampaign(input),
      ofDelivery: (input) => receipts.ofDelivery(input),
    },
  };
}
