import { expect, it } from 'vitest';
import type { CampaignReceipts } from '../../../electron/contract/receipts.ts';
import { seenAgainAfter } from './seen-again.ts';

const told = (change: Partial<CampaignReceipts> = {}): CampaignReceipts => ({
  asked: true,
  accepted: 222,
  canReport: 0,
  received: 0,
  shown: 0,
  clicked: 0,
  closed: 0,
  clicks: [],
  curve: [],
  ...change,
});

it('is asked again as long as more were accepted since, and no longer', () => {
  expect(seenAgainAfter(told(), 269)).toBe(10_000);
  expect(seenAgainAfter(told({ accepted: 269 }), 269)).toBe(false);
});

it('is not asked again before it was told once, or where nobody was asked to report', () => {
  expect(seenAgainAfter(undefined, 269)).toBe(false);
  expect(seenAgainAfter(told({ asked: false }), 269)).toBe(false);
});
