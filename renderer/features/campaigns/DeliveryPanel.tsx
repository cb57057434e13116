import { useQuery } from '@tanstack/react-query';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { DeliveryDetail } from './delivery-detail.ts';
import type { DeliveryId } from '../../../electron/contract/ids.ts';
import { Link } from 'wouter';
import { useQueries } from '../../api/ApiProvider.tsx';
import { useCampaigns, useIsRehearsal } from '../../api/CampaignSource.tsx';
import { loadable } from '../../api/loadable.ts';
import { subscriptionPath } from '../../navigation/paths.ts';
import { countOf } from '../../format/numbers.ts';
import { shortenEndpoint } from '../../format/shorten.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { ShortText } from '../../ui/ShortText.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { pushServiceInSentence } from '../../words/push-services.ts';
import { nextStepOf } from '../../words/delivery-cause.ts';
import { deliveryStateWords } from '../../words/states.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';
import { AttemptView } from './AttemptView.tsx';
import { CureButton } from './CureButton.tsx';
import { NotShown } from './NotShown.tsx';
import type { TimelineCampaign } from './timeline.ts';
import { Timeline } from './Timeline.tsx';

type ShownCampaign = TimelineCampaign & Pick<CampaignDetail, 'wait'>;

/** One delivery: what became of it, why, and every request with its answer. */
interface DeliveryPanelProps {
  id: DeliveryId;
  campaign: ShownCampaign;
  onClose: () => void;
}

export function DeliveryPanel({ id, campaign, onClose }: DeliveryPanelProps) {
  const delivery = useQuery(useCampaigns().delivery.queryOptions({ input: { id } }));
  const service = delivery.data?.pushService;
  return (
    <SidePanel
      title={service ? `Delivery at ${pushServiceInSentence(service)}` : 'Delivery'}
      subtitle={service && PUSH_SERVICES[service].browsers}
      onClose={onClose}
    >
      <Loaded of={loadable(delivery)}>
        {(detail) => <DeliveryFacts delivery={detail} campaign={campaign} />}
      </Loaded>
    </SidePanel>
  );
}

function DeliveryFacts({ delivery, campaign }: { delivery: DeliveryDetail; campaign: ShownCampaign }) {
  const { state, diagnosis, attempts, endpoint, nextAttemptAt } = delivery;
  const words = deliveryStateWords(state, campaign.wait);
  const isRehearsal = useIsRehearsal();
  const { receipts } = useQueries();
  const told = useQuery(
    receipts.ofDelivery.queryOptions({ input: { id: delivery.id }, enabled: !isRehearsal }),
  );
  const wasShown = typeof told.data?.shownAt === 'number';
  return (
    <>
      {diagnosis ? (
        <Notice
          tone={words.tone}
          cause={diagnosis.cause}
          cure={nextStepOf(delivery) ?? diagnosis.cure}
          actions={<CureButton action={diagnosis.action} />}
        />
      ) : (
        <Notice tone={words.tone} cause={wasShown ? 'The device showed it.' : words.meaning} />
      )}
      {state === 'accepted' && told.data?.canReport === true && !wasShown && (
        <NotShown pushService={delivery.pushService} />
      )}
      {delivery.mayHaveArrivedTwice && (
        <Notice
          tone="odd"
          cause="It may have arrived twice."
          cure="A request got no answer, so it was sent again. Devices show both as one."
        />
      )}
      <FactList
        facts={[
          ['State', <StateTag key="state" state={words} />],
          ...(isRehearsal ? [] : [subscriptionFact(delivery)]),
          ['Last change', <RelativeTime key="updated" at={delivery.updatedAt} />],
          ...(nextAttemptAt === null
            ? []
            : ([
                [
                  state === 'waiting' ? 'Goes out' : 'Next attempt',
                  <RelativeTime key="next" at={nextAttemptAt} />,
                ],
              ] as const)),
          [
            'Endpoint',
            <ShortText
              key="endpoint"
              short={shortenEndpoint(endpoint, 14)}
              full={endpoint}
              copyLabel="Copy endpoint"
            />,
          ],
          ...(delivery.personal === null
            ? []
            : ([
                ['Message', [delivery.personal.title, delivery.personal.body].filter(Boolean).join(' · ')],
                ['Payload', delivery.personal.payload],
              ] as const)),
          ['Attempts', attempts.length === 0 ? 'None recorded' : countOf(attempts.length, 'request')],
        ]}
      />
      {!isRehearsal && <Timeline delivery={delivery} receipts={told.data} campaign={campaign} />}
      {attempts.map((attempt) => (
        <AttemptView key={attempt.id} attempt={attempt} isOnly={attempts.length === 1} />
      ))}
    </>
  );
}

const subscriptionFact = ({ subscriptionId: id, ...named }: DeliveryDetail) =>
  [
    'Subscription',
    <Link key="subscription" className="pd-link" href={subscriptionPath(id)}>
      <bdi>{nameOfSubscription({ ...named, id })}</bdi>
    </Link>,
  ] as const;
