import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { formatWait, startWords } from '../../format/schedule-words.ts';
import { useNow } from '../../ui/Now.tsx';
import './scheduled.css';

/** When a campaign starts, in words; where it missed its time, why. */
export function ScheduledTime({ campaign: { schedule } }: { campaign: Campaign }) {
  const now = useNow();
  if (schedule === null) return null;
  const { startsAt, asks } = schedule;
  const start = startWords(schedule);
  if (asks !== null)
    return (
      <span className="pd-scheduled__time" data-asks>
        <IconAlertTriangle size={14} aria-hidden />
        <span>
          Due {start} ({formatWait(startsAt, now)}). {asks.problem.cause} {asks.problem.cure}
        </span>
      </span>
    );
  return (
    <span className="pd-scheduled__time">
      <IconClock size={14} aria-hidden />
      <span>
        {start}
        <span className="pd-soft pd-scheduled__wait">
          {' '}
          · {startsAt > now ? formatWait(startsAt, now) : 'about to start'}
        </span>
      </span>
    </span>
  );
}
