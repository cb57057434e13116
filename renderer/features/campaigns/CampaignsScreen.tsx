import { Button } from '@mantine/core';
import { useLocation, useParams } from 'wouter';
import { CAMPAIGN_TABS, campaignsPath, type CampaignTab } from '../../navigation/paths.ts';
import { NEW_MESSAGE_PATH, SCREENS } from '../../navigation/screens.ts';
import { FilterTabs } from '../../ui/FilterTabs.tsx';
import { Page } from '../../ui/Page.tsx';
import { CampaignList } from './CampaignList.tsx';
import { DraftsTab } from './DraftsTab.tsx';
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

/** Campaigns, at `/campaigns`, each tab at its own address below it. */
export function CampaignsScreen() {
  const [, navigate] = useLocation();
  const params = useParams<{ tab?: CampaignTab }>();
  const tab = params.tab ?? 'all';
  return (
    <Page
      title={SCREENS.campaigns.name}
      purpose={SCREENS.campaigns.purpose}
      layout="fill"
      actions={
        <Button
          onClick={() => {
            navigate(NEW_MESSAGE_PATH);
          }}
        >
          New campaign
        </Button>
      }
      toolbar={
        <FilterTabs
          label="Campaigns by state"
          tabs={TABS}
          value={tab}
          onChange={(next) => {
            navigate(campaignsPath(next));
          }}
        />
      }
    >
      <Content tab={tab} />
    </Page>
  );
}

function Content({ tab }: { tab: CampaignTab }) {
  switch (tab) {
    case 'drafts':
      return <DraftsTab />;
    case 'scheduled':
      return <ScheduledTab />;
    case 'rehearsals':
      return <RehearsalsTab />;
    default:
      return <CampaignList key={tab} />;
  }
}
