import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { DeliveryId } from '../../../electron/contract/ids.ts';
import { encodePayload, PAYLOAD_LIMIT_BYTES } from '../../../electron/core/message/payload.ts';
import { isPersonal } from '../../../electron/core/message/variables/personal.ts';
import { visibleOwnText, visibleText } from '../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { useCampaigns } from '../../api/CampaignSource.tsx';
import { useFilterNames } from '../../audience/use-audience.ts';
import { formatCount } from '../../format/numbers.ts';
import { FactList } from '../../ui/FactList.tsx';
import { compositionOf } from '../../compose-draft/composition.ts';
import { NotificationPreview } from '../../compose-draft/preview/NotificationPreview.tsx';
import { AsSentTo } from './AsSentTo.tsx';
import type { DeliveryDetail } from './delivery-detail.ts';
import { Exchange } from './Exchange.tsx';
import { readableBody } from './exchange-text.ts';
import { audienceFacts } from './audience-facts.ts';
import { messageFacts, personalFacts } from './message-facts.ts';
import './sent.css';

/**
 * The message as it was sent: how it looks, each of its fields, and the payload that was encrypted. Where texts depend on the recipient, it
 * is shown as it was written or as one of them got it.
 */
export function MessageView({ campaign }: { campaign: CampaignDetail }) {
  const { audience } = campaign;
  const [recipient, setRecipient] = useState<DeliveryId | null>(null);
  const delivery = useQuery({
    ...useCampaigns().delivery.queryOptions({ input: { id: recipient ?? (0 as DeliveryId) } }),
    enabled: recipient !== null,
  });
  const names = useFilterNames(
    [...audience.anyOf, ...audience.leaveOut].flatMap((part) => ('filter' in part ? [part.filter] : [])),
  );
  const server = useQuery(useQueries().server.status.queryOptions());
  const personal = recipient === null ? null : (delivery.data?.personal ?? null);
  const { message, payload, payloadBytes } = sentTo(campaign, personal);
  const { fields } = compositionOf({ message, audience: null });
  return (
    <div className="pd-sent">
      <div className="pd-sent__facts">
        {isPersonal(campaign.message) && (
          <AsSentTo
            campaign={campaign}
            recipient={recipient}
            isUnknown={delivery.data !== undefined && personal === null && recipient !== null}
            onRecipient={setRecipient}
          />
        )}
        <FactList
          facts={[
            ...(personal === null ? audienceFacts(audience, names) : personalFacts(personal)),
            ...messageFacts(message),
          ].map(({ name, value, isAddress }) => [
            name,
            <bdi key={name} className={isAddress ? 'pd-mono pd-sent__value' : 'pd-sent__value'}>
              {visibleOwnText(value, true)}
            </bdi>,
          ])}
        />
        <Exchange title="Payload" copyLabel="Copy payload" text={payload}>
          <div>{visibleText(readableBody(payload), true)}</div>
          <div className="pd-soft pd-figures">
            {`\n${formatCount(payloadBytes)} of ${formatCount(PAYLOAD_LIMIT_BYTES)} bytes before encryption`}
          </div>
        </Exchange>
      </div>
      <div className="pd-sent__look">
        <NotificationPreview fields={fields} site={server.data?.url ?? null} />
      </div>
    </div>
  );
}

/** What one recipient got; `null`: what was written for all. */
function sentTo(campaign: CampaignDetail, personal: DeliveryDetail['personal']) {
  if (personal === null) return campaign;
  const { message, payload } = personal;
  return { message, payload, payloadBytes: encodePayload(JSON.parse(payload) as object).bytes };
}
