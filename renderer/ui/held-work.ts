import { createContext, useContext, useLayoutEffect } from 'react';

/** Work that would be lost if its place closed, and how to ask about it. */
export interface HeldWork {
  question: string;
  keepLabel: string;
  discardLabel: string;
}

/** How a part of a dialog or panel reports what it holds. */
export const HeldWorkContext = createContext<(held: HeldWork | null) => void>(() => undefined);

/**
 * Keeps the dialog or panel around from closing without a question. In a dialog typed text need not be reported; what was chosen, moved or
 * is still being done must be.
 *
 * @param question asked before it is thrown away; `null`: there is nothing to lose
 */
export function useHeldWork(
  question: string | null,
  keepLabel = 'Keep editing',
  discardLabel = 'Discard',
): void {
  const hold = useContext(HeldWorkContext);
  useLayoutEffect(() => {
    hold(question === null ? null : { question, keepLabel, discardLabel });
    return () => {
      hold(null);
    };
  }, [hold, question, keepLabel, discardLabel]);
}
