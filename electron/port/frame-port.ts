/** What is needed from a message port, in a thread as in a window. The side that hands it over starts it. */
export interface FramePort {
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  postMessage(data: unknown): void;
}

/** What came with a `message` event. */
export const dataOf = (event: object): unknown => ('data' in event ? event.data : undefined);
