import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { countOf } from '../../format/numbers.ts';
import { campaignPath } from '../../navigation/paths.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { outcomeParts } from '../campaigns/outcomes.ts';
import { doneWords } from '../campaigns/progress-words.ts';
import { missedHours } from '../campaigns/missed-hours.ts';
import { stateWithReason } from '../campaigns/state-reason.ts';
import { useCampaignActs } from '../campaigns/use-campaign-acts.ts';

const MAX_SHOWN = 4;

/** Campaigns that have not ended, with a way to pause each of them. */
export function InProgress({ count }: { count: number }) {
  const list = useQuery(useQueries().campaigns.list.queryOptions({ input: { limit: 50 } }));
  const shown = (list.data?.items ?? [])
    .filter(({ state, kind }) => kind !== 'rehearsal' && lifecycleOf(state).isUnderWay)
    .slice(0, MAX_SHOWN);
  if (shown.length === 0) return null;
  const more = count - shown.length;
  return (
    <section aria-labelledby="in-progress" className="pd-running">
      <h2 id="in-progress" className="pd-overview__title">
        In progress
      </h2>
      <ul>
        {shown.map((campaign) => (
          <Running key={campaign.id} campaign={campaign} />
        ))}
      </ul>
      {more > 0 && (
        <Link className="pd-link pd-small" to={SCREENS.campaigns.path}>
          {countOf(more, 'more campaign')}
        </Link>
      )}
    </section>
  );
}

function Running({ campaign }: { campaign: Campaign }) {
  const acts = useCampaignActs(campaign.id);
  const { mayPause, mayResume } = lifecycleOf(campaign.state);
  const title = visibleOwnText(campaign.message.title);
  return (
    <li>
      <div className="pd-running__head">
        <Link className="pd-link pd-cut" dir="auto" title={title} to={campaignPath(campaign.id)}>
          {title}
        </Link>
        {mayPause && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Pause ${title}`}
            loading={acts.isBusy}
            onClick={acts.pause}
          >
            Pause
          </Button>
        )}
        {mayResume && !missedHours(campaign) && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Resume ${title}`}
            loading={acts.isBusy}
            onClick={acts.resume}
          >
            Resume
          </Button>
        )}
      </div>
      <OutcomeBar parts={outcomeParts(campaign.counts)} total={campaign.recipients} />
      <p className="pd-running__note">
        <StateTag state={stateWithReason(campaign)} />
        {doneWords(campaign)}
      </p>
      {acts.problem && <p className="pd-running__problem">{acts.problem.cause}</p>}
    </li>
  );
}
