import { useQuery } from '@tanstack/react-query';
import type { CampaignId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { formatCount, formatShare } from '../../format/numbers.ts';

/** Which share of the campaign's messages went through which worker. Nothing is shown where this machine sent all of them. */
export function WorkerShares({ id }: { id: CampaignId }) {
  const { data = [] } = useQuery(useQueries().workers.shares.queryOptions({ input: { id } }));
  if (!data.some(({ worker }) => worker !== null)) return null;
  const all = data.reduce((sum, { count }) => sum + count, 0);
  return (
    <table className="pd-progress" aria-label="Messages by worker">
      <thead>
        <tr>
          <th scope="col">Sent by</th>
          <th scope="col">Messages, repeats included</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {data.map(({ worker, count }) => (
          <tr key={worker ?? ''}>
            <th scope="row">{worker ?? 'This engine'}</th>
            <td>{formatCount(count)}</td>
            <td>{formatShare(count, all)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
