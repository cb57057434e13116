import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { formatSeconds } from '../../format/durations.ts';
import { formatExact } from '../../format/moments.ts';
import { formatCount } from '../../format/numbers.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { sendLines } from './send-curve.ts';
import './seen.css';

/** What was accepted and what was not, as time passed. */
export function SendCurve({ campaign }: { campaign: CampaignDetail }) {
  const { curve, recipients } = campaign;
  const lines = sendLines(curve, recipients);
  const [first, last] = [curve.at(0), curve.at(-1)];
  if (lines === null || first === undefined || last === undefined) return null;
  const words = `${formatCount(last.accepted)} accepted and ${formatCount(last.notAccepted)} not accepted in ${formatSeconds(lines.spanMs / 1000)}`;
  return (
    <section className="pd-curve" aria-label="Over time">
      <h2 className="pd-section__title">Over time</h2>
      <figure className="pd-curve__figure">
        <span className="pd-small pd-soft pd-figures">{formatCount(recipients)}</span>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={`${words}.`}>
          <polyline className="pd-curve__line" data-line="accepted" points={lines.accepted} />
          <polyline className="pd-curve__line" data-line="not" points={lines.notAccepted} />
        </svg>
        <figcaption className="pd-small pd-soft">
          <span className="pd-curve__times">
            <span title={formatExact(first.at)}>
              <RelativeTime at={first.at} />
            </span>
            <span>+{formatSeconds(lines.spanMs / 1000)}</span>
          </span>
          <span>
            <span className="pd-curve__key" data-line="accepted" /> Accepted{' '}
            <span className="pd-curve__key" data-line="not" /> Failed, gone or unknown
          </span>
        </figcaption>
      </figure>
    </section>
  );
}
