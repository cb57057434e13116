/**
 * The worker that encrypts: beside the bundle of the engine, or in the source where that runs as it is.
 *
 * @param entry `import.meta.url` of an entry of the engine
 */
export function encryptWorkerFile(entry: string): URL {
  return new URL(entry.endsWith('.ts') ? './sender/encrypt-worker.ts' : './encrypt-worker.cjs', entry);
}
