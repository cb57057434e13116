import { expect, it } from 'vitest';
import type { DeliveryReceipts } from '../../../electron/contract/receipts.ts';
import { sampleAttempt, sampleCampaign } from '../../testing/samples.ts';
import { timelineOf } from './timeline.ts';

const NOTHING: DeliveryReceipts = {
  canReport: true,
  receivedAt: null,
  shownAt: null,
  clickedAt: null,
  clickedAction: null,
  closedAt: null,
};
const START = 1_700_000_000_000;
const sent = (number: number, after: number) =>
  sampleAttempt({ number, startedAt: START + after, durationMs: 40.4 });
const campaign = { ...sampleCampaign(), createdAt: START };
const words = (steps: ReturnType<typeof timelineOf>) => steps.map(({ name, gapMs }) => [name, gapMs]);

it('goes from the queue to the click, with the time between', () => {
  const receipts = {
    ...NOTHING,
    receivedAt: START + 1200,
    shownAt: START + 1300,
    clickedAt: START + 9300,
    clickedAction: 'action-9',
  };
  expect(words(timelineOf({ attempts: [sent(1, 500)], state: 'accepted' }, receipts, campaign))).toEqual([
    ['Queued', null],
    ['Sent', 500],
    ['Accepted', 40],
    ['Received', 660],
    ['Shown', 100],
    ['Clicked “action-9”', 8000],
  ]);
});

it('has the device before the answer where it was quicker', () => {
  const receipts = { ...NOTHING, receivedAt: START + 510, shownAt: START + 520 };
  const steps = timelineOf({ attempts: [sent(1, 500)], state: 'accepted' }, receipts, campaign);
  expect(steps.map(({ name }) => name)).toEqual(['Queued', 'Sent', 'Received', 'Shown', 'Accepted']);
  expect(steps.every(({ gapMs }) => gapMs === null || gapMs >= 0)).toBe(true);
});

it('makes up nothing that is not known', () => {
  expect(words(timelineOf({ attempts: [], state: 'queued' }, undefined, campaign))).toEqual([
    ['Queued', null],
  ]);
  const failed = { attempts: [sent(1, 0), sent(2, 60_000)], state: 'failed' as const };
  expect(words(timelineOf(failed, NOTHING, campaign))).toEqual([
    ['Queued', null],
    ['Sent, attempt 1', 0],
    ['Sent, attempt 2', 60_000],
  ]);
});
