import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { Diagnosis } from '../../../electron/contract/diagnosis.ts';
import type { KeyPairId } from '../../../electron/contract/ids.ts';
import type { PushServiceId } from '../../../electron/contract/push-service.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';

export interface Trouble {
  pushService: PushServiceId;
  diagnosis: Diagnosis;
  /** Deliveries that ended for this reason so far. */
  count: number;
  /** Those among them that can be sent again. */
  failed: number;
  /** Set where the part waits for the person because of it. */
  waitingPart: { pushService: PushServiceId; keyPairId: KeyPairId } | null;
}

/** Subscriptions end now and then: the count says so, and there is nothing to repair. What is unknown is reported separately. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'subscription-gone',
  'endpoint-unknown',
  'interrupted',
  'worker-lost',
]);

/** What went wrong, by push service and reason: parts that wait come first, then by how many it struck. */
export function troublesOf({
  parts,
  diagnoses,
  state,
}: Pick<CampaignDetail, 'parts' | 'diagnoses' | 'state'>): Trouble[] {
  const { isUnderWay } = lifecycleOf(state);
  const waiting = (isUnderWay ? parts : []).flatMap(({ pushService, keyPairId, pausedBecause }) =>
    pausedBecause === null ? [] : [{ pushService, keyPairId, diagnosis: pausedBecause }],
  );
  const sumOfReason = (pushService: PushServiceId, code: string) =>
    diagnoses.find((sum) => sum.pushService === pushService && sum.diagnosis.code === code);
  const isTold = (pushService: PushServiceId, code: string) =>
    waiting.some((part) => part.pushService === pushService && part.diagnosis.code === code);

  return [
    ...waiting.map(({ pushService, keyPairId, diagnosis }) => ({
      pushService,
      diagnosis,
      count: sumOfReason(pushService, diagnosis.code)?.count ?? 0,
      // "Try again" sends these too.
      failed: 0,
      waitingPart: { pushService, keyPairId },
    })),
    ...diagnoses
      .filter(
        ({ pushService, diagnosis, count }) =>
          count > 0 && !TOLD_ELSEWHERE.has(diagnosis.code) && !isTold(pushService, diagnosis.code),
      )
      .toSorted((one, other) => other.count - one.count)
      .map((sum) => ({ ...sum, waitingPart: null })),
  ];
}
