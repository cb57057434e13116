import { describe, expect, it } from 'vitest';
import { rehearsalFaultsSchema, type RehearsalFaults } from '../../../contract/rehearsal.ts';
import { createFaultTable } from '../../local-push-service/faults/fault-table.ts';
import { createRandom } from '../../local-push-service/random.ts';
import { faultRulesOf, SLOW_MS } from './fault-rules.ts';

const DRAWS = 20_000;

/** What share of many requests meets which fault, in percent. */
function drawn(faults: Partial<RehearsalFaults>): Record<string, number> {
  const table = createFaultTable({ random: createRandom('a'), tokenOf: () => null });
  for (const rule of faultRulesOf(rehearsalFaultsSchema.parse(faults))) table.add(rule);
  const counts: Record<string, number> = {};
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const { effect, delayMilliseconds } = table.pick({ token: 'a', dialect: 'fcm' });
    const name = effect === null ? 'none' : 'refusal' in effect ? effect.refusal : effect.kind;
    counts[name] = (counts[name] ?? 0) + 1;
    if (delayMilliseconds === SLOW_MS) counts['slow'] = (counts['slow'] ?? 0) + 1;
  }
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, Math.round((count / DRAWS) * 100)]),
  );
}

describe('the faults of a rehearsal', () => {
  it('meet the share of requests that was asked for, each', () => {
    const shares = drawn({ rateLimited: 20, serviceErrors: 30, droppedLines: 40, slow: 50 });
    expect(shares['throttled']).toBeGreaterThanOrEqual(19);
    expect(shares['throttled']).toBeLessThanOrEqual(21);
    expect(shares['internal-error']).toBeGreaterThanOrEqual(29);
    expect(shares['internal-error']).toBeLessThanOrEqual(31);
    expect(shares['drop']).toBeGreaterThanOrEqual(39);
    expect(shares['drop']).toBeLessThanOrEqual(41);
    expect(shares['slow']).toBeGreaterThanOrEqual(49);
    expect(shares['slow']).toBeLessThanOrEqual(51);
  });

  it('leave no request out at 100 %', () => {
    expect(drawn({ rateLimited: 100 })).toEqual({ throttled: 100 });
    expect(drawn({ rateLimited: 50, droppedLines: 50 })).not.toHaveProperty('none');
    expect(drawn({ slow: 100 })).toEqual({ none: 100, slow: 100 });
  });

  it('are none at 0 %, and none for what devices bring with them', () => {
    expect(faultRulesOf(rehearsalFaultsSchema.parse({ gone: 50, wrongKey: 50 }))).toEqual([]);
    // Faults of one push service do not affect any other.
    expect(faultRulesOf(rehearsalFaultsSchema.parse({ oddAnswers: 50, slow: 5 }), 'apple')).toMatchObject([
      { dialect: 'apple', probability: 0.5 },
      { dialect: 'apple', probability: 0.05 },
    ]);
  });
});

describe('shares', () => {
  it.each([
    { gone: 60, wrongKey: 50 },
    { rateLimited: 40, serviceErrors: 40, droppedLines: 40 },
    { slow: 101 },
  ])('that cannot be are refused: %o', (faults) => {
    expect(rehearsalFaultsSchema.safeParse(faults).success).toBe(false);
  });
});
