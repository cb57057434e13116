import { createContext, useContext, useEffect, useEffectEvent } from 'react';

/** Goes on at once, or after the person has answered what is asked. */
export type Ask = (next: () => void) => void;

/** Guards what would be lost by taking a way out of a screen. */
export interface LeaveGuard {
  /** From now on `ask` has a say about ways out; returns a function that ends it. */
  stand(ask: Ask): () => void;
  /** Goes on at once where nothing stands in the way; otherwise each that does is asked in turn, the latest first. */
  leave(next: () => void): void;
}

export function createLeaveGuard(): LeaveGuard {
  const standing: Ask[] = [];
  return {
    stand(ask) {
      standing.push(ask);
      return () => {
        const at = standing.indexOf(ask);
        if (at >= 0) standing.splice(at, 1);
      };
    },
    leave(next) {
      standing.reduce<() => void>(
        (rest, ask) => () => {
          ask(rest);
        },
        next,
      )();
    },
  };
}

/** The window's guard; without one nothing stands in the way. */
export const LeaveGuardContext = createContext<LeaveGuard>(createLeaveGuard());

/** Asks before a way out of the screen is taken, for as long as the component is there and `isStanding`. */
export function useLeaveGuard(ask: Ask, isStanding = true): void {
  const guard = useContext(LeaveGuardContext);
  const askNow = useEffectEvent(ask);
  useEffect(
    () =>
      isStanding
        ? guard.stand((next) => {
            askNow(next);
          })
        : undefined,
    [guard, isStanding],
  );
}
