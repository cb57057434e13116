import { databaseTrouble } from './database-trouble.ts';

/** Remembers what the database refuses a worker: the worker may be the only one that writes, so nobody else would know. */
export interface Refusals {
  /** Does the work: its refusal stands until the same work succeeds. */
  note<Value>(work: 'begin' | 'tell', act: () => Promise<Value>): Promise<Value>;
  /** In words; `null`: nothing is refused. */
  last(): { what: string; cure: string } | null;
}

export function createRefusals(onRefusal: (error: unknown) => void): Refusals {
  const open = new Map<string, { what: string; cure: string }>();
  return {
    async note(work, act) {
      try {
        const value = await act();
        open.delete(work);
        return value;
      } catch (error) {
        open.set(work, databaseTrouble(error));
        onRefusal(error);
        throw error;
      }
    },
    last: () => [...open.values()].at(-1) ?? null,
  };
}
