import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Audience } from '../../../../contract/campaign-audience.ts';
import type { Campaign, changeScheduledInputSchema } from '../../../../contract/campaigns.ts';
import type { CampaignId } from '../../../../contract/ids.ts';
import type { Message } from '../../../../contract/message.ts';
import { Refusal } from '../../../../contract/problem.ts';
import type { CampaignSchedule } from '../../../../contract/schedule.ts';
import { lifecycleOf } from '../../../../core/campaign/lifecycle.ts';
import { problemOfExpiry } from '../../../../core/campaign/preflight-format.ts';
import { problemOfSchedule, startOf } from '../../../../core/campaign/schedule-time.ts';
import type { Clock } from '../../../base/clock.ts';
import { changedElsewhere, mustStillBe } from '../../../base/must-still-be.ts';
import type { Log } from '../../../base/log.ts';
import type { CampaignContent, CampaignRow } from '../../../dispatch/campaign-store.ts';
import type { SubscriptionSum } from '../../subscriptions/subscription-sums-service.ts';
import { canaryNeedsOneTime, notInThatState, unknownCampaign } from '../campaign-problems.ts';
import type { CampaignStores } from '../campaign-stores.ts';
import { isToOne } from '../campaign-content.ts';
import { editionOf } from './edition.ts';
import { hoursOf, quietOf } from './hours-of.ts';
import type { ClockChanges } from './clock-changes.ts';
import { unreadableAudience } from './schedule-problems.ts';
import type { OpenSchedule } from './schedule-store.ts';

/** What a person can do with campaigns that wait for their time, and how they start. */
export interface ScheduledCampaigns {
  /** @throws Refusal BAD_INPUT for a time that is past, too far ahead, not in the calendar, or after the message has expired */
  check(schedule: CampaignSchedule, message: Message): void;
  /** To be called in the transaction that writes the campaign. */
  add(id: CampaignId, schedule: CampaignSchedule): void;
  list(): Campaign[];
  /** Those that missed their time, or the hours of some recipients, and ask what to do. */
  asking(): Campaign[];
  /** @throws Refusal CONFLICT once it has started, BAD_INPUT for what prevents it; then nothing of it has changed */
  change(input: z.output<typeof changeScheduledInputSchema>): Promise<Campaign>;
  /**
   * Everyone gets it now, whatever their own time was to be; quiet hours stay. If the first of those times has passed, it begins as
   * planned: those whose time has passed get it now, the others at theirs.
   *
   * @throws Refusal as `change`
   */
  sendNow(id: CampaignId): Promise<Campaign>;
  /** Starts one that is due, unless it was changed or started meanwhile. */
  begin(due: OpenSchedule): Promise<void>;
}

export interface ScheduledCampaignsOptions {
  stores: CampaignStores;
  /** In pieces; also measures the texts, so that `contentOf` has the result at hand. */
  measure: (given: { message: Message; audience: Audience }) => Promise<readonly SubscriptionSum[]>;
  /**
   * What a campaign with that message and audience consists of now.
   * @throws Refusal BAD_INPUT for what prevents sending it
   */
  contentOf: (
    given: { message: Message; audience: Audience; requestId: string },
    sums: readonly SubscriptionSum[],
  ) => CampaignContent;
  view: (id: CampaignId) => Campaign;
  /** Several at once, in that order. */
  views: (ids: readonly CampaignId[]) => Campaign[];
  /** Called with each that has begun. */
  goOn: (campaign: CampaignRow) => void;
  /** Called with each change. */
  onChange: () => void;
  clockChanges: ClockChanges;
  clock: Clock;
  log: Log;
}

export function createScheduledCampaigns(options: ScheduledCampaignsOptions): ScheduledCampaigns {
  const { stores, measure, contentOf, view, goOn, onChange, clock, log } = options;
  const { db, campaigns, canaries, schedules } = stores;

  const checkExpiry = (schedule: CampaignSchedule, message: Message) => {
    const problem = problemOfExpiry(message, { now: clock.now(), schedule });
    if (problem !== null) throw new Refusal('BAD_INPUT', problem);
  };

  const check = (schedule: CampaignSchedule, message: Message) => {
    const problem = problemOfSchedule(schedule, clock.now());
    if (problem !== null) throw new Refusal('BAD_INPUT', problem);
    checkExpiry(schedule, message);
  };

  const mustGet = (id: CampaignId): CampaignRow => {
    const row = campaigns.get(id);
    if (row === null) throw unknownCampaign();
    return row;
  };

  /** The waiting campaign, with its measured audience; measuring takes time, during which anything may happen to it. */
  const measured = async (id: CampaignId) => {
    const audience = campaigns.audienceOf(id);
    if (audience === null) throw new Refusal('BAD_INPUT', unreadableAudience);
    return { audience, sums: await measure({ message: mustGet(id).message, audience }) };
  };

  /** To be called before something of it changes: a repeated request is compared with the first one. */
  const keepFirstRequest = ({ id, message, messagesPerMinute, ...row }: CampaignRow) => {
    schedules.keepFirstRequest(id, {
      message,
      audience: campaigns.audienceOf(id),
      messagesPerMinute,
      quietHours: quietOf(row),
      schedule: schedules.one(id)?.schedule,
      canary: canaries.of(id)?.rules ?? null,
    });
  };

  const forgetOwnTimes = (row: CampaignRow) => {
    const open = schedules.one(row.id);
    if (open?.schedule.perRecipient !== true || open.startsAt <= clock.now()) return;
    keepFirstRequest(row);
    const { at, timeZone } = open.schedule;
    schedules.move(row.id, { at, timeZone }, open.startsAt);
    campaigns.setHours(row.id, hoursOf(null, quietOf(row)));
  };

  /**
   * @param isEarly whether the person sends it before its time
   * @returns false: it was changed while it was measured, or is no longer waiting
   */
  const beginNow = (
    id: CampaignId,
    audience: Audience,
    sums: readonly SubscriptionSum[],
    isEarly: boolean,
  ): boolean => {
    const begun = db.transaction(() => {
      const row = campaigns.get(id);
      if (row === null || !lifecycleOf(row.state).isScheduled) return null;
      if (!isDeepStrictEqual(campaigns.audienceOf(id), audience)) return null;
      if (isEarly) forgetOwnTimes(row);
      const requestId = campaigns.requestIdOf(id);
      const content = contentOf({ message: row.message, audience, requestId }, sums);
      schedules.answered(id);
      return campaigns.begin(id, { ...content, createdAt: clock.now() });
    });
    if (begun === null) return false;
    log.info({ campaignId: id, recipients: begun.recipients }, 'a scheduled campaign was started');
    goOn(begun);
    onChange();
    return true;
  };

  return {
    check,
    add(id, schedule) {
      schedules.add(id, schedule, startOf(schedule) ?? 0, clock.now());
    },
    list: () => options.views(schedules.open().map(({ id }) => id)),
    asking: () => options.views(schedules.asking()),
    async change({ id, was, ...change }) {
      const before = mustGet(id);
      if (!lifecycleOf(before.state).isScheduled) throw notInThatState('edited', before.state);
      const { schedule } = change;
      if (schedule !== undefined) check(schedule, change.message ?? before.message);
      const isEdited = change.message !== undefined || change.audience !== undefined;
      const audience = change.audience ?? campaigns.audienceOf(id);
      if (isEdited && audience === null) throw new Refusal('BAD_INPUT', unreadableAudience);
      const sums =
        isEdited && audience !== null
          ? await measure({ message: change.message ?? before.message, audience })
          : [];
      db.transaction(() => {
        const row = mustGet(id);
        if (!lifecycleOf(row.state).isScheduled) throw notInThatState('edited', row.state);
        const { message } = row;
        const at = schedules.one(id)?.schedule;
        mustStillBe({ schedule: at }, { schedule: was?.schedule });
        const edition = editionOf(stores, id);
        const before = canaries.of(id)?.rules ?? null;
        const { canary = before } = change;
        if (canary !== null && (schedule ?? at)?.perRecipient === true) throw canaryNeedsOneTime();
        // What was changed meanwhile counts too.
        if (at !== undefined && (change.message ?? schedule) !== undefined)
          checkExpiry(schedule ?? at, change.message ?? message);
        keepFirstRequest(row);
        if (change.canary !== undefined) canaries.remove(id);
        if (change.canary) canaries.add(id, change.canary);
        if (isEdited && audience !== null) {
          const next = { message: change.message ?? message, audience, requestId: campaigns.requestIdOf(id) };
          const content = contentOf(next, sums);
          // A test that somebody asked for stays a test; a campaign to a single person is one only as long as it is to one person.
          const isTest = row.kind === 'test' && !isToOne(campaigns.audienceOf(id));
          const kind = isTest ? ('test' as const) : content.kind;
          campaigns.edit(id, { ...content, kind, message: next.message, audience });
        }
        const { quietHours = quietOf(row) } = change;
        campaigns.setHours(id, hoursOf(schedule ?? at ?? null, quietHours));
        if (change.messagesPerMinute !== undefined) campaigns.setPace(id, change.messagesPerMinute);
        if (schedule !== undefined) {
          schedules.move(id, schedule, startOf(schedule) ?? 0);
          options.clockChanges.forget();
        }
        // A change whose answer was lost is repeated: what it wanted is already so.
        if (was?.edition !== undefined && was.edition !== edition && editionOf(stores, id) !== edition)
          throw changedElsewhere('edition');
      });
      log.info({ campaignId: id }, 'a scheduled campaign was changed');
      onChange();
      return view(id);
    },
    async sendNow(id) {
      const { state } = mustGet(id);
      const { isScheduled, isCancelled } = lifecycleOf(state);
      if (isCancelled) throw notInThatState('sent', state);
      if (!isScheduled) return view(id);
      // Changed while it was measured: its present audience is measured again.
      for (;;) {
        const { audience, sums } = await measured(id);
        if (beginNow(id, audience, sums, true)) break;
        const now = mustGet(id).state;
        if (lifecycleOf(now).isCancelled) throw notInThatState('sent', now);
        if (!lifecycleOf(now).isScheduled) break;
      }
      return view(id);
    },
    async begin({ id, startsAt }) {
      const { audience, sums } = await measured(id);
      const now = schedules.one(id);
      if (now === null || now.isAsking || now.startsAt !== startsAt) return;
      beginNow(id, audience, sums, false);
    },
  };
}
