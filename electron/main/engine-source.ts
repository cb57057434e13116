import type { EnginePort } from './port-bridge.ts';

/** The engine of a workspace, as its window needs it: a thread of this app, or one at the other end of a line. */
export interface EngineSource {
  start(): void;
  /** A new port to the engine, or `null` where there is none just now. */
  connect(): EnginePort | null;
  stop(): Promise<unknown>;
}
