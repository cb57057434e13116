import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { instantOf } from '../../../electron/core/campaign/schedule-time.ts';
import { formatInZone, formatWait, zoneName } from '../../format/schedule-words.ts';
import { useNow } from '../../ui/Now.tsx';
import './scheduled.css';

/** When a campaign starts, in words; where it missed its time, why. */
export function ScheduledTime({ campaign: { schedule } }: { campaign: Campaign }) {
  const now = useNow();
  if (schedule === null) return null;
  const { startsAt, timeZone, perRecipient, asks } = schedule;
  const local = instantOf({ at: schedule.at, timeZone })?.at ?? startsAt;
  const at = formatInZone(local, timeZone);
  if (asks !== null)
    return (
      <span className="pd-scheduled__time" data-asks>
        <IconAlertTriangle size={14} aria-hidden />
        <span>
          Due {at} ({formatWait(startsAt, now)}). {asks.problem.cause} {asks.problem.cure}
        </span>
      </span>
    );
  return (
    <span className="pd-scheduled__time">
      <IconClock size={14} aria-hidden />
      <span>
        {at}
        {perRecipient ? ' where each recipient is' : `, ${zoneName(local, timeZone)}`}
        <span className="pd-soft"> · {startsAt > now ? formatWait(startsAt, now) : 'about to start'}</span>
      </span>
    </span>
  );
}
