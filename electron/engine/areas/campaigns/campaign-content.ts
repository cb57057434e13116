import type { z } from 'zod';
import type { Audience } from '../../../contract/campaign-audience.ts';
import type { Message } from '../../../contract/message.ts';
import type { Preflight, preflightInputSchema } from '../../../contract/preflight.ts';
import { Refusal } from '../../../contract/problem.ts';
import { PACE_MIN_RECIPIENTS } from '../../../core/campaign/time-needed.ts';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../../../core/message/payload.ts';
import type { Clock } from '../../base/clock.ts';
import type { CampaignContent, CampaignStore } from '../../dispatch/campaign-store.ts';
import type { SubscriptionSum } from '../subscriptions/subscription-sums-service.ts';
import type { CampaignRecipients } from './campaign-recipients.ts';
import type { PersonalMeasurer } from './personal/personal-measure.ts';
import { preflight, type Signers } from './preflight.ts';

/** Whom a message goes to, and what it is to say. */
export interface Given {
  readonly message: Message;
  readonly audience: Audience;
}

/** Whether it goes to a single subscription that was chosen, as a test does. */
export const isToOne = (audience: Audience | null): boolean =>
  audience?.kind === 'chosen' && audience.ids.length === 1;

type PreflightInput = z.output<typeof preflightInputSchema>;
type How = Omit<PreflightInput, keyof Given>;

/** What sending a message to an audience amounts to: what prevents it, how many get it, and the payload. */
export interface CampaignContents {
  /** Prepares what the other functions say about a message whose text depends on who gets it. */
  measureTexts(message: Message, audience: Audience): Promise<void>;
  /** @param sums the measured size of the audience; left out: everyone, or chosen ones */
  preflight(input: PreflightInput, sums?: readonly SubscriptionSum[]): Preflight;
  /**
   * What a campaign with that message and audience consists of now.
   * @param sums as for `preflight`
   * @throws Refusal BAD_INPUT with the first blocker of the preflight
   */
  of(given: Given & { requestId: string }, sums: readonly SubscriptionSum[] | undefined): CampaignContent;
}

export function createCampaignContents(options: {
  /** The kind of its campaigns; left out: sends to people, or a test if there is only one recipient. */
  kind?: 'rehearsal' | undefined;
  campaigns: Pick<CampaignStore, 'lastPace'>;
  meant: Pick<CampaignRecipients, 'ofSimple' | 'kept' | 'remarks' | 'whyEmpty'>;
  personal: PersonalMeasurer;
  signers: () => Signers;
  asksReceipts: () => boolean;
  ownSites: () => readonly string[];
  /** Limit of messages per minute for a campaign that has none of its own; `null`: none. */
  messagesPerMinute: () => number | null;
  clock: Clock;
}): CampaignContents {
  const { campaigns, meant, personal, signers, asksReceipts, ownSites, clock } = options;

  const check = (
    { message, audience }: Given,
    sums: readonly SubscriptionSum[] | undefined,
    payloadId: string,
    { canary = null, schedule, messagesPerMinute, quietHours }: How,
  ) =>
    preflight({
      message,
      audience,
      sums: sums ?? meant.ofSimple(audience),
      remarks: meant.remarks(audience),
      whyEmpty: () => meant.whyEmpty(audience),
      signers: signers(),
      payloadId,
      asksReceipts: asksReceipts(),
      ownSites: ownSites(),
      now: clock.now(),
      perSecond: campaigns.lastPace(PACE_MIN_RECIPIENTS),
      messagesPerMinute: messagesPerMinute ?? options.messagesPerMinute(),
      canary,
      schedule: schedule ?? null,
      quietHours: quietHours ?? null,
      personal: personal.of(message, audience),
    });

  return {
    measureTexts: (message, audience) => personal.measure(message, audience),
    preflight: ({ message, audience, ...how }, sums) =>
      check({ message, audience }, sums, EXAMPLE_PAYLOAD_ID, how),
    of({ requestId, ...given }, sums) {
      const { message, audience } = given;
      const { blockers, recipients } = check(given, sums, requestId, {});
      const [blocker] = blockers;
      if (blocker !== undefined) throw new Refusal('BAD_INPUT', blocker);
      const payload = encodePayload(buildPayload(message, requestId, asksReceipts(), ownSites()));
      return {
        kind: options.kind ?? (isToOne(audience) ? 'test' : 'campaign'),
        payload: payload.text,
        payloadBytes: payload.bytes,
        kept: meant.kept(audience),
        recipients,
      };
    },
  };
}
