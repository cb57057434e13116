import { createFrameBudget } from '../port/frame-budget.ts';
import { mayBeFrame } from '../port/frames.ts';

/** What the bridge needs from Electron's `MessagePortMain`. */
export interface WindowPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(data: unknown): void;
  start(): void;
  close(): void;
}

/** What the bridge needs from Node's `MessagePort`. */
export interface EnginePort {
  on(event: 'message', listener: (data: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(data: unknown): void;
  close(): void;
}

export interface BridgeOptions {
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  /** It is over, and not because it was closed from here: either end went away, or something other than a frame came. */
  onLost: () => void;
}

/**
 * Relays between a window and the engine's thread: Electron's ports cannot be handed to a worker thread. Only what the
 * RPC protocol sends passes, which is text of a bounded length; anything else, or too much of it, ends the bridge before it can pile up
 * at the engine. Electron does not collect ports as garbage, so when one end closes, both do. Returns the way to close it.
 */
export function bridgePorts(
  windowPort: WindowPort,
  enginePort: EnginePort,
  { now, onLost }: BridgeOptions,
): () => void {
  const mayCome = createFrameBudget(now);
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    windowPort.close();
    enginePort.close();
  };
  const lose = () => {
    if (!open) return;
    close();
    onLost();
  };
  windowPort.on('message', ({ data }) => {
    if (!open) return;
    if (mayBeFrame(data) && mayCome()) enginePort.postMessage(data);
    else lose();
  });
  enginePort.on('message', (data) => {
    if (!open) return;
    if (typeof data === 'string') windowPort.postMessage(data);
    else lose();
  });
  windowPort.on('close', lose);
  enginePort.on('close', lose);
  windowPort.start();
  return close;
}
