import { IconBellRinging } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useQueries } from '../../api/ApiProvider.tsx';
import { PAGED, usePagedList } from '../../api/paged-list.ts';
import { campaignPath } from '../../navigation/paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { CAMPAIGN_COLUMNS } from './CampaignColumns.tsx';

const PAGE_SIZE = 100;

/** Campaigns that were started, newest first. */
export function CampaignList() {
  const [, navigate] = useLocation();
  const { campaigns } = useQueries();
  const { list, more } = usePagedList(
    useInfiniteQuery(
      campaigns.list.infiniteOptions({ input: (cursor) => ({ cursor, limit: PAGE_SIZE }), ...PAGED }),
    ),
  );
  return (
    <Loaded of={list}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={IconBellRinging} title="Nothing sent yet">
            <p>
              Each send appears here as a campaign, with the push service’s answer for every subscription and
              what to do about failures.
            </p>
          </EmptyState>
        ) : (
          <DataTable
            label="Campaigns"
            columns={CAMPAIGN_COLUMNS}
            rows={rows}
            idOf={(campaign) => campaign.id}
            nameOf={(campaign) => campaign.message.title}
            onOpen={(campaign) => {
              navigate(campaignPath(campaign.id));
            }}
            more={more}
          />
        )
      }
    </Loaded>
  );
}
