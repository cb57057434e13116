import type { QueueModule } from './work-queue.ts';

/** Loads the code that talks to PostgreSQL: only here, and only once it is needed. */
export async function loadQueue(file: URL): Promise<QueueModule> {
  return (await import(file.href)) as QueueModule;
}
