import type { CampaignId, DeliveryId, SubscriptionId } from '../../electron/contract/ids.ts';
import { SCREENS } from './screens.ts';

/** Where the rehearsal is shown: the one that goes on, or the last. */
export const REHEARSAL_PATH = '/rehearsal';

/** One campaign; with a delivery of it, that one's details are open. */
export const campaignPath = (id: CampaignId, delivery: DeliveryId | null = null): string =>
  `${SCREENS.campaigns.path}/${id}${detail(delivery)}`;

/** The rehearsal; with a delivery of it, that one's details are open. */
export const rehearsalPath = (delivery: DeliveryId | null): string => `${REHEARSAL_PATH}${detail(delivery)}`;

/** The subscriptions; with one of them, its details are open. */
export const subscriptionPath = (id: SubscriptionId | null): string =>
  `${SCREENS.subscriptions.path}${detail(id)}`;

const detail = (id: number | null): string => (id === null ? '' : `/${id}`);
