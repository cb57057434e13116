/** The threads that the engine starts beside its own: beside its bundle, or in the source where that runs as it is. */
export interface WorkerFiles {
  /** Encrypts payloads. */
  readonly encrypt: URL;
  /** Runs the local push service of a rehearsal. */
  readonly rehearsal: URL;
  /** Reads and checks what is imported. */
  readonly readImport: URL;
}

/**
 * @param entry `import.meta.url` of an entry of the engine
 */
export function workerFiles(entry: string): WorkerFiles {
  const isSource = entry.endsWith('.ts');
  return {
    encrypt: new URL(isSource ? '../wire/encrypt-worker.ts' : './encrypt-worker.cjs', entry),
    rehearsal: new URL(isSource ? '../areas/rehearsal/rehearsal-worker.ts' : './rehearsal-worker.mjs', entry),
    readImport: new URL(
      isSource ? '../areas/subscriptions/reading/read-import-worker.ts' : './read-import-worker.mjs',
      entry,
    ),
  };
}
