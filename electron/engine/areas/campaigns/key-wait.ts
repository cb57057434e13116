import type { CampaignId } from '../../../contract/ids.ts';
import { lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import type { KeyService } from '../keys/key-service.ts';
import type { CampaignControl } from './campaign-control.ts';
import type { CampaignStores } from './campaign-stores.ts';

/** Knows which campaigns wait for private keys. */
export interface KeyWait {
  isLocked(): boolean;
  /**
   * Continues a campaign after the engine has started. One whose deliveries were being written waits while a key is locked: written without
   * that key, they would leave out people who were counted.
   */
  goOn(campaign: CampaignRow): void;
  /** Private keys became ready: what waited only for them continues. */
  resume(): void;
}

export function createKeyWait({
  keys,
  stores: { campaigns, lanes },
  control,
}: {
  keys: Pick<KeyService, 'list'>;
  stores: Pick<CampaignStores, 'campaigns' | 'lanes'>;
  control: Pick<CampaignControl, 'goOn' | 'resumePart'>;
}): KeyWait {
  const heldBack = new Set<CampaignId>();
  const isLocked = () => keys.list().some(({ privateHalf }) => privateHalf === 'locked');

  return {
    isLocked,
    goOn(campaign) {
      if (lifecycleOf(campaign.state).isPreparing && isLocked()) heldBack.add(campaign.id);
      else control.goOn(campaign);
    },
    resume() {
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
  };
}
