import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { holdClock } from '../testing/hold-clock.ts';
import { renderWith } from '../testing/render-with.tsx';
import { RelativeTime } from './RelativeTime.tsx';

const NOW = Date.UTC(2026, 2, 3, 14, 0);

function at(moment: number) {
  const pass = holdClock({ now: NOW });
  return { pass, ...renderWith(<RelativeTime at={moment} />) };
}

const words = () => screen.getByRole('time').textContent;

describe('a moment', () => {
  it('goes on with the clock', () => {
    const { pass } = at(NOW - 30_000);
    expect(words()).toBe('just now');
    pass(60_000);
    expect(words()).toBe('2 min ago');
  });

  it('is now where it came after the last tick, and in the future only where it is', () => {
    const { rerender } = at(NOW + 14_000);
    expect(words()).toBe('just now');
    rerender(<RelativeTime at={NOW + 120_000} />);
    expect(words()).toBe('in 2 min');
  });
});
