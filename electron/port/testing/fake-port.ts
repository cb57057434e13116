import type { FramePort } from '../frame-port.ts';

/** A port whose other end is the test: it says things and reads what came. */
export function fakePort() {
  const listeners = { message: [] as ((event: object) => void)[], close: [] as ((event: object) => void)[] };
  const sent: string[] = [];
  const port: FramePort = {
    addEventListener: (type, listener) => {
      listeners[type].push(listener);
    },
    postMessage: (data) => sent.push(String(data)),
  };
  return {
    port,
    sent,
    say: (data: unknown) => {
      for (const listener of listeners.message) listener({ data });
    },
    close: () => {
      for (const listener of listeners.close) listener({});
    },
  };
}
