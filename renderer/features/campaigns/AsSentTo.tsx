import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { DeliveryId } from '../../../electron/contract/ids.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { useCampaigns } from '../../api/CampaignSource.tsx';
import { formatCount } from '../../format/numbers.ts';
import { Notice } from '../../ui/Notice.tsx';
import { nameOfSubscription } from '../../words/subscription-name.ts';

const MOST_LISTED = 200;
const AS_WRITTEN = 'written';

interface AsSentToProps {
  campaign: CampaignDetail;
  recipient: DeliveryId | null;
  /** It is no longer known what the chosen one got. */
  isUnknown: boolean;
  onRecipient: (id: DeliveryId | null) => void;
}

/** Says that the text depends on who gets it, and lets the person choose whose is shown. */
export function AsSentTo({ campaign, recipient, isUnknown, onRecipient }: AsSentToProps) {
  const deliveries = useQuery(
    useCampaigns().deliveries.queryOptions({ input: { campaignId: campaign.id, limit: MOST_LISTED } }),
  );
  if (lifecycleOf(campaign.state).isScheduled)
    return (
      <Notice
        tone="idle"
        cause="This is the message as written, with its placeholders."
        cure="Each recipient’s text is fixed when the campaign starts."
      />
    );
  if (campaign.removedAt !== null)
    return (
      <Notice
        tone="idle"
        cause="This is the message as written, with its placeholders."
        cure="What each recipient got was removed with the deliveries."
      />
    );
  const items = deliveries.data?.items ?? [];
  return (
    <>
      <Select
        className="pd-sent__recipient"
        label="Show"
        description={
          recipient === null
            ? 'The text depends on the recipient. This is the message as written, with its placeholders.'
            : 'The message exactly as this recipient got it.'
        }
        searchable
        nothingFoundMessage="Nobody of that name among those listed"
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
        data={[
          { value: AS_WRITTEN, label: 'As written, with placeholders' },
          ...items.map((delivery) => ({
            value: String(delivery.id),
            label: `As sent to ${visibleOwnText(nameOfSubscription({ ...delivery, id: delivery.subscriptionId }))}`,
          })),
        ]}
        value={recipient === null ? AS_WRITTEN : String(recipient)}
        onChange={(chosen) => {
          onRecipient(items.find(({ id }) => String(id) === chosen)?.id ?? null);
        }}
      />
      {deliveries.data !== undefined && deliveries.data.nextCursor !== null && (
        <p className="pd-sent__more">
          The first {formatCount(MOST_LISTED)} recipients are listed. What any other one got stands in their
          delivery, under Deliveries.
        </p>
      )}
      {isUnknown && (
        <Notice
          tone="warn"
          cause="What this recipient got can’t be told."
          cure="The message is shown as written. Their values were removed or can’t be read."
        />
      )}
    </>
  );
}
