import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { problemOfSchedule } from '../../../electron/core/campaign/schedule-time.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useNow } from '../../ui/Now.tsx';
import { ScheduleFields } from '../../ui/schedule/ScheduleFields.tsx';
import { fieldsOfSchedule, nextMorning, scheduleOf } from '../../ui/schedule/time-fields.ts';

/** Another time for a scheduled campaign. */
export function MoveDialog({ campaign, onLeave }: { campaign: Campaign; onLeave: () => void }) {
  const now = useNow();
  const { id, schedule } = campaign;
  const [time, setTime] = useState(
    schedule === null || schedule.startsAt <= now ? nextMorning(now) : fieldsOfSchedule(schedule),
  );
  const [seen] = useState(schedule === null ? null : scheduleOf(fieldsOfSchedule(schedule)));
  const change = useMutation(useQueries().campaigns.changeScheduled.mutationOptions({ onSuccess: onLeave }));
  const next = scheduleOf(time);
  return (
    <ConfirmDialog
      opened
      title="Move to another time"
      actLabel="Move"
      leaveLabel="Keep the time"
      isReady={next !== null && problemOfSchedule(next, now) === null}
      isBusy={change.isPending}
      problem={change.error === null ? null : problemOf(change.error)}
      onLeave={onLeave}
      onAct={() => {
        if (next === null) return;
        // Once told that it has another time by now, the person may replace that.
        const isTold = change.error !== null && problemOf(change.error).code === 'changed-elsewhere';
        const was = seen === null || isTold ? {} : { was: { schedule: seen } };
        change.mutate({ id, schedule: next, ...was });
      }}
    >
      <ScheduleFields value={time} onChange={setTime} now={now} />
    </ConfirmDialog>
  );
}
