import { describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { createGate, type Gate } from './gate.ts';

function opened(cap = 400) {
  const clock = fakeClock();
  return { clock, gate: createGate({ clock, cap: () => cap }) };
}

/** Keeps the gate full for this many answers. */
function answers(gate: Gate, count: number, each: () => void) {
  for (let done = 0; done < count; done += 1) {
    gate.take(Math.max(0, gate.free()));
    each();
    gate.giveBack(1);
  }
}

describe('a gate', () => {
  it('starts small and opens up to the cap while all goes well', () => {
    const { gate } = opened(100);
    expect(gate.limit).toBe(16);
    answers(gate, 200, gate.onHealthy.bind(gate));
    expect(gate.limit).toBe(100);
  });

  it('doubles when all that it let out is answered well at once', () => {
    const { gate } = opened();
    for (const expected of [32, 64, 128]) {
      const count = gate.free();
      gate.take(count);
      for (let done = 0; done < count; done += 1) {
        gate.giveBack(1);
        gate.onHealthy();
      }
      expect(gate.limit).toBe(expected);
    }
  });

  it('does not open on what it does not use', () => {
    const { gate } = opened();
    for (let done = 0; done < 500; done += 1) {
      gate.take(1);
      gate.onHealthy();
      gate.giveBack(1);
    }
    expect(gate.limit).toBe(16);
  });

  it('halves on trouble, once for what was in flight together, and opens carefully afterwards', () => {
    const { gate, clock } = opened();
    answers(gate, 500, gate.onHealthy.bind(gate));
    expect(gate.limit).toBe(400);
    answers(gate, 50, gate.onTrouble.bind(gate));
    expect(gate.limit).toBe(200);
    clock.advance(1500);
    gate.onTrouble();
    expect(gate.limit).toBe(100);
    answers(gate, 100, gate.onHealthy.bind(gate));
    expect(gate.limit).toBeLessThanOrEqual(102);
  });

  it('never closes wholly on trouble', () => {
    const { gate, clock } = opened();
    for (let done = 0; done < 50; done += 1) {
      gate.onTrouble();
      clock.advance(2000);
    }
    expect(gate.limit).toBe(1);
    expect(gate.free()).toBe(1);
  });

  it('comes back from a single one in flight', () => {
    const { gate, clock } = opened();
    for (let done = 0; done < 50; done += 1) {
      gate.onTrouble();
      clock.advance(2000);
    }
    for (let done = 0; done < 3; done += 1) {
      gate.take(gate.free());
      gate.giveBack(1);
      gate.onHealthy();
    }
    expect(gate.limit).toBe(2);
  });

  it('lets nothing out for as long as the service asks', () => {
    const { gate, clock } = opened();
    gate.onThrottled(60_000);
    gate.onThrottled(5000);
    expect(gate.free()).toBe(0);
    expect(gate.closedUntil()).toBe(clock.now() + 60_000);
    clock.advance(60_000);
    expect(gate.closedUntil()).toBeNull();
    expect(gate.free()).toBeGreaterThan(0);
  });

  it('waits a little when the service does not say for how long', () => {
    const { gate, clock } = opened();
    gate.onThrottled(null);
    expect(gate.free()).toBe(0);
    clock.advance(1000);
    expect(gate.free()).toBeGreaterThan(0);
  });

  it('holds ever longer while nothing can be reached, and forgets it at the first answer', () => {
    const { gate, clock } = opened();
    answers(gate, 8, gate.onUnreachable.bind(gate));
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const until = gate.closedUntil() ?? 0;
      waits.push(until - clock.now());
      clock.set(until);
      gate.onUnreachable();
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
    clock.advance(20_000);
    gate.onHealthy();
    gate.onUnreachable();
    expect(gate.closedUntil()).toBeNull();
  });

  it('follows a cap that is lowered', () => {
    const clock = fakeClock();
    let cap = 400;
    const gate = createGate({ clock, cap: () => cap });
    answers(gate, 500, gate.onHealthy.bind(gate));
    cap = 10;
    expect(gate.limit).toBe(10);
    expect(gate.free()).toBe(0);
  });
});
