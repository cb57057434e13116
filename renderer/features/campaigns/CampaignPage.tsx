import { useState, type ReactNode } from 'react';
import type { CampaignDetail } from '../../../electron/contract/campaign.ts';
import type { DeliveryId } from '../../../electron/contract/ids.ts';
import { visibleOwnText } from '../../../electron/core/visible-text.ts';
import { FilterTabs } from '../../ui/FilterTabs.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { CampaignActions } from './CampaignActions.tsx';
import { CampaignSummary } from './CampaignSummary.tsx';
import { DeliveryPanel } from './DeliveryPanel.tsx';
import { DeliveryTable } from './DeliveryTable.tsx';
import { filtersOf, wantedBy, type DeliveryFilter } from './outcomes.ts';
import { PossibleRepeats } from './PossibleRepeats.tsx';
import { SendAgain } from './SendAgain.tsx';
import { ServiceProgressTable } from './ServiceProgressTable.tsx';
import { ShortenedAnswers } from './ShortenedAnswers.tsx';
import { Troubles } from './Troubles.tsx';
import { useCampaignActs } from './use-campaign-acts.ts';

interface CampaignPageProps {
  campaign: CampaignDetail;
  /** The delivery whose details are open. */
  deliveryId: DeliveryId | null;
  onDelivery: (id: DeliveryId | null) => void;
  /** Stands above everything about it. */
  lead?: ReactNode;
}

export function CampaignPage({ campaign, deliveryId, onDelivery, lead }: CampaignPageProps) {
  const acts = useCampaignActs(campaign.id);
  const [filter, setFilter] = useState<DeliveryFilter>('all');
  return (
    <Page
      title={campaign.message.title}
      purpose={
        <span className="pd-campaign__purpose pd-cut" title={campaign.message.body}>
          Started <RelativeTime at={campaign.createdAt} />
          {campaign.message.body !== '' && (
            <>
              {' '}
              · <bdi>{visibleOwnText(campaign.message.body, true)}</bdi>
            </>
          )}
        </span>
      }
      layout="fill"
      actions={<CampaignActions campaign={campaign} acts={acts} />}
      notices={
        <>
          {lead}
          {acts.problem && <ProblemNotice problem={acts.problem} />}
          <CampaignSummary campaign={campaign} />
          {campaign.recipients > 1 && campaign.services.length > 0 && (
            <ServiceProgressTable campaign={campaign} />
          )}
          <PossibleRepeats count={campaign.possibleRepeats} filter={filter} onFilter={setFilter} />
          <ShortenedAnswers count={campaign.shortenedAnswers} />
          <Troubles campaign={campaign} acts={acts} />
        </>
      }
      toolbar={
        <>
          <FilterTabs
            label="Deliveries by outcome"
            tabs={filtersOf(campaign)}
            value={filter}
            onChange={setFilter}
          />
          <SendAgain campaign={campaign} acts={acts} />
        </>
      }
      panel={
        deliveryId !== null && (
          <DeliveryPanel
            key={deliveryId}
            id={deliveryId}
            onClose={() => {
              onDelivery(null);
            }}
          />
        )
      }
    >
      <DeliveryTable
        key={filter}
        campaignId={campaign.id}
        wanted={wantedBy(filter)}
        openId={deliveryId}
        onOpen={onDelivery}
      />
    </Page>
  );
}
