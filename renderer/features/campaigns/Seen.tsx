import { useQuery } from '@tanstack/react-query';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { CampaignReceipts } from '../../../electron/contract/receipts.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { formatSeconds } from '../../format/durations.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { buttonName } from './button-name.ts';
import { seenAgainAfter } from './seen-again.ts';
import { seenLines, shownAfter, type CurvePoint } from './seen-curve.ts';
import { shareNote, StepBars } from './StepBars.tsx';
import './seen.css';

/** What devices reported: how many showed it, how many were clicked, and when. */
export function Seen({ campaign }: { campaign: CampaignDetail }) {
  const { receipts } = useQueries();
  const told = useQuery(
    receipts.ofCampaign.queryOptions({
      input: { id: campaign.id },
      refetchInterval: ({ state }) => seenAgainAfter(state.data, campaign.counts.accepted),
    }),
  );
  return (
    <section className="pd-seen" aria-label="What people saw">
      <h2 className="pd-section__title">What people saw</h2>
      <Loaded of={loadable(told)}>
        {(given) =>
          given.asked ? (
            <Told campaign={campaign} told={given} />
          ) : (
            <p className="pd-small pd-soft">{NOT_ASKED}</p>
          )
        }
      </Loaded>
    </section>
  );
}

const NOT_ASKED =
  'Accepted means that the push service took the message. Receipts were off when it was sent, so nobody knows whether devices showed it. Turn them on in Settings.';

function Told({ campaign, told }: { campaign: CampaignDetail; told: CampaignReceipts }) {
  const { accepted, canReport, shown, clicked, clicks, curve } = told;
  const steps = [
    { name: 'Accepted', count: accepted, note: 'by the push services' },
    { name: 'Can report', count: canReport, note: shareNote(canReport, accepted, 'of accepted') },
    { name: 'Shown', count: shown, note: shareNote(shown, canReport, 'of those that can report') },
    { name: 'Clicked', count: clicked, note: shareNote(clicked, shown, 'of shown') },
  ];
  return (
    <>
      <StepBars label="From accepted to clicked" steps={steps} />
      <p className="pd-small pd-soft">
        Accepted means that the push service took the message. Shown and clicked are what the devices report.
      </p>
      {clicks.length > 0 && (
        <p className="pd-small pd-soft">
          {clicks.map(({ action, count }, index) => (
            <span key={action ?? ''}>
              {index > 0 && ' · '}
              <bdi>
                {action === null
                  ? 'The notification itself'
                  : visibleOwnText(buttonName(action, campaign.message), true)}
              </bdi>
              {`: ${formatCount(count)}`}
            </span>
          ))}
        </p>
      )}
      {shown > 0 && <Curve curve={curve} startedAt={campaign.createdAt} />}
      {accepted > canReport && (
        <p className="pd-small pd-soft">
          {countOf(accepted - canReport, 'device')} can’t report:{' '}
          {accepted - canReport === 1 ? 'its' : 'their'} service worker sends no receipts.{' '}
          {accepted - canReport === 1 ? 'It is' : 'They are'} left out above, not counted as zero.
        </p>
      )}
    </>
  );
}

function Curve({ curve, startedAt }: Pick<CampaignReceipts, 'curve'> & { startedAt: number }) {
  const { shown, clicked } = seenLines(curve, startedAt);
  const words = curveWords(curve, startedAt);
  // All within one minute: a line would have nowhere to go.
  if (curve.length < 2) return <p className="pd-small pd-soft">{words}</p>;
  return (
    <figure className="pd-seen__curve">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={words}>
        <polyline className="pd-seen__line" data-line="shown" points={pointsOf(shown)} />
        <polyline className="pd-seen__line" data-line="clicked" points={pointsOf(clicked)} />
      </svg>
      <figcaption className="pd-small pd-soft">
        <span className="pd-seen__key" data-line="shown" /> Shown{' '}
        <span className="pd-seen__key" data-line="clicked" /> Clicked · {words}
      </figcaption>
    </figure>
  );
}

const pointsOf = (points: readonly CurvePoint[]) =>
  points.map(({ x, y }) => `${(100 * x).toFixed(2)},${(100 * (1 - y)).toFixed(2)}`).join(' ');

function curveWords(curve: CampaignReceipts['curve'], startedAt: number): string {
  const [half, most] = [0.5, 0.9].map((share) => afterWords(shownAfter(curve, startedAt, share)));
  return half === most
    ? `90% of those shown were shown within ${most ?? ''}.`
    : `Half of those shown were shown within ${half ?? ''}, 90% within ${most ?? ''}.`;
}

/** A point stands for the minute, hour or day that begins there. */
function afterWords(afterMs: number | null): string {
  const minutes = Math.floor((afterMs ?? 0) / 60_000) + 1;
  return minutes === 1 ? 'a minute' : formatSeconds(60 * minutes);
}
