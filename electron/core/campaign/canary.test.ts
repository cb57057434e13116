import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canaryRulesSchema, type CanaryPart, type CanaryRules } from '../../contract/canary.ts';
import type { KeyPairId } from '../../contract/ids.ts';
import { canarySizeOf, canarySizes, judgeCanary, MOST_PER_PART, stateAfter } from './canary.ts';

const KEY = 1 as KeyPairId;
const rules = (change: Partial<CanaryRules> = {}) => canaryRulesSchema.parse(change);
const part = (change: Partial<CanaryPart> = {}): CanaryPart => ({
  ...{
    total: 20,
    accepted: 0,
    failed: 0,
    gone: 0,
    unknown: 0,
    cancelled: 0,
    retrying: 0,
    waiting: 0,
    open: 0,
  },
  pushService: 'fcm',
  keyPairId: KEY,
  ...change,
});
const noReceipts = () => null;
const at = { since: 0, now: 1000 };
const refusal = { pushService: 'fcm', keyPairId: KEY, status: 400, diagnosis: null, count: 3 } as const;

describe('the size of a canary', () => {
  it.each([
    [10, 10],
    [1000, 20],
    [2001, 21],
    [100_000, 1000],
    [5_000_000, MOST_PER_PART],
  ])('of a part of %i is %i by default', (total, size) => {
    expect(canarySizeOf(total, rules())).toBe(size);
  });

  it('is laid over the hosts of a part by their size, and leaves none out', () => {
    const lanes = [1, 900, 99].map((count, index) => ({
      pushService: 'other' as const,
      keyPairId: KEY,
      serviceHost: `${index}`,
      count,
    }));
    const sizes = canarySizes(lanes, rules()).map(({ lane, size }) => [lane.serviceHost, size]);
    expect(sizes).toEqual([
      ['1', 18],
      ['2', 1],
      ['0', 1],
    ]);
  });

  it('never takes more than there are, and of each part what it should', () => {
    const lane = fc.record({
      pushService: fc.constantFrom('fcm' as const, 'other' as const),
      keyPairId: fc.constantFrom(1 as KeyPairId, 2 as KeyPairId),
      count: fc.integer({ min: 1, max: 50_000 }),
    });
    const asked = fc.record({
      sharePercent: fc.double({ min: 0.01, max: 50, noNaN: true }),
      leastPerPart: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(lane, { minLength: 1, maxLength: 8 }), asked, (lanes, change) => {
        const sizes = canarySizes(lanes, rules(change));
        for (const { lane: one, size } of sizes) expect(size >= 0 && size <= one.count).toBe(true);
        for (const pushService of ['fcm', 'other'])
          for (const keyPairId of [1, 2]) {
            const isOwn = (one: { pushService: string; keyPairId: number }) =>
              one.pushService === pushService && one.keyPairId === keyPairId;
            const total = lanes.filter(isOwn).reduce((sum, { count }) => sum + count, 0);
            const chosen = sizes
              .filter(({ lane: one }) => isOwn(one))
              .reduce((sum, { size }) => sum + size, 0);
            expect(chosen).toBe(total === 0 ? 0 : canarySizeOf(total, rules(change)));
          }
      }),
    );
  });
});

describe('the verdict on a canary', () => {
  it('waits while answers are still to come', () => {
    const facts = {
      parts: [part({ accepted: 5, open: 15 })],
      refusals: [],
      receipts: noReceipts,
    };
    expect(judgeCanary(rules(), facts, at)).toMatchObject({
      kind: 'open',
      waitsFor: 'answers',
      until: 30 * 60_000,
    });
  });

  it('is good once enough was accepted, whoever is gone', () => {
    const facts = {
      parts: [part({ accepted: 11, gone: 9 })],
      refusals: [],
      receipts: noReceipts,
    };
    expect(judgeCanary(rules(), facts, at)).toEqual({
      kind: 'good',
      reason: '11 of 20 accepted (9 gone).',
    });
  });

  it('is bad before all of it is done, as soon as too many were refused, and says where and why', () => {
    const facts = {
      parts: [part({ pushService: 'apple', accepted: 20 }), part({ failed: 3, open: 17 })],
      refusals: [refusal],
      receipts: noReceipts,
    };
    expect(judgeCanary(rules(), facts, at)).toEqual({
      kind: 'bad',
      reason: 'Google (FCM) refused 3 of 20: HTTP 400.',
    });
    expect(judgeCanary(rules({ maxFailedPercent: 15 }), facts, at).kind).toBe('open');
  });

  it.each([401, 403])('is bad with one answer %i, unless the person does not mind', (status) => {
    const facts = {
      parts: [part({ failed: 1, open: 19 })],
      refusals: [{ ...refusal, status, diagnosis: 'auth-refused', count: 1 }],
      receipts: noReceipts,
    };
    const judged = judgeCanary(rules(), facts, at);
    expect(judged.kind).toBe('bad');
    expect('reason' in judged && judged.reason).toMatch(/^Google \(FCM\) refused 1 of 20: \S/);
    expect(judgeCanary(rules({ anyRefusedToken: false }), facts, at).kind).toBe('open');
  });

  it('takes a subscription that was made with another key for what it is: one that failed', () => {
    const one = { ...refusal, status: 403, diagnosis: 'made-with-another-key', count: 1 };
    const facts = {
      parts: [part({ failed: 1, open: 19 })],
      refusals: [one],
      receipts: noReceipts,
    };
    expect(judgeCanary(rules(), facts, at).kind).toBe('open');
  });

  it('is bad as soon as too few can still be accepted', () => {
    const facts = {
      parts: [part({ gone: 11, accepted: 2, open: 7 })],
      refusals: [],
      receipts: noReceipts,
    };
    expect(judgeCanary(rules(), facts, at)).toEqual({
      kind: 'bad',
      reason: 'Google (FCM) accepted 2 of 20 (11 gone, 7 not done).',
    });
  });

  it('is judged as it stands when its time is over', () => {
    const facts = {
      parts: [part({ accepted: 9, open: 11 })],
      refusals: [],
      receipts: noReceipts,
    };
    const late = { since: 0, now: 30 * 60_000 };
    expect(judgeCanary(rules(), facts, late)).toEqual({
      kind: 'bad',
      reason: 'Google (FCM) accepted 9 of 20 (11 not done). Time is up: 30 minutes.',
    });
    const enough = { ...facts, parts: [part({ accepted: 10, open: 10 })] };
    expect(judgeCanary(rules(), enough, late).kind).toBe('good');
  });

  it('does not run out of time while all that is open waits for the hours of its recipients', () => {
    const facts = {
      refusals: [],
      receipts: noReceipts,
    };
    const late = { since: 0, now: 9 * 3_600_000 };
    const parts = (counts: Partial<CanaryPart>) => [part({ accepted: 5, open: 15, ...counts })];
    expect(judgeCanary(rules(), { ...facts, parts: parts({ waiting: 15 }) }, late)).toMatchObject({
      kind: 'open',
      rests: true,
    });
    const oneRetries = parts({ waiting: 14, retrying: 1 });
    expect(judgeCanary(rules(), { ...facts, parts: oneRetries }, late).kind).toBe('bad');
  });

  it('waits for receipts where they come, and only there', () => {
    const parts = [part({ accepted: 20 })];
    const told = (shown: number, canReport = 10) => ({
      parts,
      refusals: [],
      receipts: () => ({ shown, canReport, lastAcceptedAt: 500 }),
    });
    const asked = rules({ minShownPercent: 50 });
    expect(judgeCanary(asked, told(4), at)).toEqual({
      kind: 'open',
      waitsFor: 'receipts',
      lookAt: 6000,
      until: 600_500,
    });
    expect(judgeCanary(asked, told(5), at)).toEqual({
      kind: 'good',
      reason: '20 of 20 accepted. Shown on 5 of 10 devices that send receipts.',
    });
    expect(judgeCanary(asked, told(4), { since: 0, now: 600_500 })).toEqual({
      kind: 'bad',
      reason: '4 of 10 devices that send receipts showed it within 10 minutes.',
    });
    expect(judgeCanary(asked, told(0, 0), at)).toMatchObject({ kind: 'good' });
    expect(judgeCanary(asked, { parts, refusals: [], receipts: noReceipts }, at)).toMatchObject({
      kind: 'good',
    });
    expect(judgeCanary(rules(), told(0), at).kind).toBe('good');
  });

  it('always comes to an end: at the latest when both waits are over', () => {
    const count = fc.nat({ max: 50 });
    const facts = fc
      .record({ accepted: count, failed: count, gone: count, unknown: count, open: count })
      .map((counts) => part({ ...counts, total: Object.values(counts).reduce((sum, one) => sum + one, 0) }));
    fc.assert(
      fc.property(facts, count, fc.option(fc.nat({ max: 100 }), { nil: null }), (one, shown, minShown) => {
        const canReport = one.accepted;
        const told = { shown: Math.min(shown, canReport), canReport, lastAcceptedAt: 0 };
        const judged = judgeCanary(
          rules({ minShownPercent: minShown }),
          { parts: [one], refusals: [], receipts: () => told },
          { since: 0, now: 40 * 60_000 },
        );
        expect(judged.kind).not.toBe('open');
        if (judged.kind === 'good') {
          expect(one.failed * 10).toBeLessThanOrEqual(one.total);
          expect(one.accepted * 2).toBeGreaterThanOrEqual(one.total);
        }
      }),
    );
  });
});

it('what follows from a verdict is what the person chose', () => {
  expect(stateAfter(rules(), 'good')).toBe('passed');
  expect(stateAfter(rules(), 'bad')).toBe('waiting');
  expect(stateAfter(rules({ whenGood: 'wait' }), 'good')).toBe('waiting');
  expect(stateAfter(rules({ whenBad: 'stop' }), 'bad')).toBe('stopped');
});
