import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rehearsalFaultsSchema } from '../../../contract/rehearsal.ts';
import { createFleetPlan, type Fate } from './fleet-plan.ts';

const fatesOf = (plan: ReturnType<typeof createFleetPlan>): Fate[] =>
  Array.from({ length: plan.count }, (_device, index) => plan.of(index).fate);
const countOf = (plan: ReturnType<typeof createFleetPlan>, fate: Fate) =>
  fatesOf(plan).filter((other) => other === fate).length;

it('meets the shares to the device, whatever they are', () => {
  const shares = fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
    .filter(([gone, wrongKey]) => gone + wrongKey <= 100);
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 3000 }),
      shares,
      fc.string(),
      (devices, [gone, wrongKey], seed) => {
        const plan = createFleetPlan({ devices, gone, wrongKey, seed });
        expect(countOf(plan, 'gone')).toBe(Math.round((devices * gone) / 100));
        expect(Math.abs(countOf(plan, 'wrong-key') - (devices * wrongKey) / 100)).toBeLessThanOrEqual(1);
        expect(plan.sorts.reduce((sum, { count }) => sum + count, 0)).toBe(devices);
        expect(plan.sorts.every(({ count }) => count > 0)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

it('has all four push services from the smallest fleet on, most of it at FCM', () => {
  const plan = createFleetPlan({ devices: 10, gone: 0, wrongKey: 0, seed: 'a' });
  expect(new Map(plan.sorts.map(({ dialect, count }) => [dialect, count]))).toEqual(
    new Map([
      ['fcm', 5],
      ['mozilla', 2],
      ['apple', 2],
      ['wns', 1],
    ]),
  );
});

it('spreads the faults over the list and the services', () => {
  const plan = createFleetPlan({ devices: 10_000, gone: 20, wrongKey: 10, seed: 'a' });
  const firstTenth = fatesOf(plan).slice(0, 1000);
  expect(firstTenth.filter((fate) => fate === 'gone').length).toBeGreaterThan(140);
  expect(firstTenth.filter((fate) => fate === 'gone').length).toBeLessThan(260);
  const wns = plan.sorts.filter(({ dialect }) => dialect === 'wns');
  expect(wns.map(({ fate }) => fate).sort()).toEqual(['gone', 'good', 'wrong-key']);
});

it('is the same for the same seed, and another one for another', () => {
  const planOf = (seed: string) =>
    fatesOf(createFleetPlan({ devices: 1000, gone: 30, wrongKey: 30, seed })).join();
  expect(planOf('a')).toBe(planOf('a'));
  expect(planOf('a')).not.toBe(planOf('b'));
});

it('knows no device beyond its last', () => {
  const plan = createFleetPlan({ devices: 10, gone: 0, wrongKey: 0, seed: 'a' });
  expect(plan.sorts.map(({ fate }) => fate)).not.toContain('gone');
  expect(createFleetPlan({ devices: 10, gone: 100, wrongKey: 0, seed: 'a' }).of(9).fate).toBe('gone');
});

it('gives each push service that is named its own part and its own fates', () => {
  const mix = (pushService: 'fcm' | 'apple', share: number, gone: number, wrongKey: number) => ({
    pushService,
    share,
    faults: rehearsalFaultsSchema.parse({ gone, wrongKey }),
  });
  const services = [mix('apple', 20, 50, 0), mix('fcm', 60, 0, 10)];
  const plan = createFleetPlan({ devices: 1000, gone: 99, wrongKey: 0, services, seed: 'a' });
  expect(plan.sorts).toEqual([
    { dialect: 'fcm', fate: 'good', count: 675 },
    { dialect: 'fcm', fate: 'wrong-key', count: 75 },
    { dialect: 'apple', fate: 'good', count: 125 },
    { dialect: 'apple', fate: 'gone', count: 125 },
  ]);
  const firstTenth = Array.from({ length: 100 }, (_device, index) => plan.of(index).dialect);
  expect(new Set(firstTenth)).toEqual(new Set(['fcm', 'apple']));
});
