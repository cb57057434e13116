import type { z } from 'zod';
import type { Campaign, changeScheduledInputSchema } from '../../../../contract/campaigns.ts';
import type { CampaignId } from '../../../../contract/ids.ts';
import type { Problem } from '../../../../contract/problem.ts';
import type { Schedule } from '../../../base/schedule.ts';
import type { CampaignRow } from '../../../dispatch/campaign-store.ts';
import { createClockChanges } from './clock-changes.ts';
import { missedTime } from './missed-time.ts';
import { createScheduledCampaigns, type ScheduledCampaignsOptions } from './scheduled-campaigns.ts';
import { ALWAYS_STARTS_MS, createScheduler } from './scheduler.ts';

type ById = { id: CampaignId };

/** When campaigns start: those that wait for their time, and those whose recipients each have an hour of their own. */
export interface CampaignSchedules {
  /** Those that wait for their time, soonest first. */
  scheduled(): Campaign[];
  /** Those that missed their time, or the hours of some recipients, and ask what to do. */
  asking(): Campaign[];
  /** @throws Refusal CONFLICT once it has started, BAD_INPUT for what prevents it */
  changeScheduled(input: z.output<typeof changeScheduledInputSchema>): Promise<Campaign>;
  /** @throws Refusal as `changeScheduled` */
  sendNow(input: ById): Promise<Campaign>;
  /** @throws Refusal BAD_INPUT for a time that is past, too far ahead, not in the calendar, or after the message has expired */
  check: ReturnType<typeof createScheduledCampaigns>['check'];
  /** To be called in the transaction that writes the campaign. */
  add: ReturnType<typeof createScheduledCampaigns>['add'];
  /** Starts what is due, or asks: to be called every minute, and when a schedule or the settings change. */
  look(): void;
  /**
   * Its time, or somebody's own hour, has passed while nothing was sent: nobody should get it late without the person's knowledge, so the
   * campaign is paused and asks.
   * @returns whether it asks
   */
  askIfMissed(campaign: CampaignRow): boolean;
  /**
   * To be called before something of a campaign goes out: after a sleep, nothing whose time is over does.
   * @returns whether it may
   */
  maySend(id: CampaignId): boolean;
  /** To be called once, when what was interrupted is known. */
  start(): void;
  stop(): Promise<void>;
}

export function createCampaignSchedules(
  options: Omit<ScheduledCampaignsOptions, 'clockChanges'> & {
    /** Holds a campaign that is being sent. */
    pause: (id: CampaignId) => void;
    /** Something of it that was held back may go out. */
    wake: (id: CampaignId) => void;
    /** Called with each campaign that asks from now on. */
    onAsk: (id: CampaignId, problem: Problem) => void;
    /** Keys are still to be unlocked. */
    isLocked: () => boolean;
    /** How many milliseconds late a campaign may start without a decision. */
    maxDelayMs: () => number;
    /** Milliseconds since the computer started, sleep included. */
    uptime: () => number;
    schedule: Schedule;
  },
): CampaignSchedules {
  const { stores, onChange, clock, log } = options;
  const clockChanges = createClockChanges(options);

  const scheduled = createScheduledCampaigns({
    ...options,
    clockChanges,
    onChange() {
      onChange();
      scheduler.look();
    },
  });

  const hasHours = (id: CampaignId) => (stores.campaigns.hoursOf(id)?.start ?? null) !== null;

  const askIfMissed = (campaign: CampaignRow): boolean => {
    const { id } = campaign;
    const most = Math.max(ALWAYS_STARTS_MS, options.maxDelayMs());
    const missed = missedTime(campaign, stores, clock.now(), most);
    if (missed === null) return false;
    options.pause(id);
    stores.schedules.ask(id, 'late', missed, clock.now());
    options.onAsk(id, missed);
    log.warn(
      { campaignId: id, problem: missed.code },
      'a campaign missed its time, and waits for a decision',
    );
    return true;
  };

  const scheduler = createScheduler({
    ...options,
    schedules: stores.schedules,
    clockChanges,
    begin: (due) => scheduled.begin(due),
    onGap() {
      for (const campaign of stores.campaigns.unfinished())
        if (!askIfMissed(campaign) && hasHours(campaign.id)) options.wake(campaign.id);
    },
  });

  return {
    scheduled: () => scheduled.list(),
    asking: () => scheduled.asking(),
    changeScheduled: (input) => scheduled.change(input),
    sendNow: ({ id }) => scheduled.sendNow(id),
    check: (schedule, message) => {
      scheduled.check(schedule, message);
    },
    add(id, schedule) {
      scheduled.add(id, schedule);
    },
    look() {
      scheduler.look();
    },
    askIfMissed,
    maySend(id) {
      if (!scheduler.hasGap() || !hasHours(id)) return true;
      // Not at once: the caller is in the middle of a step of the store.
      options.schedule(() => {
        scheduler.look();
      }, 0);
      return false;
    },
    start() {
      scheduler.start();
    },
    stop: () => scheduler.stop(),
  };
}
