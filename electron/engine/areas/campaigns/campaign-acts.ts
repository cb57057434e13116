import type { z } from 'zod';
import type {
  Campaign,
  resumeInputSchema,
  resumePartInputSchema,
  sendAgainInputSchema,
} from '../../../contract/campaigns.ts';
import type { CampaignId } from '../../../contract/ids.ts';
import type { CampaignControl } from './campaign-control.ts';
import type { ScheduleStore } from './schedule/schedule-store.ts';

type ById = { id: CampaignId };

/** What a person can do to a campaign, as in the contract: each answers with the campaign as it is afterwards. */
export interface CampaignActs {
  pause(input: ById): Campaign;
  resume(input: z.output<typeof resumeInputSchema>): Campaign;
  cancel(input: ById): Campaign;
  goOnAfterCanary(input: ById): Campaign;
  stopAfterCanary(input: ById): Campaign;
  sendAgain(input: z.output<typeof sendAgainInputSchema>): Campaign;
  resumePart(input: z.output<typeof resumePartInputSchema>): Campaign;
}

/** @param given `schedules`: told that a person cancelled it, so that it no longer asks anything */
export function createCampaignActs({
  control,
  schedules,
  lookAtSchedules,
  view,
}: {
  control: CampaignControl;
  schedules: Pick<ScheduleStore, 'answered'>;
  lookAtSchedules: () => void;
  view: (id: CampaignId) => Campaign;
}): CampaignActs {
  const afterwards = (id: CampaignId, work: () => void): Campaign => {
    work();
    return view(id);
  };
  return {
    pause: ({ id }) =>
      afterwards(id, () => {
        control.pause(id);
      }),
    resume: ({ id, missed }) =>
      afterwards(id, () => {
        // A person who decides after a sleep has seen the question: the sleep must not be noticed again when sending continues.
        lookAtSchedules();
        control.resume(id, missed === 'leave-out');
      }),
    cancel: ({ id }) =>
      afterwards(id, () => {
        control.cancel(id);
        schedules.answered(id);
      }),
    goOnAfterCanary: ({ id }) =>
      afterwards(id, () => {
        control.goOnAfterCanary(id);
      }),
    stopAfterCanary: ({ id }) =>
      afterwards(id, () => {
        control.stopAfterCanary(id);
      }),
    sendAgain: ({ id, state, cause }) =>
      afterwards(id, () => {
        control.sendAgain(id, state, cause);
      }),
    resumePart: ({ id, ...part }) =>
      afterwards(id, () => {
        control.resumePart(id, part);
      }),
  };
}
