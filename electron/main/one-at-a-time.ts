/** Runs a question to the person, or gives `otherwise` at once while the last one is still open. */
export type OneAtATime = <Answer>(ask: () => Promise<Answer>, otherwise: Answer) => Promise<Answer>;

export function createOneAtATime(): OneAtATime {
  let isOpen = false;
  return async (ask, otherwise) => {
    if (isOpen) return otherwise;
    isOpen = true;
    try {
      return await ask();
    } finally {
      isOpen = false;
    }
  };
}
