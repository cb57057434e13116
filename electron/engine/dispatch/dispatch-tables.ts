import type { WritableDb } from '../store/database.ts';
import type { AnswerExampleStore } from './answer-example-store.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { CanaryStore } from './canary-store.ts';
import type { CampaignStore } from './campaign-store.ts';
import type { CampaignSumStore } from './campaign-sum-store.ts';
import type { DeliveryQueueStore } from './delivery-queue-store.ts';
import type { LaneStore } from './lane-store.ts';
import type { SubscriptionOutcomeStore } from './subscription-outcome-store.ts';

/** The tables that sending reads and writes. */
export interface DispatchTables {
  readonly db: WritableDb;
  readonly campaigns: Pick<CampaignStore, 'stateOf' | 'setState'>;
  readonly canaries: CanaryStore;
  readonly lanes: LaneStore;
  readonly sums: CampaignSumStore;
  readonly queue: DeliveryQueueStore;
  readonly attempts: AttemptStore;
  readonly examples: AnswerExampleStore;
  readonly subscriptions: SubscriptionOutcomeStore;
}
