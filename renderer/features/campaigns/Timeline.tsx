import type { DeliveryReceipts } from '../../../electron/contract/receipts.ts';
import { formatGap } from '../../format/durations.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import type { DeliveryDetail } from './delivery-detail.ts';
import { timelineOf, type TimelineCampaign } from './timeline.ts';
import './seen.css';

interface TimelineProps {
  delivery: DeliveryDetail;
  /** `undefined`: not read yet, or there are none. */
  receipts: DeliveryReceipts | undefined;
  campaign: TimelineCampaign;
}

/** From the queue to the click: each step, and how long after the one before. */
export function Timeline({ delivery, receipts, campaign }: TimelineProps) {
  return (
    <section className="pd-timeline" aria-label="Timeline">
      <h3 className="pd-timeline__title">Timeline</h3>
      <ol className="pd-timeline__steps">
        {timelineOf(delivery, receipts, campaign).map(({ name, at, gapMs }) => (
          <li key={name} className="pd-timeline__step pd-figures">
            <span>
              <bdi>{name}</bdi>
            </span>
            <span className="pd-soft">
              {gapMs === null ? '' : `${gapMs < 1 ? '' : '+'}${formatGap(gapMs)}`}
            </span>
            <span className="pd-soft pd-timeline__at">
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
