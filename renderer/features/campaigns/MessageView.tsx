import { useQuery } from '@tanstack/react-query';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { PAYLOAD_LIMIT_BYTES } from '../../../electron/core/message/payload.ts';
import { visibleOwnText, visibleText } from '../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { useFilterNames } from '../../audience/use-audience.ts';
import { formatCount } from '../../format/numbers.ts';
import { FactList } from '../../ui/FactList.tsx';
import { compositionOf } from '../../compose-draft/composition.ts';
import { NotificationPreview } from '../../compose-draft/preview/NotificationPreview.tsx';
import { Exchange } from './Exchange.tsx';
import { readableBody } from './exchange-text.ts';
import { audienceFacts } from './audience-facts.ts';
import { messageFacts } from './message-facts.ts';

/** The message as it was sent: how it looks, each of its fields, and the payload that was encrypted. */
export function MessageView({ campaign }: { campaign: CampaignDetail }) {
  const { message, payload, payloadBytes, audience } = campaign;
  const names = useFilterNames(
    [...audience.anyOf, ...audience.leaveOut].flatMap((part) => ('filter' in part ? [part.filter] : [])),
  );
  const server = useQuery(useQueries().server.status.queryOptions());
  const { fields } = compositionOf({ message, audience: null });
  return (
    <div className="pd-sent">
      <div className="pd-sent__facts">
        <FactList
          facts={[...audienceFacts(audience, names), ...messageFacts(message)].map(
            ({ name, value, isAddress }) => [
              name,
              <bdi key={name} className={isAddress ? 'pd-mono pd-sent__value' : 'pd-sent__value'}>
                {visibleOwnText(value, true)}
              </bdi>,
            ],
          )}
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
