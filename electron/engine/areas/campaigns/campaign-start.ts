import type { z } from 'zod';
import type { Campaign, startCampaignInputSchema } from '../../../contract/campaigns.ts';
import type { CampaignId } from '../../../contract/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import type { SubscriptionSum } from '../subscriptions/subscription-sums-service.ts';
import type { CampaignContents } from './campaign-content.ts';
import { canaryNeedsOneTime, otherRequest } from './campaign-problems.ts';
import type { CampaignStores } from './campaign-stores.ts';
import type { CampaignSchedules } from './schedule/campaign-schedules.ts';
import { hoursOf, quietOf } from './schedule/hours-of.ts';
import { isDeepStrictEqual } from 'node:util';

/** Turns what a person asks to send into campaigns. */
export interface CampaignStart {
  /** Whether it was started before: then `start` returns that campaign, and nothing has to be measured. */
  isKnown(requestId: string): boolean;
  /**
   * @param sums the result of `measure`; left out: everyone, or chosen ones
   * @throws Refusal BAD_INPUT with the first blocker of the preflight, CONFLICT for the request id of another send; then nothing is stored
   */
  start(input: z.output<typeof startCampaignInputSchema>, sums?: readonly SubscriptionSum[]): Campaign;
}

export function createCampaignStart(options: {
  stores: Pick<CampaignStores, 'db' | 'campaigns' | 'canaries' | 'schedules'>;
  contents: Pick<CampaignContents, 'of'>;
  schedules: Pick<CampaignSchedules, 'check' | 'add' | 'look'>;
  /** Limit of messages per minute for a campaign that has none of its own; `null`: none. */
  messagesPerMinute: () => number | null;
  view: (id: CampaignId) => Campaign;
  /** Told of each that begins at once. */
  goOn: (campaign: CampaignRow) => void;
  onChange: () => void;
  clock: Clock;
  log: Log;
}): CampaignStart {
  const { contents, schedules, view, onChange, clock, log } = options;
  const { db, campaigns, canaries, schedules: scheduleStore } = options.stores;

  /** What its first request asked for, whatever has been edited since. */
  const askedFirst = (row: CampaignRow) => {
    const canary = canaries.of(row.id)?.rules ?? null;
    const test = row.kind === 'test';
    const first = scheduleStore.firstRequest(row.id);
    // A request that was kept before a canary could be edited does not contain it.
    if (first !== null) return { ...{ canary }, ...(first as Parameters<typeof isSameRequest>[0]), test };
    const { schedule } = row;
    return {
      ...row,
      audience: campaigns.audienceOf(row.id),
      canary,
      test,
      quietHours: quietOf(row),
      schedule:
        schedule === null
          ? null
          : {
              at: schedule.at,
              timeZone: schedule.timeZone,
              ...(schedule.perRecipient ? { perRecipient: true as const } : {}),
            },
    };
  };

  return {
    isKnown: (requestId) => campaigns.byRequestId(requestId) !== null,
    start({ requestId, ...asked }, measured) {
      const { message, audience } = asked;
      const known = campaigns.byRequestId(requestId);
      if (known !== null) {
        if (!isSameRequest(askedFirst(known), asked)) throw otherRequest();
        return view(known.id);
      }
      const { schedule, canary = null, test = false, quietHours = null, ...shown } = asked;
      if (canary !== null && schedule?.perRecipient === true) throw canaryNeedsOneTime();
      if (schedule !== undefined) schedules.check(schedule, message);
      const content = contents.of({ message, audience, requestId }, measured);
      const { recipients } = content;
      const row = db.transaction(() => {
        const added = campaigns.add({
          ...shown,
          ...content,
          ...(test && content.kind === 'campaign' ? { kind: 'test' as const } : {}),
          requestId,
          state: schedule === undefined ? 'preparing' : 'scheduled',
          messagesPerMinute: asked.messagesPerMinute ?? options.messagesPerMinute(),
          hours: hoursOf(schedule ?? null, quietHours),
          createdAt: clock.now(),
        });
        if (canary !== null) canaries.add(added.id, canary);
        if (schedule !== undefined) schedules.add(added.id, schedule);
        return added;
      });
      if (schedule === undefined) {
        log.info({ campaignId: row.id, recipients }, 'a campaign was started');
        options.goOn(row);
      } else {
        log.info({ campaignId: row.id, recipients, ...schedule }, 'a campaign was scheduled');
        schedules.look();
      }
      onChange();
      return view(row.id);
    },
  };
}

type Asked = Omit<z.output<typeof startCampaignInputSchema>, 'requestId'>;

/**
 * Whether a repeated request asks for the same as the first time. A field that is left out means what the settings say, which may have
 * changed since, so it is not compared.
 *
 * @param first what the campaign was started with; `null`: none, or it cannot be read
 */
function isSameRequest(
  first: { readonly [Name in keyof Asked]-?: Asked[Name] | null },
  again: Asked,
): boolean {
  const names = Object.keys(again) as (keyof Asked)[];
  return names.every((name) => again[name] === undefined || isDeepStrictEqual(again[name], first[name]));
}
