import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation, useParams } from 'wouter';
import { CAMPAIGN_TABS, campaignsPath, LAST_CAMPAIGN_TAB, type CampaignTab } from '../../navigation/paths.ts';
import { NEW_MESSAGE_PATH, SCREENS } from '../../navigation/screens.ts';
import { FilterTabs } from '../../ui/FilterTabs.tsx';
import { Page } from '../../ui/Page.tsx';
import { useListKeys } from '../../ui/table/use-list-keys.ts';
import { useKept, useKeptNote } from '../../ui/kept.tsx';
import { EVERY_CAMPAIGN, isListTab, isNarrowed } from './campaign-view.ts';
import { CampaignFilters } from './CampaignFilters.tsx';
import { CampaignList, useCampaignList } from './CampaignList.tsx';
import { DraftsTab } from './DraftsTab.tsx';
import { ListExport } from './ListExport.tsx';
import { RehearsalsTab } from './RehearsalsTab.tsx';
import { ScheduledTab } from './ScheduledTab.tsx';

const NAMES: Record<CampaignTab, string> = {
  all: 'All',
  drafts: 'Drafts',
  scheduled: 'Scheduled',
  sending: 'Sending',
  finished: 'Finished',
  rehearsals: 'Rehearsals',
};
const TABS = CAMPAIGN_TABS.map((value) => ({ value, label: NAMES[value] }));

/** Campaigns, at `/campaigns`, each tab at its own address below it. The tab, and what was searched for, is kept. */
export function CampaignsScreen() {
  const [, navigate] = useLocation();
  const params = useParams<{ tab?: CampaignTab }>();
  const tab = params.tab ?? 'all';
  const lastTab = useKeptNote<CampaignTab>(LAST_CAMPAIGN_TAB, 'all');
  useEffect(() => {
    lastTab.write(tab);
  }, [lastTab, tab]);
  const [view, setView] = useKept('search of campaigns', EVERY_CAMPAIGN);
  const campaigns = useCampaignList(tab, view);
  const searchBox = useRef<HTMLInputElement>(null);
  const clear = () => {
    setView(EVERY_CAMPAIGN);
  };
  useHotkeys([['mod+F', () => searchBox.current?.focus()]], []);
  useListKeys({ selectAll: () => undefined, remove: () => undefined, clear });
  return (
    <Page
      title={SCREENS.campaigns.name}
      purpose={SCREENS.campaigns.purpose}
      layout="fill"
      actions={
        <>
          {isListTab(tab) && <ListExport tab={tab} view={view} />}
          <Button
            onClick={() => {
              navigate(NEW_MESSAGE_PATH);
            }}
          >
            New campaign
          </Button>
        </>
      }
      toolbar={
        <>
          <FilterTabs
            label="Campaigns by state"
            tabs={TABS}
            value={tab}
            onChange={(next) => {
              navigate(campaignsPath(next));
            }}
          />
          {isListTab(tab) && (
            <CampaignFilters
              view={view}
              onChange={setView}
              total={campaigns.total}
              isNarrowed={isNarrowed(view)}
              searchBox={searchBox}
            />
          )}
        </>
      }
    >
      <Content tab={tab}>
        <CampaignList
          key={tab}
          tab={tab}
          campaigns={campaigns}
          isNarrowed={isNarrowed(view)}
          onClear={clear}
        />
      </Content>
    </Page>
  );
}

function Content({ tab, children }: { tab: CampaignTab; children: ReactNode }) {
  switch (tab) {
    case 'drafts':
      return <DraftsTab />;
    case 'scheduled':
      return <ScheduledTab />;
    case 'rehearsals':
      return <RehearsalsTab />;
    default:
      return children;
  }
}
