import { createAnswerExampleStore, type AnswerExampleStore } from '../../dispatch/answer-example-store.ts';
import { createAttemptStore, type AttemptStore } from '../../dispatch/attempt-store.ts';
import { createAudienceStore, type AudienceStore } from './audience-store.ts';
import { createBulkDeliveryStore, type BulkDeliveryStore } from '../../dispatch/bulk-delivery-store.ts';
import { createCampaignStore, type CampaignStore } from '../../dispatch/campaign-store.ts';
import { createCampaignSumStore, type CampaignSumStore } from '../../dispatch/campaign-sum-store.ts';
import { createCanaryStore, type CanaryStore } from '../../dispatch/canary-store.ts';
import { createPersonalStore, type PersonalStore } from '../../dispatch/personal-store.ts';
import { createRecipientStore, type RecipientStore } from './personal/recipient-store.ts';
import type { WritableDb } from '../../store/database.ts';
import { createDeliveryQueueStore, type DeliveryQueueStore } from '../../dispatch/delivery-queue-store.ts';
import { createHandedDeliveryStore, type HandedDeliveryStore } from '../../dispatch/handed-delivery-store.ts';
import { createDeliveryStore, type DeliveryStore } from './delivery-store.ts';
import { createMemberStore, type MemberStore } from './member-store.ts';
import { createCampaignListStore, type CampaignListStore } from './list/campaign-list-store.ts';
import { createRetentionStore, type RetentionStore } from './retention/retention-store.ts';
import { createLaneStore, type LaneStore } from '../../dispatch/lane-store.ts';
import { createScheduleStore, type ScheduleStore } from './schedule/schedule-store.ts';
import {
  createSubscriptionOutcomeStore,
  type SubscriptionOutcomeStore,
} from '../../dispatch/subscription-outcome-store.ts';

/** The tables that a campaign lives in. */
export interface CampaignStores {
  readonly db: WritableDb;
  readonly campaigns: CampaignStore;
  readonly list: CampaignListStore;
  readonly canaries: CanaryStore;
  readonly personal: PersonalStore;
  readonly recipients: RecipientStore;
  readonly schedules: ScheduleStore;
  readonly retention: RetentionStore;
  readonly lanes: LaneStore;
  readonly sums: CampaignSumStore;
  readonly audience: AudienceStore;
  readonly members: MemberStore;
  readonly queue: DeliveryQueueStore;
  readonly bulk: BulkDeliveryStore;
  readonly handed: HandedDeliveryStore;
  readonly deliveries: DeliveryStore;
  readonly attempts: AttemptStore;
  readonly examples: AnswerExampleStore;
  readonly subscriptions: SubscriptionOutcomeStore;
}

export function createCampaignStores(db: WritableDb): CampaignStores {
  return {
    db,
    campaigns: createCampaignStore(db),
    personal: createPersonalStore(db),
    recipients: createRecipientStore(db),
    list: createCampaignListStore(db),
    canaries: createCanaryStore(db),
    schedules: createScheduleStore(db),
    retention: createRetentionStore(db),
    lanes: createLaneStore(db),
    sums: createCampaignSumStore(db),
    audience: createAudienceStore(db),
    members: createMemberStore(db),
    queue: createDeliveryQueueStore(db),
    bulk: createBulkDeliveryStore(db),
    handed: createHandedDeliveryStore(db),
    deliveries: createDeliveryStore(db),
    attempts: createAttemptStore(db),
    examples: createAnswerExampleStore(db),
    subscriptions: createSubscriptionOutcomeStore(db),
  };
}
