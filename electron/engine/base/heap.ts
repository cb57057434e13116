import { setFlagsFromString } from 'node:v8';

/**
 * [Note: heap] Sending a message leaves some 30 kB of short-lived objects behind, most of them streams of HTTP/2. V8 would let the heap of
 * a long campaign grow to many times the size of what is alive before it collects: 200 MB and more. Held to twice that size, a campaign of
 * any length stays small, at the cost of a few per cent of the time. The other half is a small young generation, which only whoever starts
 * the thread or the process can ask for: `electron/main/engine-thread.ts` and `build/launch/node-flags.mjs` do.
 *
 * To be called first by an entry of the engine; holds for the whole process.
 */
export function holdHeapDown(): void {
  setFlagsFromString('--heap-growing-percent=100');
}
