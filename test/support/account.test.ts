import { describe, expect, it } from 'vitest';
import type { AttemptFacts, DeliveryFacts, StoreFacts } from './store-facts.ts';
import { account, UNSEEN, type ServiceFacts } from './account.ts';

const OK: AttemptFacts = { status: 201, diagnosis: null };
const DROPPED: AttemptFacts = { status: null, diagnosis: 'connection-reset' };
const BUSY: AttemptFacts = { status: 503, diagnosis: 'service-unavailable' };

function delivery(
  state: DeliveryFacts['state'],
  attempts: AttemptFacts[],
  change: Partial<DeliveryFacts> = {},
): DeliveryFacts {
  const diagnosis = state === 'unknown' ? 'interrupted' : (attempts.at(-1)?.diagnosis ?? null);
  const counted = { attempts, attemptCount: attempts.length };
  return { id: 1, endpoint: 'e1', state, diagnosis, ...counted, subscriptionState: 'active', ...change };
}

function seen(requests: number, accepted: number, messageIds = Array<string>(accepted).fill('m')) {
  return { requests, accepted, messageIds };
}

/** The problems of a campaign to one device. */
function problems(
  one: DeliveryFacts | null,
  service: ServiceFacts = UNSEEN,
  change: Partial<StoreFacts> = {},
): readonly string[] {
  const store: StoreFacts = {
    campaign: { state: 'running', recipients: 1, isWritten: 1 },
    deliveries: one === null ? [] : [one],
    left: one === null ? ['e1'] : [],
    wrongSums: [],
    ...change,
  };
  return account(store, (endpoint) => (endpoint === 'e1' ? service : UNSEEN), { messageId: 'm', devices: 1 })
    .problems;
}

describe('the account', () => {
  it.each<[string, DeliveryFacts, ServiceFacts]>([
    ['nothing sent yet', delivery('queued', []), UNSEEN],
    ['accepted and told', delivery('accepted', [OK]), seen(1, 1)],
    ['on the wire, not seen yet', delivery('sending', []), UNSEEN],
    ['on the wire, taken', delivery('sending', [BUSY]), seen(2, 1)],
    ['interrupted, taken', delivery('unknown', []), seen(1, 1)],
    ['lost with its worker, taken', delivery('unknown', [], { diagnosis: 'worker-lost' }), seen(1, 1)],
    ['interrupted, never seen', delivery('unknown', []), UNSEEN],
    ['a repeat after a dropped line, told by an attempt', delivery('accepted', [DROPPED, OK]), seen(2, 2)],
    ['dropped before it was taken', delivery('accepted', [DROPPED, OK]), seen(2, 1)],
    ['retried after 503', delivery('accepted', [BUSY, OK]), seen(2, 1)],
  ])('has nothing to say on: %s', (_name, one, service) => {
    expect(problems(one, service)).toEqual([]);
  });

  it.each<[string, DeliveryFacts, ServiceFacts, RegExp]>([
    ['a repeat that nothing tells', delivery('accepted', [OK]), seen(2, 2), /took it 2 times/],
    ['a request before the claim is written', delivery('queued', []), seen(1, 0), /tells of 0/],
    ['an interrupted one that was sent again', delivery('accepted', [OK]), seen(2, 1), /tells of 1/],
    [
      'a repeat after an acceptance',
      delivery('accepted', [OK, OK]),
      seen(2, 2),
      /after it had been accepted/,
    ],
    ['an acceptance that never was', delivery('accepted', [OK]), seen(1, 0), /took 0/],
    ['an answer to no request', delivery('retrying', [BUSY]), UNSEEN, /0 requests were seen/],
    ['accepted without an attempt', delivery('accepted', []), seen(1, 1), /does not say so/],
    ['a failure that was accepted', delivery('failed', [OK]), seen(1, 1), /an attempt says accepted/],
    ['unknown without a reason', delivery('unknown', [], { diagnosis: null }), UNSEEN, /why it is unknown/],
    ['failed without a reason', delivery('failed', []), UNSEEN, /nothing says why/],
    ['an attempt that is not kept', delivery('retrying', [], { attemptCount: 1 }), UNSEEN, /keeps 0/],
    ['another message', delivery('accepted', [OK]), seen(1, 1, ['x']), /got the message x/],
  ])('finds %s', (_name, one, service, words) => {
    expect(problems(one, service).join('\n')).toMatch(words);
  });

  it('finds what is lost', () => {
    expect(problems(null)).toEqual(['1 of 1 recipients have no delivery.']);
    expect(problems(null, UNSEEN, { campaign: { state: 'preparing', recipients: 1, isWritten: 0 } })).toEqual(
      [],
    );
    const paused = (isWritten: 0 | 1) => ({
      campaign: { state: 'paused' as const, recipients: 1, isWritten },
    });
    expect(problems(null, UNSEEN, paused(0))).toEqual([]);
    expect(problems(null, UNSEEN, paused(1))).toEqual(['1 of 1 recipients have no delivery.']);
    expect(problems(null, seen(1, 1), paused(0))).toEqual(['e1 got a message without a delivery.']);
    const finished = { campaign: { state: 'finished' as const, recipients: 1, isWritten: 1 as const } };
    expect(problems(delivery('queued', []), UNSEEN, finished)).toHaveLength(1);
    expect(
      problems(null, seen(1, 1), { campaign: { state: 'preparing', recipients: 1, isWritten: 0 } }),
    ).toEqual(['e1 got a message without a delivery.']);
    const twice = [delivery('queued', []), delivery('queued', [], { id: 2 })];
    expect(problems(null, UNSEEN, { deliveries: twice, left: [] })).toContain('A device has two deliveries.');
  });

  it('passes on sums that are wrong', () => {
    expect(problems(delivery('queued', []), UNSEEN, { wrongSums: ['wrong'] })).toEqual(['wrong']);
  });
});
