import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { DeliveryId } from '../../../electron/contract/ids.ts';
import { formatDate } from '../../format/moments.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
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
  const tabs = filtersOf(campaign);
  if (campaign.removedAt !== null) return <Removed at={campaign.removedAt} />;
  return (
    <>
      <div className="pd-campaign__filters">
        <FilterTabs label="Deliveries by outcome" tabs={tabs} value={filter} onChange={setFilter} />
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
        count={tabs.find(({ value }) => value === filter)?.count ?? 0}
        openId={openId}
        onOpen={onOpen}
      />
    </>
  );
}

function Removed({ at }: { at: number }) {
  return (
    <EmptyState icon={IconTrash} title="Deliveries removed">
      <p>
        They were removed on {formatDate(at)}, because Settings keeps deliveries for a limited time. Totals,
        causes and the curve are still in the summary.
      </p>
    </EmptyState>
  );
}
