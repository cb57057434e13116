import { expect, it } from 'vitest';
import { campaignIdSchema, deliveryIdSchema, subscriptionIdSchema } from '../../electron/contract/ids.ts';
import {
  CAMPAIGN_TABS,
  campaignPath,
  CAMPAIGNS_PATTERN,
  campaignsPath,
  rehearsalPath,
  subscriptionPath,
} from './paths.ts';

const delivery = deliveryIdSchema.parse(34);

it('leads to a campaign, and to one of its deliveries', () => {
  const id = campaignIdSchema.parse(12);
  expect(campaignPath(id)).toBe('/campaigns/12');
  expect(campaignPath(id, delivery)).toBe('/campaigns/12/34');
});

it('leads to the rehearsal, and to one of its deliveries', () => {
  expect(rehearsalPath(null)).toBe('/rehearsal');
  expect(rehearsalPath(delivery)).toBe('/rehearsal/34');
});

it('leads to the subscriptions, and to one of them', () => {
  expect(subscriptionPath(null)).toBe('/subscriptions');
  expect(subscriptionPath(subscriptionIdSchema.parse(56))).toBe('/subscriptions/56');
});

it('leads to each tab of the campaigns, which is never taken for a campaign', () => {
  expect(CAMPAIGN_TABS.map(campaignsPath)).toEqual([
    '/campaigns',
    '/campaigns/drafts',
    '/campaigns/scheduled',
    '/campaigns/sending',
    '/campaigns/finished',
    '/campaigns/rehearsals',
  ]);
  expect(
    CAMPAIGN_TABS.map((tab) => CAMPAIGNS_PATTERN.exec(campaignsPath(tab))?.groups?.['tab'] ?? 'all'),
  ).toEqual([...CAMPAIGN_TABS]);
  expect(CAMPAIGNS_PATTERN.test('/campaigns/12')).toBe(false);
});
