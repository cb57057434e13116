import { IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { campaignPath } from '../../navigation/paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { countOf } from '../../format/numbers.ts';
import { DuplicateCampaign } from './DuplicateCampaign.tsx';
import { OpenCompose } from './OpenCompose.tsx';
import { ScheduledActions } from './ScheduledActions.tsx';
import { ScheduledTime } from './ScheduledTime.tsx';
import './scheduled.css';

/** Campaigns that wait for their time, soonest first; those that missed it say so. */
export function ScheduledTab() {
  const scheduled = useQuery(useQueries().campaigns.scheduled.queryOptions());
  return (
    <Loaded of={loadable(scheduled)}>
      {(campaigns) =>
        campaigns.length === 0 ? (
          <EmptyState icon={IconClock} title="Nothing scheduled" actions={<OpenCompose variant="default" />}>
            <p>To start a campaign later, choose a time under When in Compose. It waits here until then.</p>
          </EmptyState>
        ) : (
          <ul className="pd-scheduled" aria-label="Scheduled campaigns">
            {campaigns.map((campaign) => (
              <Scheduled key={campaign.id} campaign={campaign} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Scheduled({ campaign }: { campaign: Campaign }) {
  const { id, message, audience, recipients } = campaign;
  const title = visibleOwnText(message.title);
  return (
    <li className="pd-scheduled__row">
      <div className="pd-scheduled__text">
        <Link className="pd-link pd-cut" dir="auto" title={title} to={campaignPath(id)}>
          {title}
        </Link>
        <ScheduledTime campaign={campaign} />
        <span className="pd-scheduled__audience pd-cut">
          <bdi>{visibleOwnText(audience.text)}</bdi>, about {countOf(recipients, 'recipient')}
        </span>
      </div>
      <div className="pd-scheduled__acts">
        <DuplicateCampaign campaign={campaign} icon />
        <ScheduledActions campaign={campaign} size="compact-xs" />
      </div>
    </li>
  );
}
