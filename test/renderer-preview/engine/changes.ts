import type { Topic } from '../../../electron/contract/changes.ts';

/** Topics as they come, for one reader at a time. */
export function createChanges() {
  let wake: (() => void) | null = null;
  const waiting = new Set<Topic>();
  return {
    publish(...topics: Topic[]) {
      for (const topic of topics) waiting.add(topic);
      wake?.();
    },
    async *stream() {
      for (;;) {
        if (waiting.size === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const topics = [...waiting];
        waiting.clear();
        yield { topics };
      }
    },
  };
}
export type Changes = ReturnType<typeof createChanges>;
