import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import type { FaultRuleInput } from './fault.ts';
import { createFaultTable } from './fault-table.ts';

const ENDPOINT = 'https://127.0.0.1:1/wpush/v2/one';
const table = (seed = 'seed') =>
  createFaultTable({
    random: createRandom(seed),
    tokenOf: (endpoint) => /^https:\/\/127\.0\.0\.1:1\/wpush\/v2\/(\w+)$/.exec(endpoint)?.[1] ?? null,
  });
const ONE = { token: 'one', dialect: 'mozilla' } as const;
const TWO = { token: 'two', dialect: 'apple' } as const;
const UNAVAILABLE = { kind: 'answer', status: 503 } as const;

describe('faults on command', () => {
  it('meet nobody before they are added and after they are taken away', () => {
    const faults = table();
    expect(faults.pick(ONE).effect).toBeNull();
    const remove = faults.add({ effect: UNAVAILABLE });
    expect(faults.pick(ONE).effect).toEqual(UNAVAILABLE);
    remove();
    expect(faults.pick(ONE).effect).toBeNull();
    faults.add({ effect: UNAVAILABLE });
    faults.add({ effect: UNAVAILABLE, endpoint: ENDPOINT });
    faults.clear();
    expect(faults.pick(ONE).effect).toBeNull();
  });

  it('meet one service or one subscription', () => {
    const faults = table();
    faults.add({ effect: UNAVAILABLE, dialect: 'apple' });
    expect(faults.pick(ONE).effect).toBeNull();
    expect(faults.pick(TWO).effect).toEqual(UNAVAILABLE);
    faults.clear();
    faults.add({ effect: UNAVAILABLE, endpoint: ENDPOINT });
    expect(faults.pick(ONE).effect).toEqual(UNAVAILABLE);
    expect(faults.pick(TWO).effect).toBeNull();
  });

  it('let some pass and meet so many', () => {
    const faults = table();
    faults.add({ effect: UNAVAILABLE, skip: 2, times: 3 });
    const met = Array.from({ length: 8 }, () => faults.pick(ONE).effect !== null);
    expect(met).toEqual([false, false, true, true, true, false, false, false]);
  });

  it('are not used up by requests that they do not meet', () => {
    const faults = table();
    faults.add({ effect: UNAVAILABLE, dialect: 'apple', times: 1 });
    faults.add({ effect: UNAVAILABLE, endpoint: ENDPOINT, times: 1 });
    for (let n = 0; n < 5; n += 1) faults.pick({ token: 'three', dialect: 'fcm' });
    expect(faults.pick(TWO).effect).toEqual(UNAVAILABLE);
    expect(faults.pick(ONE).effect).toEqual(UNAVAILABLE);
  });

  it('come one after the other, the one for the subscription first', () => {
    const faults = table();
    faults.add({ effect: { kind: 'stall' }, times: 1 });
    faults.add({ effect: UNAVAILABLE, times: 1 });
    faults.add({ effect: { kind: 'answer', status: 410 }, endpoint: ENDPOINT, times: 1 });
    const kinds = Array.from({ length: 4 }, () => faults.pick(ONE).effect);
    expect(kinds).toEqual([
      { kind: 'answer', status: 410 },
      { kind: 'stall', accepts: false },
      UNAVAILABLE,
      null,
    ]);
  });

  it('delay and shift the clock beside any other', () => {
    const faults = table();
    faults.add({ effect: { kind: 'delay', milliseconds: 50 } });
    faults.add({ effect: { kind: 'delay', milliseconds: 25 }, endpoint: ENDPOINT });
    faults.add({ effect: { kind: 'clock', offsetMilliseconds: -3_600_000 } });
    faults.add({ effect: UNAVAILABLE });
    expect(faults.pick(ONE)).toEqual({
      delayMilliseconds: 75,
      clockOffsetMilliseconds: -3_600_000,
      effect: UNAVAILABLE,
    });
  });

  it('meet a share by chance, the same ones for the same seed', () => {
    const run = (seed: string) => {
      const faults = table(seed);
      faults.add({ effect: UNAVAILABLE, probability: 0.2 });
      return Array.from({ length: 2000 }, () => faults.pick(ONE).effect !== null);
    };
    const met = run('seed').filter(Boolean).length;
    expect(met).toBeGreaterThan(320);
    expect(met).toBeLessThan(480);
    expect(run('seed')).toEqual(run('seed'));
    expect(run('other')).not.toEqual(run('seed'));
  });

  it.each<[string, FaultRuleInput]>([
    ['a status that is none', { effect: { kind: 'answer', status: 101 } }],
    [
      'a header that cannot be sent',
      { effect: { kind: 'answer', status: 503, headers: { 'bad name': 'x' } } },
    ],
    [
      'a header value with a line break',
      { effect: { kind: 'answer', status: 503, headers: { a: 'x\r\nb: y' } } },
    ],
    ['a header of the line', { effect: { kind: 'answer', status: 503, headers: { Connection: 'close' } } }],
    ['a chance above 1', { effect: UNAVAILABLE, probability: 1.1 }],
    ['no times at all', { effect: UNAVAILABLE, times: 0 }],
    [
      'an endpoint of another service',
      { effect: UNAVAILABLE, endpoint: 'https://fcm.googleapis.com/wp/one' },
    ],
  ])('are refused with %s', (_what, rule) => {
    expect(() => table().add(rule)).toThrow();
  });
});
