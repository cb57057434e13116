import type { MessagePortMain } from 'electron';
import type { FramePort } from '../port/frame-port.ts';

/** Electron's end of a port to a page, as frames are served on it. It is started at once. */
export function portOfPage(port: MessagePortMain): FramePort & { close: () => void } {
  let isOpen = true;
  port.on('close', () => {
    isOpen = false;
  });
  return {
    addEventListener(type, listener) {
      if (type === 'message') {
        port.on('message', ({ data }) => {
          listener({ data: data as unknown });
        });
        port.start();
      } else
        port.on('close', () => {
          listener({});
        });
    },
    postMessage(data) {
      if (isOpen) port.postMessage(data);
    },
    close() {
      isOpen = false;
      port.close();
    },
  };
}
