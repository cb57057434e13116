import { createContext } from 'react';

/** Goes on at once, or after the person has answered what is asked. */
export type Ask = (next: () => void) => void;

/** Stands between a way out of a screen and what would be lost by it. */
export interface LeaveGuard {
  /** From now on `ask` decides about ways out; gives back its end. */
  stand(ask: Ask): () => void;
  /** Goes on at once where nobody stands in the way. */
  leave(next: () => void): void;
}

export function createLeaveGuard(): LeaveGuard {
  let standing: Ask | null = null;
  return {
    stand(ask) {
      standing = ask;
      return () => {
        if (standing === ask) standing = null;
      };
    },
    leave(next) {
      if (standing === null) next();
      else standing(next);
    },
  };
}

/** That of the window; without one nothing stands in the way. */
export const LeaveGuardContext = createContext<LeaveGuard>(createLeaveGuard());
