import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Redirect, useLocation, useParams } from 'wouter';
import { campaignIdSchema, deliveryIdSchema, type CampaignId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { whileItRuns } from './while-it-runs.ts';
import {
  type CampaignPart,
  campaignPartPath,
  campaignPath,
  campaignsPath,
  type CampaignTab,
  LAST_CAMPAIGN_TAB,
  partAt,
} from '../../navigation/paths.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { useKeptNote } from '../../ui/kept.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { CampaignPage } from './CampaignPage.tsx';

/**
 * One campaign, at `/campaigns/<id>`, its parts at `/campaigns/<id>/summary`, and one of its deliveries at `/campaigns/<id>/<delivery>`.
 */
export function CampaignScreen() {
  const params = useParams<{ id: string; delivery?: string }>();
  const id = campaignIdSchema.safeParse(Number(params.id));
  const delivery = deliveryIdSchema.safeParse(Number(params.delivery));
  if (!id.success) return <Redirect to={SCREENS.campaigns.path} />;
  return (
    <CampaignLoader
      id={id.data}
      part={partAt(params.delivery)}
      deliveryId={delivery.success ? delivery.data : null}
    />
  );
}

interface CampaignLoaderProps {
  id: CampaignId;
  part: CampaignPart;
  deliveryId: Parameters<typeof CampaignPage>[0]['deliveryId'];
}

function CampaignLoader({ id, part, deliveryId }: CampaignLoaderProps) {
  const [, navigate] = useLocation();
  const lastTab = useKeptNote<CampaignTab>(LAST_CAMPAIGN_TAB, 'all');
  const campaign = useQuery(
    useQueries().campaigns.get.queryOptions({ input: { id }, refetchInterval: whileItRuns }),
  );
  const back = (
    <Button
      className="pd-campaign__back"
      size="compact-xs"
      variant="subtle"
      color="gray"
      leftSection={<IconArrowLeft size={14} aria-hidden />}
      onClick={() => {
        navigate(campaignsPath(lastTab.read()));
      }}
    >
      All campaigns
    </Button>
  );
  return (
    <>
      {campaign.data === undefined && <div className="pd-campaign__away">{back}</div>}
      <Loaded of={loadable(campaign)}>
        {(detail) => (
          <CampaignPage
            key={id}
            back={back}
            campaign={detail}
            part={part}
            onPart={(next) => {
              navigate(campaignPartPath(id, next), { replace: true });
            }}
            deliveryId={deliveryId}
            onDelivery={(next) => {
              navigate(campaignPath(id, next), { replace: true });
            }}
          />
        )}
      </Loaded>
    </>
  );
}
