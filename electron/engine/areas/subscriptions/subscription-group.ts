import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import { subscriptionStateSchema, type SubscriptionState } from '../../../contract/subscriptions.ts';
import { soundCount, soundWord } from '../../store/sound.ts';

/** What subscriptions are grouped by in counts and lists. See [Note: subscription sums]. */
export interface SubscriptionGroup {
  readonly inBin: boolean;
  /** `null` if it is not known which key they were made with. */
  readonly publicKey: string | null;
  readonly pushService: PushServiceId;
  readonly state: SubscriptionState;
}

/** How many subscriptions are in one group. */
export interface SubscriptionSum extends SubscriptionGroup {
  readonly count: number;
}

/** The columns of a sum, read from `subscriptions`; an index has the same expressions. */
export const GROUP_OF_ROW = `deleted_at IS NOT NULL AS in_bin, ifnull(public_key, '') AS public_key, push_service, state`;
/** The same columns in `subscription_sums`. */
export const GROUP_COLUMNS = 'in_bin, public_key, push_service, state';

/** Whether a row of `subscriptions` is of the group that `groupParams` gives. */
export const IS_OF_GROUP = `(deleted_at IS NOT NULL) = @inBin AND ifnull(public_key, '') = @publicKey
  AND push_service = @pushService AND state = @state`;

export interface GroupParams {
  inBin: number;
  publicKey: string;
  pushService: string;
  state: string;
}

export function groupParams({ inBin, publicKey, pushService, state }: SubscriptionGroup): GroupParams {
  return { inBin: inBin ? 1 : 0, publicKey: publicKey ?? '', pushService, state };
}

export interface RawGroup {
  in_bin: number;
  public_key: string;
  push_service: PushServiceId;
  state: SubscriptionState;
}

export interface RawSum extends RawGroup {
  count: number;
}

/** In the words for sending and counting; groups are looked up by the words in their rows, which may not be ours. [Note: damaged rows] */
export function soundSum(sum: SubscriptionSum): SubscriptionSum {
  return {
    ...sum,
    pushService: soundWord(pushServiceSchema, sum.pushService, 'other'),
    state: soundWord(subscriptionStateSchema, sum.state, 'gone'),
  };
}

export function toGroup(raw: RawGroup): SubscriptionGroup {
  return {
    inBin: raw.in_bin === 1,
    publicKey: raw.public_key === '' ? null : raw.public_key,
    pushService: raw.push_service,
    state: raw.state,
  };
}

export const toSum = (raw: RawSum): SubscriptionSum => ({ ...toGroup(raw), count: soundCount(raw.count) });
