import { describe, expect, it } from 'vitest';
import { subscriptionFilterSchema } from '../../contract/subscriptions.ts';
import { audienceWords, filterWords } from './audience-words.ts';

const words = (parts: object) => filterWords(subscriptionFilterSchema.parse(parts));

describe('a filter in words', () => {
  it.each([
    [{ shownWithinDays: 30 }, 'shown in the last 30 days'],
    [
      { shownWithinDays: 1, clickedWithinDays: 1000 },
      'shown in the last 24 hours, clicked in the last 1,000 days',
    ],
    [{ shownInCampaign: 3, notShownInCampaign: 4 }, 'shown campaign #3, not shown campaign #4'],
    [
      { clickedInCampaign: 5, notClickedInCampaign: 6 },
      'clicked campaign #5, shown but not clicked campaign #6',
    ],
    [{ neverShown: true }, 'never shown'],
    [{ neverShown: false }, 'shown before'],
    [{ canReport: false, states: ['active'] }, 'state active, can’t report receipts'],
    [{ canReport: true }, 'can report receipts'],
  ])('says what it asks of receipts: %j', (parts, said) => {
    expect(words(parts)).toBe(said);
  });
});

it('a campaign to those who clicked says so', () => {
  const filter = subscriptionFilterSchema.parse({ clickedWithinDays: 7 });
  const leaveOut = [{ kind: 'tag' as const, tag: 'staff' }];
  expect(audienceWords({ kind: 'matching', anyOf: [{ kind: 'filter', filter }], leaveOut })).toBe(
    'Clicked in the last 7 days, without tag staff',
  );
});
