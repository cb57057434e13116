import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import type { Campaign, CampaignKind } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { formatShortSeconds } from '../../format/durations.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { CampaignPicture } from './CampaignPicture.tsx';
import { DuplicateCampaign } from './DuplicateCampaign.tsx';
import { doneOf, outcomeParts } from './outcomes.ts';
import { stateWithReason } from './state-reason.ts';
import './campaigns.css';

const KIND_TAGS: Partial<Record<CampaignKind, string>> = { test: 'Test', rehearsal: 'Rehearsal' };

const Nothing = () => <span className="pd-zero">–</span>;

/** A share with the number it comes from on hover. */
function Share({ part, all, what }: { part: number; all: number; what: string }) {
  if (all === 0) return <Nothing />;
  return <span title={`${formatCount(part)} of ${formatCount(all)} ${what}`}>{formatShare(part, all)}</span>;
}

export const CAMPAIGN_COLUMNS: readonly Column<Campaign>[] = [
  {
    id: 'title',
    header: 'Message',
    track: 'minmax(160px, 3fr)',
    cell: ({ message, kind }) => (
      <>
        <CampaignPicture message={message} />
        <span className="pd-cut pd-campaigns__title" dir="auto" title={visibleOwnText(message.title)}>
          {visibleOwnText(message.title)}
        </span>
        {message.tag !== '' && (
          <span
            className="pd-campaigns__kind pd-campaigns__tag pd-cut"
            title={`Tag: ${visibleOwnText(message.tag)}`}
          >
            <bdi>{visibleOwnText(message.tag)}</bdi>
          </span>
        )}
        {KIND_TAGS[kind] && <span className="pd-campaigns__kind">{KIND_TAGS[kind]}</span>}
      </>
    ),
  },
  {
    id: 'audience',
    header: 'Audience',
    track: 'minmax(100px, 2fr)',
    dropOrder: 2,
    cell: ({ audience, recipients }) => (
      <>
        <span className="pd-cut" dir="auto" title={visibleOwnText(audience.text)}>
          {visibleOwnText(audience.text)}
        </span>
        <span className="pd-soft pd-figures pd-campaigns__recipients">{formatCount(recipients)}</span>
      </>
    ),
  },
  {
    id: 'created',
    header: 'Started',
    track: '80px',
    cell: ({ createdAt, state }) =>
      lifecycleOf(state).isScheduled ? <Nothing /> : <RelativeTime at={createdAt} />,
  },
  {
    id: 'state',
    header: 'State',
    track: 'minmax(236px, 2.4fr)',
    cell: (campaign) => <StateTag state={stateWithReason(campaign)} />,
  },
  {
    id: 'progress',
    header: 'Outcome',
    track: 'minmax(70px, 1fr)',
    dropOrder: 1,
    cell: ({ counts, recipients }) => <OutcomeBar parts={outcomeParts(counts)} total={recipients} />,
  },
  {
    id: 'accepted',
    header: 'Accepted',
    track: '64px',
    align: 'end',
    cell: ({ counts }) => <Share part={counts.accepted} all={doneOf(counts)} what="done were accepted" />,
  },
  {
    id: 'clicked',
    header: 'Clicked',
    track: '56px',
    align: 'end',
    cell: ({ seen, counts }) =>
      seen === null ? (
        <Nothing />
      ) : (
        <Share part={seen.clicked} all={counts.accepted} what="accepted were clicked" />
      ),
  },
  {
    id: 'duration',
    header: 'Duration',
    track: '84px',
    align: 'end',
    dropOrder: 3,
    cell: ({ createdAt, finishedAt }) =>
      finishedAt === null ? <Nothing /> : durationWords(finishedAt - createdAt),
  },
  {
    id: 'duplicate',
    header: '',
    track: '32px',
    cell: (campaign) => <DuplicateCampaign campaign={campaign} icon />,
  },
];

const durationWords = (ms: number) => (ms < 1000 ? '< 1 s' : formatShortSeconds(ms / 1000));
