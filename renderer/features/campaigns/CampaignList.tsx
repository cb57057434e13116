import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBellRinging, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useQueries } from '../../api/ApiProvider.tsx';
import { PAGED, usePagedList } from '../../api/paged-list.ts';
import { campaignPath, type CampaignTab } from '../../navigation/paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useKeptNote } from '../../ui/kept.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { askedOf, isListTab, type CampaignSearch } from './campaign-view.ts';
import { CAMPAIGN_COLUMNS } from './CampaignColumns.tsx';

const PAGE_SIZE = 100;
const SEARCH_AFTER_MS = 150;

/** The campaigns under a tab, as far as they are loaded. */
export function useCampaignList(tab: CampaignTab, view: CampaignSearch) {
  const [search] = useDebouncedValue(view.search, SEARCH_AFTER_MS);
  const asked = askedOf(tab, { ...view, search });
  const { campaigns } = useQueries();
  const query = useInfiniteQuery({
    ...campaigns.list.infiniteOptions({
      input: (cursor) => ({ ...asked, cursor, limit: PAGE_SIZE }),
      ...PAGED,
    }),
    enabled: isListTab(tab),
  });
  return { ...usePagedList(query), total: query.data?.pages[0]?.total, name: JSON.stringify(asked) };
}

interface CampaignListProps {
  tab: CampaignTab;
  campaigns: ReturnType<typeof useCampaignList>;
  isNarrowed: boolean;
  onClear: () => void;
}

/** Campaigns that were started, newest first; how far they were scrolled is kept. */
export function CampaignList({ tab, campaigns, isNarrowed, onClear }: CampaignListProps) {
  const [, navigate] = useLocation();
  const { list, more, total, name } = campaigns;
  const place = useKeptNote(`scroll of campaigns: ${tab}`, { list: '', offset: 0 });
  return (
    <Loaded of={list}>
      {(rows) =>
        rows.length === 0 ? (
          <Nothing tab={tab} isNarrowed={isNarrowed} onClear={onClear} />
        ) : (
          <DataTable
            key={name}
            label="Campaigns"
            columns={CAMPAIGN_COLUMNS}
            rows={rows}
            idOf={(campaign) => campaign.id}
            nameOf={(campaign) => campaign.message.title}
            onOpen={(campaign) => {
              navigate(campaignPath(campaign.id));
            }}
            scroll={{
              read: () => (place.read().list === name ? place.read().offset : 0),
              write: (offset) => {
                place.write({ list: name, offset });
              },
            }}
            more={more}
            {...(total === undefined ? {} : { totalCount: total })}
          />
        )
      }
    </Loaded>
  );
}

interface NothingProps {
  tab: CampaignTab;
  isNarrowed: boolean;
  onClear: () => void;
}

function Nothing({ tab, isNarrowed: isNarrow, onClear }: NothingProps) {
  if (isNarrow)
    return (
      <EmptyState
        icon={IconSearch}
        title="No campaigns found"
        actions={
          <Button variant="default" onClick={onClear}>
            Clear search and dates
          </Button>
        }
      >
        <p>No campaign here matches the search and the dates.</p>
      </EmptyState>
    );
  if (tab === 'sending')
    return (
      <EmptyState icon={IconBellRinging} title="Nothing is being sent">
        <p>Campaigns appear here while they are sent, and while they are paused.</p>
      </EmptyState>
    );
  if (tab === 'finished')
    return (
      <EmptyState icon={IconBellRinging} title="Nothing finished yet">
        <p>Campaigns appear here once every message has an outcome, or you cancel them.</p>
      </EmptyState>
    );
  return (
    <EmptyState icon={IconBellRinging} title="Nothing sent yet">
      <p>
        Each send appears here as a campaign, with the push service’s answer for every subscription and what
        to do about failures.
      </p>
    </EmptyState>
  );
}
