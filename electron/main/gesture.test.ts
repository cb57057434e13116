import { describe, expect, it } from 'vitest';
import { createGestureGate } from './gesture.ts';

function gate({ assisted = false } = {}) {
  const clock = { now: 1_000_000 };
  return {
    clock,
    ...createGestureGate({ now: () => clock.now, hasAssistiveTechnology: () => assisted }),
  };
}

describe('a press', () => {
  it('lets one thing through, and not a second one', () => {
    const { note, take } = gate();
    expect(take()).toBe(false);
    note('mouseDown');
    expect(take()).toBe(true);
    expect(take()).toBe(false);
    note('rawKeyDown');
    expect(take()).toBe(true);
  });

  it('counts for five seconds', () => {
    const { note, take, clock } = gate();
    note('mouseDown');
    clock.now += 5001;
    expect(take()).toBe(false);
  });

  it.each(['mouseMove', 'mouseWheel', 'mouseEnter', 'keyUp', 'char'])('is not %s', (type) => {
    const { note, take } = gate();
    note(type);
    expect(take()).toBe(false);
  });

  it('is not a key that is held down', () => {
    const { note, take } = gate();
    note('rawKeyDown', ['isAutoRepeat']);
    expect(take()).toBe(false);
  });

  it('may go unseen with assistive technology, once a second at most', () => {
    const { take, clock } = gate({ assisted: true });
    expect(take()).toBe(true);
    expect(take()).toBe(false);
    clock.now += 1000;
    expect(take()).toBe(true);
  });
});
