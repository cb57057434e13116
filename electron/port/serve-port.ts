import type { StandardHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import {
  encodeResponseMessage,
  experimental_ServerPeerWithoutCodec as ServerPeer,
  MessageType,
} from '@orpc/standard-server-peer';
import { dataOf, type FramePort } from './frame-port.ts';
import { readRequestFrame } from './frames.ts';

/** Calls of one port that may be under way: a window has a dozen. */
export const MAX_OPEN_CALLS = 256;

export interface ServePortOptions {
  /**
   * What came was not a frame, or was one too many; it had no effect. The port stays open unless this closes it.
   *
   * @param reason in words, without anything of the frame
   */
  onBadFrame: (reason: string) => void;
  /** Answering failed outside the procedure: a defect. */
  onDefect: (error: unknown) => void;
  /** Whether there is room for one more frame. */
  mayCome?: () => boolean;
}

/**
 * Answers the calls that come through a port. In place of oRPC's own adapter, which lets the error of a malformed frame
 * become an unhandled rejection that ends the thread: nothing that comes through the port throws past this.
 */
export function servePort(
  port: FramePort,
  handler: StandardHandler<Record<string, never>>,
  { onBadFrame, onDefect, mayCome = () => true }: ServePortOptions,
): void {
  const open = new Set<string>();
  const peer = new ServerPeer(async ([id, type, payload]) => {
    port.postMessage(await encodeResponseMessage(id, type, payload));
  });
  const handle = createServerPeerHandleRequestFn(handler, {});

  const call = async (id: string, path: string, body: unknown) => {
    open.add(id);
    try {
      const url = new URL(path, 'http://orpc');
      await peer.message([id, MessageType.REQUEST, { url, method: 'POST', headers: {}, body }], handle);
    } catch (error) {
      onDefect(error);
    } finally {
      open.delete(id);
    }
  };

  port.addEventListener('message', (event) => {
    if (!mayCome()) {
      onBadFrame('too many frames');
      return;
    }
    const frame = readRequestFrame(dataOf(event));
    if (frame === null) onBadFrame('not a frame of the protocol');
    // An abort and the end of its call may cross: an abort of a call that is over is nothing to complain about.
    else if (frame.kind === 'abort') peer.close({ id: frame.id, reason: new CallerGone() });
    else if (open.has(frame.id)) onBadFrame('the number of a call that is under way');
    else if (open.size >= MAX_OPEN_CALLS) onBadFrame('too many calls at once');
    else void call(frame.id, frame.path, frame.body);
  });
  port.addEventListener('close', () => {
    peer.close({ reason: new CallerGone() });
  });
}

class CallerGone extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('The caller does not want it any more.');
  }
}
