import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import type { Campaign, CampaignKind } from '../../../electron/contract/campaigns.ts';
import { formatCount } from '../../format/numbers.ts';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { campaignStateWords } from '../../words/states.ts';
import { outcomeParts } from './outcomes.ts';
import './campaigns.css';

const KIND_TAGS: Partial<Record<CampaignKind, string>> = { test: 'Test', rehearsal: 'Rehearsal' };

/** A figure that steps back where there is nothing. */
const figure = (count: number) => (
  <span className={count === 0 ? 'pd-zero' : undefined}>{formatCount(count)}</span>
);

export const CAMPAIGN_COLUMNS: readonly Column<Campaign>[] = [
  {
    id: 'title',
    header: 'Message',
    track: 'minmax(200px, 3fr)',
    cell: ({ message, kind }) => (
      <>
        <span className="pd-cut pd-campaigns__title" dir="auto" title={visibleOwnText(message.title)}>
          {visibleOwnText(message.title)}
        </span>
        {KIND_TAGS[kind] && <span className="pd-campaigns__kind">{KIND_TAGS[kind]}</span>}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    track: '100px',
    cell: (campaign) => <StateTag state={campaignStateWords(campaign)} />,
  },
  {
    id: 'progress',
    header: 'Outcome',
    track: 'minmax(80px, 1fr)',
    dropOrder: 2,
    cell: ({ counts, recipients }) => <OutcomeBar parts={outcomeParts(counts)} total={recipients} />,
  },
  {
    id: 'accepted',
    header: 'Accepted',
    track: '64px',
    align: 'end',
    cell: ({ counts }) => figure(counts.accepted),
  },
  {
    id: 'failed',
    header: 'Failed',
    track: '48px',
    align: 'end',
    cell: ({ counts }) => figure(counts.failed),
  },
  { id: 'gone', header: 'Gone', track: '44px', align: 'end', cell: ({ counts }) => figure(counts.gone) },
  {
    id: 'recipients',
    header: 'Recipients',
    track: '80px',
    align: 'end',
    dropOrder: 1,
    cell: ({ recipients }) => figure(recipients),
  },
  {
    id: 'created',
    header: 'Started',
    track: '88px',
    align: 'end',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];
