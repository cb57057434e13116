import type { CampaignId, DeliveryId, DraftId, SubscriptionId } from '../../electron/contract/ids.ts';
import { SCREENS } from './screens.ts';

/** Where the rehearsal is shown: the one that is running, or the last. */
export const REHEARSAL_PATH = '/rehearsal';

/** The tabs of the campaigns, in their order. */
export const CAMPAIGN_TABS = ['all', 'drafts', 'scheduled', 'sending', 'finished', 'rehearsals'] as const;
export type CampaignTab = (typeof CAMPAIGN_TABS)[number];

/** The name under which the last viewed tab is kept: the navigation leads back to it. */
export const LAST_CAMPAIGN_TAB = 'tab of campaigns';

/** The list of campaigns, under one of its tabs. */
export const campaignsPath = (tab: CampaignTab): string =>
  tab === 'all' ? SCREENS.campaigns.path : `${SCREENS.campaigns.path}/${tab}`;

/** Every address of the list, and none of a single campaign. */
export const CAMPAIGNS_PATTERN = new RegExp(
  `^${SCREENS.campaigns.path}(?:/(?<tab>${CAMPAIGN_TABS.slice(1).join('|')}))?/?$`,
);

/** What a campaign's page shows; its deliveries where its address names nothing else. */
export const CAMPAIGN_PARTS = ['summary', 'deliveries', 'message'] as const;
export type CampaignPart = (typeof CAMPAIGN_PARTS)[number];

/** What the last piece of a campaign's address names: a part, or a delivery, which is shown among the deliveries. */
export const partAt = (piece: string | undefined): CampaignPart =>
  CAMPAIGN_PARTS.find((part) => part === piece) ?? 'deliveries';

const partPath = (part: CampaignPart): string => (part === 'deliveries' ? '' : `/${part}`);

/** One campaign at one of its parts. */
export const campaignPartPath = (id: CampaignId, part: CampaignPart): string =>
  `${campaignPath(id)}${partPath(part)}`;

/** The rehearsal at one of its parts. */
export const rehearsalPartPath = (part: CampaignPart): string => `${REHEARSAL_PATH}${partPath(part)}`;

/** One campaign; given one of its deliveries, that one's details are open. */
export const campaignPath = (id: CampaignId, delivery: DeliveryId | null = null): string =>
  `${SCREENS.campaigns.path}/${id}${detail(delivery)}`;

/** Compose with one draft. */
export const draftPath = (id: DraftId): string => `${SCREENS.compose.path}/${id}`;

/** The rehearsal; given one of its deliveries, that one's details are open. */
export const rehearsalPath = (delivery: DeliveryId | null): string => `${REHEARSAL_PATH}${detail(delivery)}`;

/** The subscriptions; given one of them, its details are open. */
export const subscriptionPath = (id: SubscriptionId | null): string =>
  `${SCREENS.subscriptions.path}${detail(id)}`;

const detail = (id: number | null): string => (id === null ? '' : `/${id}`);
