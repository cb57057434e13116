import { IconMasksTheater } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from 'wouter';
import { deliveryIdSchema, type CampaignId, type DeliveryId } from '../../../electron/contract/ids.ts';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { CampaignSource } from '../../api/CampaignSource.tsx';
import { loadable } from '../../api/loadable.ts';
import { whileItRuns } from '../campaigns/while-it-runs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CampaignPage } from '../campaigns/CampaignPage.tsx';
import { OpenCompose } from '../campaigns/OpenCompose.tsx';
import { Registering } from './Registering.tsx';
import { RehearsalBanner } from './RehearsalBanner.tsx';
import { useEndRehearsal } from './end-rehearsal.tsx';
import { partAt, rehearsalPartPath, rehearsalPath, type CampaignPart } from '../../navigation/paths.ts';

const PURPOSE = 'Your message, sent to virtual devices on this machine.';

/** The rehearsal that is running, or was the last, at `/rehearsal`, and one of its deliveries at `/rehearsal/<delivery>`. */
export function RehearsalScreen() {
  const params = useParams<{ delivery?: string }>();
  const delivery = deliveryIdSchema.safeParse(Number(params.delivery));
  const current = useQuery(useQueries().rehearsal.current.queryOptions());
  return (
    <Loaded of={loadable(current)}>
      {(rehearsal) =>
        rehearsal === null ? (
          <NoRehearsal />
        ) : (
          <Shown
            rehearsal={rehearsal}
            part={partAt(params.delivery)}
            deliveryId={delivery.success ? delivery.data : null}
          />
        )
      }
    </Loaded>
  );
}

interface ShownProps {
  rehearsal: Rehearsal;
  part: CampaignPart;
  deliveryId: DeliveryId | null;
}

function Shown({ rehearsal, part, deliveryId }: ShownProps) {
  const ending = useEndRehearsal(rehearsal);
  const banner = <RehearsalBanner rehearsal={rehearsal} ending={ending} />;
  const { campaignId, state } = rehearsal;
  return (
    <>
      {campaignId === null ? (
        <Page title="Rehearsal" purpose={PURPOSE} notices={banner}>
          {state === 'registering' && <Registering rehearsal={rehearsal} />}
        </Page>
      ) : (
        <CampaignSource of="rehearsal">
          <RehearsedCampaign
            key={rehearsal.startedAt}
            id={campaignId}
            part={part}
            deliveryId={deliveryId}
            banner={banner}
          />
        </CampaignSource>
      )}
      {ending.question}
    </>
  );
}

interface RehearsedCampaignProps {
  id: CampaignId;
  part: CampaignPart;
  deliveryId: DeliveryId | null;
  banner: React.ReactNode;
}

function RehearsedCampaign({ id, part, deliveryId, banner }: RehearsedCampaignProps) {
  const [, navigate] = useLocation();
  const campaign = useQuery(
    useQueries().rehearsal.campaigns.get.queryOptions({ input: { id }, refetchInterval: whileItRuns }),
  );
  return (
    <Loaded of={loadable(campaign)}>
      {(detail) => (
        <CampaignPage
          campaign={detail}
          lead={banner}
          part={part}
          onPart={(next) => {
            navigate(rehearsalPartPath(next), { replace: true });
          }}
          deliveryId={deliveryId}
          onDelivery={(next) => {
            navigate(rehearsalPath(next), { replace: true });
          }}
        />
      )}
    </Loaded>
  );
}

function NoRehearsal() {
  return (
    <Page title="Rehearsal" purpose={PURPOSE}>
      <EmptyState icon={IconMasksTheater} title="No rehearsal" actions={<OpenCompose />}>
        <p>
          Write a message in Compose and press Rehearse: it goes to as many virtual devices as you want, with
          as many faults as you want. Nothing is kept from the last one.
        </p>
      </EmptyState>
    </Page>
  );
}
