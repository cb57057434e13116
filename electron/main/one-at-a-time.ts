import type { GestureGate } from './gesture.ts';

/** Runs a question to the person, or gives `otherwise` at once where nobody pressed anything or the last one is still open. */
export type OneAtATime = <Answer>(ask: () => Promise<Answer>, otherwise: Answer) => Promise<Answer>;

/** Lets through what a person asked for by a press, one question at a time. What is refused while one is open does not use up a press. */
export function createOneAtATime(gesture: Pick<GestureGate, 'take'>): OneAtATime {
  let isOpen = false;
  return async (ask, otherwise) => {
    if (isOpen || !gesture.take()) return otherwise;
    isOpen = true;
    try {
      return await ask();
    } finally {
      isOpen = false;
    }
  };
}
