import { expect, it } from 'vitest';
import { campaignIdSchema, deliveryIdSchema, subscriptionIdSchema } from '../../electron/contract/ids.ts';
import { campaignPath, rehearsalPath, subscriptionPath } from './paths.ts';

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
