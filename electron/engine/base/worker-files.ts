/** The threads and processes that the engine starts: files beside its bundle, or in the source when that runs directly. */
export interface WorkerFiles {
  /** Encrypts payloads. */
  readonly encrypt: URL;
  /** Runs the local push service of a rehearsal. */
  readonly rehearsal: URL;
  /** Reads and checks what is imported. */
  readonly readImport: URL;
  /** Runs a site's own service worker, in a process that may read nothing else. */
  readonly sandbox: SandboxFile;
  /** The queue of workers on other machines: a module, loaded only where there are any. */
  readonly queue: URL;
}

export interface SandboxFile {
  readonly program: URL;
  /** What the process may read: its program and, when run from source, the packages that it uses. */
  readonly readable: URL;
}

/** @param entry `import.meta.url` of one of the engine's entry points */
export function workerFiles(entry: string): WorkerFiles {
  const isSource = entry.endsWith('.ts');
  const sandbox = new URL(
    isSource ? '../areas/worker-check/sandbox/sandbox-process.ts' : './sandbox.mjs',
    entry,
  );
  return {
    encrypt: new URL(isSource ? '../wire/encrypt-worker.ts' : './encrypt-worker.cjs', entry),
    rehearsal: new URL(isSource ? '../areas/rehearsal/rehearsal-worker.ts' : './rehearsal-worker.mjs', entry),
    readImport: new URL(
      isSource ? '../areas/subscriptions/reading/read-import-worker.ts' : './read-import-worker.mjs',
      entry,
    ),
    queue: new URL(isSource ? '../workers/queue/work-queue-store.ts' : './work-queue.mjs', entry),
    sandbox: { program: sandbox, readable: isSource ? new URL('../../../', entry) : sandbox },
  };
}
