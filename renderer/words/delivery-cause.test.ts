import { expect, it } from 'vitest';
import { formatShortHere } from '../format/schedule-words.ts';
import { causeOfDelivery, nextStepOf } from './delivery-cause.ts';

const at = Date.UTC(2026, 0, 16, 7);
const diagnosis = {
  code: 'recipient-hours',
  cause: 'It waits.',
  cure: 'Nothing to do.',
  action: 'none' as const,
};

it('says until when one waits, as long as its campaign sends', () => {
  const here = formatShortHere(at);
  expect(causeOfDelivery({ state: 'waiting', diagnosis, nextAttemptAt: at })).toBe(
    `Held until ${here} your time, for the recipient’s own time or quiet hours`,
  );
  expect(nextStepOf({ state: 'waiting', diagnosis, nextAttemptAt: at })).toBe(
    `It goes out on ${here.replace(' ', ' at ')}, your time.`,
  );
  expect(causeOfDelivery({ state: 'waiting', diagnosis, nextAttemptAt: null })).not.toContain('until');
  expect(nextStepOf({ state: 'waiting', diagnosis, nextAttemptAt: null })).toBe(
    'It goes out at that time, once sending resumes.',
  );
});

it('gives the cause of its diagnosis for any other', () => {
  expect(causeOfDelivery({ state: 'retrying', diagnosis, nextAttemptAt: at })).toBe('It waits.');
  expect(causeOfDelivery({ state: 'accepted', diagnosis: null, nextAttemptAt: null })).toBe('');
});

it('says that one is tried again only where it was tried', () => {
  expect(nextStepOf({ state: 'retrying', diagnosis, nextAttemptAt: at })).toBe(
    'It will be tried again automatically.',
  );
  expect(nextStepOf({ state: 'retrying', diagnosis, nextAttemptAt: null })).toBe(
    'It will be tried again once sending resumes.',
  );
  expect(nextStepOf({ state: 'failed', diagnosis, nextAttemptAt: null })).toBeNull();
});
