import type { CampaignId, DeliveryId, SubscriptionId } from '../../electron/contract/ids.ts';
import { SCREENS } from './screens.ts';

/** Where the rehearsal is shown: the one that goes on, or the last. */
export const REHEARSAL_PATH = '/rehearsal';

/** The tabs of the campaigns, in their order. */
export const CAMPAIGN_TABS = ['all', 'drafts', 'scheduled', 'sending', 'finished', 'rehearsals'] as const;
export type CampaignTab = (typeof CAMPAIGN_TABS)[number];

/** Under this name the tab that was looked at last is kept: the navigation leads back to it. */
export const LAST_CAMPAIGN_TAB = 'tab of campaigns';

/** The list of campaigns, under one of its tabs. */
export const campaignsPath = (tab: CampaignTab): string =>
  tab === 'all' ? SCREENS.campaigns.path : `${SCREENS.campaigns.path}/${tab}`;

/** Every address of the list, and none of a single campaign. */
export const CAMPAIGNS_PATTERN = new RegExp(
  `^${SCREENS.campaigns.path}(?:/(?<tab>${CAMPAIGN_TABS.slice(1).join('|')}))?/?$`,
);

/** One campaign; with a delivery of it, that one's details are open. */
export const campaignPath = (id: CampaignId, delivery: DeliveryId | null = null): string =>
  `${SCREENS.campaigns.path}/${id}${detail(delivery)}`;

/** The rehearsal; with a delivery of it, that one's details are open. */
export const rehearsalPath = (delivery: DeliveryId | null): string => `${REHEARSAL_PATH}${detail(delivery)}`;

/** The subscriptions; with one of them, its details are open. */
export const subscriptionPath = (id: SubscriptionId | null): string =>
  `${SCREENS.subscriptions.path}${detail(id)}`;

const detail = (id: number | null): string => (id === null ? '' : `/${id}`);
