import { IconBell, IconPhoto } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { useQueries } from '../../api/ApiProvider.tsx';

/**
 * The picture of a campaign, where a preview has loaded it already: a list that is only looked at asks no site for anything. Otherwise a
 * sign that it has one.
 */
export function CampaignPicture({ message }: Pick<Campaign, 'message'>) {
  const { campaigns } = useQueries();
  const url = [message.imageUrl, message.iconUrl].find((address) => address !== '') ?? '';
  const { data } = useQuery({
    ...campaigns.loadPicture.queryOptions({ input: { url } }),
    enabled: false,
    staleTime: Infinity,
  });
  const Sign = url === '' ? IconBell : IconPhoto;
  return (
    <span className="pd-campaigns__picture" aria-hidden>
      {data === undefined || url === '' ? (
        <Sign size={15} stroke={1.75} />
      ) : (
        <img src={`data:${data.type};base64,${data.base64}`} alt="" />
      )}
    </span>
  );
}
