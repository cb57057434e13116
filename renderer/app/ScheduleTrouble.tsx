import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Campaign } from '../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../electron/core/campaign/lifecycle.ts';
import { visibleOwnText } from '../../electron/core/text/visible-text.ts';
import { useQueries } from '../api/ApiProvider.tsx';
import { missedHours } from '../features/campaigns/missed-hours.ts';
import { countOf } from '../format/numbers.ts';
import { campaignPath, campaignsPath } from '../navigation/paths.ts';
import { Notice } from '../ui/Notice.tsx';

/** Says on every screen that campaigns missed their time, or that of some recipients, and leads to where that is decided. */
export function ScheduleTrouble() {
  const { data = [] } = useQuery(useQueries().campaigns.asking.queryOptions());
  const isScheduled = ({ state }: Campaign) => lifecycleOf(state).isScheduled;
  return (
    <>
      <Late campaigns={data.filter(isScheduled)} />
      <CutOff campaigns={data.filter((campaign) => !isScheduled(campaign) && !missedHours(campaign))} />
      <Missed campaigns={data.filter(missedHours)} />
    </>
  );
}

function Late({ campaigns }: { campaigns: readonly Campaign[] }) {
  return (
    <Asking
      campaigns={campaigns}
      to={() => campaignsPath('scheduled')}
      what="did not start on time. Nothing was sent."
      cure="Send it now, move it to another time, or cancel it."
    />
  );
}

const decidedAt = (campaigns: readonly Campaign[]) => (first: Campaign) =>
  campaigns.length === 1 ? campaignPath(first.id) : campaignsPath('sending');

/** Pushdesk ended just as the campaign started. */
function CutOff({ campaigns }: { campaigns: readonly Campaign[] }) {
  return (
    <Asking
      campaigns={campaigns}
      to={decidedAt(campaigns)}
      what="was cut off as it started and is paused. Nothing was sent."
      whatOfMany="were cut off as they started and are paused. Nothing was sent."
      cure="Resume to send it now, or cancel the campaign."
    />
  );
}

function Missed({ campaigns }: { campaigns: readonly Campaign[] }) {
  return (
    <Asking
      campaigns={campaigns}
      to={decidedAt(campaigns)}
      what="missed the time of some recipients and is paused. They got nothing."
      whatOfMany="missed the time of some recipients and are paused. They got nothing."
      cure="Send to them now, leave them out, or cancel the campaign."
    />
  );
}

interface AskingProps {
  campaigns: readonly Campaign[];
  /** The screen where it is decided, which says so itself. */
  to: (first: Campaign) => string;
  what: string;
  whatOfMany?: string;
  cure: string;
}

function Asking({ campaigns, to, what, whatOfMany = what, cure }: AskingProps) {
  const [path, navigate] = useLocation();
  const [first] = campaigns;
  if (first === undefined || path === to(first) || path.startsWith(`${to(first)}/`)) return null;
  const others = campaigns.length - 1;
  return (
    <Notice
      tone="warn"
      role="status"
      cause={
        <>
          “<bdi>{visibleOwnText(first.message.title)}</bdi>”
          {others > 0 && ` and ${countOf(others, 'other campaign')}`} {others > 0 ? whatOfMany : what}
        </>
      }
      cure={cure}
      actions={
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            navigate(to(first));
          }}
        >
          Decide
        </Button>
      }
    />
  );
}
