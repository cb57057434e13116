import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { DeliveryId } from '../../../electron/contract/ids.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { CAMPAIGN_PARTS, type CampaignPart } from '../../navigation/paths.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { CampaignActions } from './CampaignActions.tsx';
import { CampaignExport } from './CampaignExport.tsx';
import { CanaryNotice } from './CanaryNotice.tsx';
import { CampaignSummary } from './CampaignSummary.tsx';
import { Deliveries } from './Deliveries.tsx';
import { DeliveryPanel } from './DeliveryPanel.tsx';
import { HoursMissed } from './HoursMissed.tsx';
import { MessageView } from './MessageView.tsx';
import { Outcome } from './Outcome.tsx';
import { RestoredNotice } from './RestoredNotice.tsx';
import { ScheduledTime } from './ScheduledTime.tsx';
import { Troubles } from './Troubles.tsx';
import { useCampaignActs } from './use-campaign-acts.ts';
import './campaigns.css';

interface CampaignPageProps {
  campaign: CampaignDetail;
  /** The delivery whose details are open. */
  deliveryId: DeliveryId | null;
  onDelivery: (id: DeliveryId | null) => void;
  /** Which of its parts is shown. */
  part: CampaignPart;
  onPart: (part: CampaignPart) => void;
  /** Leads to where it was opened from. */
  back?: ReactNode;
  /** Shown above everything about it. */
  lead?: ReactNode;
}

/** A head that stays small, and below it one of three views: every delivery, the totals, or the message as it was sent. */
export function CampaignPage({
  campaign,
  part,
  onPart,
  deliveryId,
  onDelivery,
  back,
  lead,
}: CampaignPageProps) {
  const acts = useCampaignActs(campaign.id);
  return (
    <Tabs
      className="pd-campaign"
      value={part}
      keepMounted={false}
      onChange={(next) => {
        const known = CAMPAIGN_PARTS.find((one) => one === next);
        if (known !== undefined) onPart(known);
      }}
    >
      <Page
        title={campaign.message.title}
        purpose={
          <span className="pd-campaign__purpose">
            {back}
            <span className="pd-cut" title={campaign.message.body}>
              {lifecycleOf(campaign.state).isScheduled ? 'Scheduled' : 'Started'}{' '}
              <RelativeTime at={campaign.createdAt} /> · To{' '}
              <bdi>{visibleOwnText(campaign.audience.text, true)}</bdi>
              {campaign.message.body !== '' && (
                <>
                  {' '}
                  · <bdi>{visibleOwnText(campaign.message.body, true)}</bdi>
                </>
              )}
            </span>
          </span>
        }
        layout="fill"
        actions={
          <>
            <CampaignExport campaign={campaign} />
            <CampaignActions campaign={campaign} acts={acts} />
          </>
        }
        notices={
          <>
            {lead}
            <RestoredNotice campaign={campaign} />
            {lifecycleOf(campaign.state).isScheduled && <ScheduledTime campaign={campaign} />}
            <CanaryNotice campaign={campaign} acts={acts} />
            <HoursMissed campaign={campaign} acts={acts} />
            {acts.problem && <ProblemNotice problem={acts.problem} />}
            <CampaignSummary campaign={campaign} />
            {part !== 'summary' && (
              <Troubles
                campaign={campaign}
                acts={acts}
                onAll={() => {
                  onPart('summary');
                }}
              />
            )}
          </>
        }
        toolbar={
          <Tabs.List className="pd-campaign__tabs" aria-label="Parts of this campaign">
            <Tabs.Tab value="summary">Summary</Tabs.Tab>
            <Tabs.Tab value="deliveries">Deliveries</Tabs.Tab>
            <Tabs.Tab value="message">Message</Tabs.Tab>
          </Tabs.List>
        }
        panel={
          part === 'deliveries' &&
          deliveryId !== null && (
            <DeliveryPanel
              key={deliveryId}
              id={deliveryId}
              campaign={campaign}
              onClose={() => {
                onDelivery(null);
              }}
            />
          )
        }
      >
        <Tabs.Panel value="deliveries" className="pd-campaign__part">
          <Deliveries campaign={campaign} acts={acts} openId={deliveryId} onOpen={onDelivery} />
        </Tabs.Panel>
        <Tabs.Panel value="summary" className="pd-campaign__part" data-layout="scroll">
          <Outcome campaign={campaign} acts={acts} />
        </Tabs.Panel>
        <Tabs.Panel value="message" className="pd-campaign__part" data-layout="scroll">
          <MessageView campaign={campaign} />
        </Tabs.Panel>
      </Page>
    </Tabs>
  );
}
