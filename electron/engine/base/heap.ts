import { setFlagsFromString } from 'node:v8';

/**
 * [Note: heap] Sending a message leaves some 30 kB of short-lived objects behind, most of them HTTP/2 streams. In a long campaign, V8 would
 * let the heap grow to many times the size of the live objects before collecting: 200 MB and more. Limited to twice that size, a campaign
 * of any length stays small, at the cost of a few per cent of the time. The other half of the remedy is a small young generation, which
 * only the code that starts the thread or the process can set: `electron/main/engine-thread.ts` and `build/launch/node-flags.mjs` do.
 *
 * To be called first by each entry point of the engine; applies to the whole process.
 */
export function holdHeapDown(): void {
  setFlagsFromString('--heap-growing-percent=100');
}
