import { act } from '@testing-library/react';
import { onTestFinished, vi } from 'vitest';

interface HeldClock {
  /** Milliseconds since 1970; left out: the real time. */
  now?: number;
  /** The clock also runs on its own, as pressing and typing needs it. */
  runs?: boolean;
}

/**
 * Gives the test control of the clock and all timers until it ends.
 *
 * @returns a function that lets that many milliseconds pass
 */
export function holdClock({ now = Date.now(), runs = false }: HeldClock = {}): (ms: number) => void {
  vi.useFakeTimers({ now, shouldAdvanceTime: runs });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return (ms) => {
    act(() => {
      vi.advanceTimersByTime(ms);
    });
  };
}
