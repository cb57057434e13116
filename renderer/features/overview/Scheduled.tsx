import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { countOf } from '../../format/numbers.ts';
import { campaignPath, campaignsPath } from '../../navigation/paths.ts';
import { ScheduledTime } from '../campaigns/ScheduledTime.tsx';

const MAX_SHOWN = 3;

/** What starts next. */
export function Scheduled() {
  const { data = [] } = useQuery(useQueries().campaigns.scheduled.queryOptions());
  if (data.length === 0) return null;
  const more = data.length - MAX_SHOWN;
  return (
    <section aria-labelledby="scheduled" className="pd-running">
      <h2 id="scheduled" className="pd-overview__title">
        Scheduled
      </h2>
      <ul>
        {data.slice(0, MAX_SHOWN).map((campaign) => {
          const title = visibleOwnText(campaign.message.title);
          return (
            <li key={campaign.id}>
              <Link className="pd-link pd-cut" dir="auto" title={title} to={campaignPath(campaign.id)}>
                {title}
              </Link>
              <ScheduledTime campaign={campaign} />
            </li>
          );
        })}
      </ul>
      <Link className="pd-link pd-small" to={campaignsPath('scheduled')}>
        {more > 0 ? countOf(more, 'more campaign') : 'Edit or move'}
      </Link>
    </section>
  );
}
