import type { erasureProcedures } from '../../../contract/erasure.ts';
import { createSettingsStore } from '../../store/settings-store.ts';
import type { Area } from '../area.ts';
import type { CampaignService } from '../campaigns/campaign-service.ts';
import type { Ground } from '../ground.ts';
import type { SubscriptionSelection } from '../subscriptions/subscription-selection-service.ts';
import type { SubscriptionService } from '../subscriptions/subscription-service.ts';
import { createErasure } from './erasure-service.ts';

export interface ErasureArea extends Area<typeof erasureProcedures> {
  isErasing(): boolean;
}

export function createErasureArea(
  { store, changes, clock, log }: Ground,
  needs: {
    selection: SubscriptionSelection;
    campaigns: Pick<CampaignService, 'lookAgain' | 'isSending'>;
    subscriptions: Pick<SubscriptionService, 'searchIndexer' | 'people' | 'acts'>;
  },
): ErasureArea {
  const erasure = createErasure({
    store,
    settings: createSettingsStore(store.db),
    campaigns: needs.campaigns,
    selection: needs.selection,
    searchIndex: needs.subscriptions.searchIndexer,
    people: needs.subscriptions.people,
    acts: needs.subscriptions.acts,
    changes,
    clock,
    log,
  });
  return {
    procedures: erasure,
    isErasing: () => erasure.isErasing(),
    start() {
      erasure.finishAtStart();
    },
    stop: () => erasure.settled(),
  };
}
