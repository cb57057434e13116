import { useState } from 'react';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { DeliveryId } from '../../../electron/contract/ids.ts';
import { FilterTabs } from '../../ui/FilterTabs.tsx';
import { DeliveryTable } from './DeliveryTable.tsx';
import { filtersOf, wantedBy, type DeliveryFilter } from './outcomes.ts';
import { PossibleRepeats } from './PossibleRepeats.tsx';
import { SendAgain } from './SendAgain.tsx';
import type { CampaignActs } from './use-campaign-acts.ts';

interface DeliveriesProps {
  campaign: CampaignDetail;
  acts: CampaignActs;
  openId: DeliveryId | null;
  onOpen: (id: DeliveryId) => void;
}

/** Every delivery of the campaign, by outcome. */
export function Deliveries({ campaign, acts, openId, onOpen }: DeliveriesProps) {
  const [filter, setFilter] = useState<DeliveryFilter>('all');
  return (
    <>
      <div className="pd-campaign__filters">
        <FilterTabs
          label="Deliveries by outcome"
          tabs={filtersOf(campaign)}
          value={filter}
          onChange={setFilter}
        />
        <SendAgain campaign={campaign} acts={acts} />
      </div>
      <PossibleRepeats
        count={campaign.possibleRepeats}
        isRestored={campaign.restoredFrom !== null}
        filter={filter}
        onFilter={setFilter}
      />
      <DeliveryTable
        key={filter}
        campaign={campaign}
        wanted={wantedBy(filter)}
        openId={openId}
        onOpen={onOpen}
      />
    </>
  );
}
