/** What is needed of a message port, in a thread as in a window. Whoever hands it over starts it. */
export interface FramePort {
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  postMessage(data: unknown): void;
}

/** What came with a `message` event. */
export const dataOf = (event: object): unknown => ('data' in event ? event.data : undefined);
