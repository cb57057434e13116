/** What the bridge needs of Electron's `MessagePortMain`. */
export interface WindowPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(data: unknown): void;
  start(): void;
  close(): void;
}

/** What the bridge needs of Node's `MessagePort`. */
export interface EnginePort {
  on(event: 'message', listener: (data: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(data: unknown): void;
  close(): void;
}

/**
 * Relays between a window and the engine's thread: Electron's ports cannot be handed to a worker thread. Only what the
 * RPC protocol sends passes: text and bytes. Electron does not collect ports as garbage, so when one end closes, both do.
 * Returns the way to close it.
 */
export function bridgePorts(windowPort: WindowPort, enginePort: EnginePort): () => void {
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    windowPort.close();
    enginePort.close();
  };
  windowPort.on('message', ({ data }) => {
    if (open && isFrame(data)) enginePort.postMessage(data);
  });
  enginePort.on('message', (data) => {
    if (open && isFrame(data)) windowPort.postMessage(data);
  });
  windowPort.on('close', close);
  enginePort.on('close', close);
  windowPort.start();
  return close;
}

function isFrame(data: unknown): boolean {
  return typeof data === 'string' || data instanceof ArrayBuffer || ArrayBuffer.isView(data);
}
